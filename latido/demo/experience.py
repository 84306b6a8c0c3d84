"""How each ticket felt: waits make effort, effort makes satisfaction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.clock import Desk
from latido.demo.columns import Columns, Flags, Floats, Ints, Random, floats
from latido.demo.customers import Customers
from latido.demo.demand import ORDINARY, REPEAT
from latido.demo.effects import Effects
from latido.demo.staff import Staff
from latido.demo.tickets import Tickets
from latido.demo.world import BILLING, CANCEL, DOUBLE_CHARGE, END, HOUR, PHONE

EASE, SATISFACTION = 5.6, 4.1
# Where the coefficients are centred: doublings of (1 + hours), transfers and touches of a usual ticket.
USUAL_FIRST_REPLY, USUAL_RESOLUTION, USUAL_TOUCHES = 1.3, 2.6, 0.7
EASE_NOISE, SATISFACTION_NOISE = 0.85, 0.55
BAD_RESOLUTION = 20 * HOUR


@dataclass(frozen=True)
class Experience(Columns):
    """One row a ticket.

    Attributes:
        first_reply: Open seconds from creation to the first human reply, 0 where there is none.
        resolution: Open seconds from creation to the last solve, 0 where there is none.
        ease: How easy it was (1–7, not rounded).
        satisfaction: How content the customer is with it (1–5, not rounded).
        counts: Whether it was solved inside the data, by the customer's own doing, so that it can be asked about.
        bad: What anybody can see of a bad experience: solved after more than 20 open hours, handed over, or reopened.
    """

    first_reply: Floats
    resolution: Floats
    ease: Floats
    satisfaction: Floats
    counts: Flags
    bad: Flags


def feel(rng: Random, tickets: Tickets, people: Customers, staff: Staff, effects: Effects) -> Experience:
    """Effort and satisfaction of all tickets that somebody solved."""
    first, whole = waits(tickets, people)
    ease = _ease(rng, tickets, people, (first, whole), effects)
    content = _satisfaction(rng, ease, staff.skill[tickets.outcome.agent], effects)
    outcome = tickets.outcome
    counts = (outcome.solved < END) & np.isin(tickets.asked.kind, (ORDINARY, REPEAT))
    bad = counts & ((whole > BAD_RESOLUTION) | (outcome.transfers > 0) | (outcome.reopens > 0))
    return Experience(first, whole, ease, content, counts, bad)


def waits(tickets: Tickets, people: Customers) -> tuple[Floats, Floats]:
    """Open seconds until the first human reply and until the last solve."""
    created, outcome = tickets.asked.created, tickets.outcome
    desk = Desk(people.country[tickets.asked.customer])
    return _until(desk, created, outcome.first_reply), _until(desk, created, outcome.solved)


def _until(desk: Desk, created: Ints, t: Ints) -> Floats:
    out, rows = np.zeros(len(t)), np.flatnonzero(t < END)
    out[rows] = desk.between(created[rows], t[rows], rows)
    return out


def doublings(seconds: Floats) -> Floats:
    """`log2(1 + hours)`."""
    return floats(np.log2(1 + seconds / HOUR))


def _ease(rng: Random, tickets: Tickets, people: Customers, waited: tuple[Floats, Floats], effects: Effects) -> Floats:
    asked, outcome = tickets.asked, tickets.outcome
    unsolved = np.isin(np.arange(len(asked)), asked.parent[asked.kind == REPEAT])
    charged = (asked.topic == BILLING) & (asked.subtopic == DOUBLE_CHARGE)
    return floats(
        EASE
        + effects.ease_per_first_reply * (doublings(waited[0]) - USUAL_FIRST_REPLY)
        + effects.ease_per_resolution * (doublings(waited[1]) - USUAL_RESOLUTION)
        + effects.ease_per_transfer * outcome.transfers
        + effects.ease_per_reopen * outcome.reopens
        + effects.ease_per_touch * (outcome.touches - 1 - USUAL_TOUCHES)
        + effects.ease_unsolved * unsolved
        + effects.ease_double_charge * charged
        - 0.25 * (asked.topic == CANCEL)
        - 0.10 * (asked.channel == PHONE)
        + people.patience[asked.customer]
        + EASE_NOISE * rng.standard_normal(len(asked))
    )


def _satisfaction(rng: Random, ease: Floats, skill: Floats, effects: Effects) -> Floats:
    noise = SATISFACTION_NOISE * rng.standard_normal(len(ease))
    from_ease = effects.satisfaction_per_ease * (ease - EASE)
    return floats(SATISFACTION + from_ease + effects.satisfaction_per_agent * skill + noise)
