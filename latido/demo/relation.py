"""What customers think of the company month by month, and when they leave.

The relation is a number on the scale of recommendation (0–10): a liking of one's own, plus what
the tickets of the last months left, which fades by 15 % a month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from latido.demo.clock import midnight, month_edges, month_of
from latido.demo.columns import Flags, Floats, Ints, Random, chance, floats, pick
from latido.demo.customers import NEVER, Customers, region_code
from latido.demo.effects import Effects
from latido.demo.experience import SATISFACTION, Experience
from latido.demo.tickets import Tickets
from latido.demo.world import CHURN_PLAN, DAY, MONTHS, OUTAGE, OUTAGE_REGION

MEAN, KEPT = 7.7, 0.85
LEAVING = -4.65
NOISE = 0.75
HALF_YEAR = 6
# Reasons by what lies behind: a bad experience, or life and prices.
REASONS = ("mala atención", "problemas con las facturas", "precio", "oferta de la competencia", "mudanza", "otros", "")
WHY = np.array([[0.26, 0.17, 0.14, 0.12, 0.04, 0.05, 0.22], [0.03, 0.04, 0.27, 0.20, 0.18, 0.06, 0.22]])


@dataclass(frozen=True)
class Relations:
    """The relation of every customer at the beginning of every month.

    Attributes:
        level: Relation on 0–10, customers × months (not rounded).
        bad: Bad tickets of the last six months, customers × months.
        people: The customers, with the day they left.
        reason: Position in `REASONS`, of those who left.
    """

    level: Floats
    bad: Ints
    people: Customers
    reason: Ints


def draw_relations(rng: Random, people: Customers, tickets: Tickets, felt: Experience, effects: Effects) -> Relations:
    """Month after month: what is left of the past, what the month brings, who leaves."""
    left, edges = people.lost.copy(), month_edges()
    push, bad = _pushes(people, tickets, felt, effects), _bad(people, tickets, felt)
    past = np.zeros(len(people))
    level, reason = np.zeros((len(people), MONTHS)), pick(rng, WHY[1], len(people))
    for month in range(MONTHS):
        level[:, month] = MEAN + people.liking + past
        here = (people.joined < edges[month]) & (left > edges[month])
        leaving = here & chance(rng, _leaving(people, level[:, month], effects))
        left[leaving] = _some_day(rng, edges[month], edges[month + 1], int(leaving.sum()))
        reason[leaving] = _reasons(rng, past[leaving])
        past = KEPT * past + push[:, month]
    return Relations(level, bad, replace(people, lost=left), reason)


def _pushes(people: Customers, tickets: Tickets, felt: Experience, effects: Effects) -> Floats:
    """Points that the tickets solved in each month leave behind, and the outage."""
    rows = np.flatnonzero(felt.counts)
    gain = effects.relation_per_satisfaction * (felt.satisfaction[rows] - SATISFACTION)
    out = _by_month(people, tickets, rows, gain)
    out[people.region == region_code(OUTAGE_REGION), month_of(np.array([OUTAGE[0]]))[0]] += effects.outage_shock
    return out


def _bad(people: Customers, tickets: Tickets, felt: Experience) -> Ints:
    rows = np.flatnonzero(felt.bad)
    monthly = _by_month(people, tickets, rows, np.ones(len(rows)))
    before = np.cumsum(monthly, axis=1) - monthly
    lagged = np.concatenate((np.zeros((len(people), HALF_YEAR)), before[:, :-HALF_YEAR]), axis=1)
    return np.minimum(before - lagged, 3).astype(np.int64)


def _by_month(people: Customers, tickets: Tickets, rows: Ints, value: Floats) -> Floats:
    month = month_of(tickets.outcome.solved[rows])
    cell = tickets.asked.customer[rows] * MONTHS + month.clip(0, MONTHS - 1)
    return floats(np.bincount(cell, value, minlength=len(people) * MONTHS)).reshape(len(people), MONTHS)


def _leaving(people: Customers, level: Floats, effects: Effects) -> Floats:
    return floats(LEAVING + effects.churn_per_point * (level - MEAN) + CHURN_PLAN[people.plan])


def _some_day(rng: Random, first: int, last: int, n: int) -> Ints:
    return midnight(rng.integers(first + DAY, last, n))


def _reasons(rng: Random, past: Floats) -> Ints:
    unhappy = past < -0.6
    return np.where(unhappy, pick(rng, WHY[0], len(past)), pick(rng, WHY[1], len(past)))


def active(people: Customers, t: int) -> Flags:
    """Customers at an instant."""
    return (people.joined <= t) & (people.lost > t)


def lost_inside(people: Customers, first: int, last: int) -> Flags:
    """Customers who left in [first, last)."""
    return (people.lost >= first) & (people.lost < last) & (people.lost < NEVER)
