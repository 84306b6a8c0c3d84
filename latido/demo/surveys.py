"""Who is asked, who answers, and what: after tickets, after orders, and twice a year about the relation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from latido.demo.clock import month_of
from latido.demo.columns import Columns, Flags, Floats, Ints, Random, chance, floats, lognormal, on_scale, stream
from latido.demo.commerce import Orders, recommendation_after_order
from latido.demo.customers import NEVER
from latido.demo.effects import Effects
from latido.demo.experience import SATISFACTION, Experience
from latido.demo.relation import MEAN, NOISE, Relations, active
from latido.demo.tickets import Tickets
from latido.demo.world import DAY, END, HOUR, NPS_WAVES

CSAT, CES, TRANSACTIONAL, RELATIONSHIP = range(4)
SURVEYS = ("csat_atencion", "ces_atencion", "nps_transaccional", "nps_relacion")
KINDS = ("csat", "ces", "nps", "nps")
SCALES = ((1, 5), (1, 7), (0, 10), (0, 10))
CSAT_SHARE, CES_SHARE, TICKET_NPS_SHARE, ORDER_NPS_SHARE, WAVE_SHARE = 0.60, 0.40, 0.10, 0.70, 0.5
BOUNCES = 0.015
NO_SUBJECT, TICKET, ORDER = range(3)
# Logit of answering for somebody who is as content as most.
READY = np.array([-0.95, -1.10, -0.80, -0.85])
PATIENCE = 14 * DAY


@dataclass(frozen=True)
class Asks(Columns):
    """One row an invitation, with the answer where one came.

    Attributes:
        survey: Position in `SURVEYS`.
        wave: Position in `NPS_WAVES`, −1 outside the relation.
        customer: Position in `Customers`.
        subject: What it is about: nothing, a ticket, an order.
        about: Position of that ticket or order.
        asked: Epoch seconds.
        bounced: Never arrived.
        answered: Epoch seconds, `NEVER` where nobody answered.
        mood: What lies behind the score, on its scale, before rounding.
        score: What they tick, or would have.
    """

    survey: Ints
    wave: Ints
    customer: Ints
    subject: Ints
    about: Ints
    asked: Ints
    bounced: Flags
    answered: Ints
    mood: Floats
    score: Ints

    @property
    def replied(self) -> Flags:
        """Whether an answer came."""
        return self.answered < NEVER


def draw_asks(
    rng: Random, tickets: Tickets, felt: Experience, orders: Orders, relations: Relations, *, effects: Effects
) -> Asks:
    """All invitations to customers, in the order in which they were sent."""
    parts = [
        _after_tickets(rng, tickets, felt, CSAT, effects),
        _after_tickets(rng, tickets, felt, CES, effects),
        _recommend_ticket(rng, tickets, felt, relations, effects),
        _recommend_order(rng, orders, relations, effects),
        *(_wave(rng, n, t, relations, effects) for n, t in enumerate(NPS_WAVES.values())),
    ]
    found = Asks.join(parts)
    here = (found.asked < relations.people.lost[found.customer]) & (found.asked < END)
    found = found.take(here)
    return found.take(np.argsort(found.asked, kind="stable"))


def _after_tickets(rng: Random, tickets: Tickets, felt: Experience, survey: int, effects: Effects) -> Asks:
    share = (CSAT_SHARE, CES_SHARE)[survey]
    mood = (felt.satisfaction, felt.ease)[survey]
    rows = np.flatnonzero(felt.counts & (rng.random(len(tickets)) < share))
    delay = (HOUR, DAY)[survey]
    content = felt.satisfaction[rows] - SATISFACTION
    logit = READY[survey] + effects.answer_per_satisfaction * content
    about = (tickets.asked.customer[rows], TICKET, rows)
    return _asks(rng, survey, about, tickets.outcome.solved[rows] + delay, mood=mood[rows], logit=logit)


def _recommend_ticket(rng: Random, tickets: Tickets, felt: Experience, relations: Relations, effects: Effects) -> Asks:
    rows = np.flatnonzero(felt.counts & (rng.random(len(tickets)) < TICKET_NPS_SHARE))
    customer = tickets.asked.customer[rows]
    content = felt.satisfaction[rows] - SATISFACTION
    mood = 7.9 + effects.recommendation_per_satisfaction * content + 0.35 * relations.people.liking[customer]
    mood = mood + 0.8 * rng.standard_normal(len(rows))
    logit = READY[TRANSACTIONAL] + effects.answer_per_satisfaction * content
    asked = tickets.outcome.solved[rows] + 2 * HOUR
    return _asks(rng, TRANSACTIONAL, (customer, TICKET, rows), asked, mood=mood, logit=logit)


def _recommend_order(rng: Random, orders: Orders, relations: Relations, effects: Effects) -> Asks:
    mood = recommendation_after_order(rng, orders, relations, effects)
    fine = ~orders.cancelled & (orders.fulfilled < END) & (rng.random(len(orders)) < ORDER_NPS_SHARE)
    rows = np.flatnonzero(fine)
    logit = READY[TRANSACTIONAL] + effects.answer_per_point * (mood[rows] - MEAN)
    about = (orders.customer[rows], ORDER, rows)
    return _asks(rng, TRANSACTIONAL, about, orders.fulfilled[rows] + 3 * DAY, mood=mood[rows], logit=logit)


def _wave(rng: Random, wave: int, t: int, relations: Relations, effects: Effects) -> Asks:
    """Half of the customers of the day, sent over three working days."""
    everyone = would_tick(wave, t, relations)
    rows = np.flatnonzero(active(relations.people, t) & (rng.random(len(relations.people)) < WAVE_SHARE))
    logit = READY[RELATIONSHIP] + readiness(rows, t, relations, effects)
    asked = t + rng.integers(0, 3, len(rows)) * DAY + rng.integers(0, 9 * HOUR, len(rows))
    found = _asks(rng, RELATIONSHIP, (rows, NO_SUBJECT, rows), asked, mood=everyone[rows], logit=logit)
    return replace(found, wave=np.full(len(found), wave), about=np.full(len(found), -1))


def would_tick(wave: int, t: int, relations: Relations) -> Floats:
    """What every customer would answer in this wave (not rounded), asked or not: the truth table needs them all."""
    noise = stream(wave, "wave").standard_normal(len(relations.people))
    return floats(relations.level[:, month(t)] + NOISE * noise)


def readiness(rows: Ints, t: int, relations: Relations, effects: Effects) -> Floats:
    """Logit of answering, beside the usual one: by what they think, and by the bad tickets they had."""
    level, bad = relations.level[rows, month(t)], relations.bad[rows, month(t)]
    return floats(effects.answer_per_point * (level - MEAN) + effects.answer_per_bad_ticket * bad)


def month(t: int) -> int:
    """Month of the data in which a wave falls."""
    return int(month_of(np.array([t]))[0])


def _asks(rng: Random, survey: int, about: tuple[Ints, int, Ints], asked: Ints, *, mood: Floats, logit: Floats) -> Asks:
    """The invitations of one survey about (customers, kind of subject, subjects), and what came of them."""
    n = len(asked)
    customer, subject, which = about
    bounced = rng.random(n) < BOUNCES
    answered = asked + lognormal(rng, 7 * HOUR, 1.5, n).astype(np.int64).clip(60, PATIENCE)
    came = ~bounced & chance(rng, logit) & (answered < END)
    return Asks(
        survey=np.full(n, survey),
        wave=np.full(n, -1),
        customer=customer,
        subject=np.full(n, subject),
        about=which,
        asked=asked,
        bounced=bounced,
        answered=np.where(came, answered, NEVER),
        mood=mood,
        score=on_scale(mood, *SCALES[survey]),
    )
