"""All tickets of the two years: ordinary ones, repeats, duplicates that are merged."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from latido.demo import events
from latido.demo.clock import Desk
from latido.demo.columns import Flags, Ints, Random, flags, lognormal, stream
from latido.demo.customers import NEVER, Customers
from latido.demo.demand import DUPLICATE, ORDINARY, REPEAT, Requests, draw_requests
from latido.demo.effects import Effects
from latido.demo.history import Outcome, play
from latido.demo.plans import draw_plan
from latido.demo.staff import TEAM_OF_SEAT, Staff
from latido.demo.world import DAY, END, HOUR

DUPLICATES = 0.015


@dataclass(frozen=True)
class Tickets:
    """Requests, what came of them, and the log of their events, with the same numbering."""

    asked: Requests
    outcome: Outcome
    log: events.Log

    def __len__(self) -> int:
        return len(self.asked)


def draw_tickets(seed: int, people: Customers, staff: Staff, n: int, effects: Effects) -> Tickets:
    """Every ticket that would come if nobody left; `without` takes out those of customers who did."""
    first = draw_requests(stream(seed, "requests"), people, n, effects)
    plan = draw_plan(stream(seed, "plans"), first, people, effects)
    log, outcome = play(stream(seed, "play"), first, plan, people, staff)
    again = _repeats(stream(seed, "repeats"), first, outcome, plan.repeats)
    plan = draw_plan(stream(seed, "plans again"), again, people, effects)
    more, result = play(stream(seed, "play again"), again, plan, people, staff)
    copies, merges, merged = _duplicates(stream(seed, "duplicates"), first, outcome, people, staff)
    logs = (log, _shifted(more, len(first)), _shifted(merges, len(first) + len(again)))
    return Tickets(
        Requests.join((first, again, copies)),
        Outcome.join((outcome, result, merged)),
        events.Log.join((*logs, _mergers(logs[2], copies.parent))),
    )


def _shifted(log: events.Log, by: int) -> events.Log:
    return replace(log, ticket=log.ticket + by)


def _repeats(rng: Random, first: Requests, outcome: Outcome, again: Flags) -> Requests:
    """New tickets of people whose first one solved nothing, half a day to six days later."""
    rows = np.flatnonzero(again & (outcome.solved < END) & (first.kind == ORDINARY))
    later = outcome.solved[rows] + rng.uniform(0.5 * DAY, 6.2 * DAY, len(rows)).astype(np.int64)
    found = replace(
        first.take(rows),
        created=later,
        priority=np.minimum(first.priority[rows] + 1, 3),
        kind=np.full(len(rows), REPEAT),
        parent=rows,
    )
    return found.take((later < END) & (later > outcome.closed[rows]) | (rng.random(len(rows)) < 0.6))


def _duplicates(
    rng: Random, first: Requests, outcome: Outcome, people: Customers, staff: Staff
) -> tuple[Requests, events.Log, Outcome]:
    """The same matter sent twice within hours; the desk merges the second into the first."""
    rows = np.flatnonzero((rng.random(len(first)) < DUPLICATES) & (first.kind == ORDINARY))
    created = first.created[rows] + rng.integers(600, 3 * HOUR, len(rows))
    channel = rng.integers(0, 2, len(rows))
    desk = Desk(people.country[first.customer[rows]])
    n = np.arange(len(rows))
    merged = desk.add(created, lognormal(rng, 1.5 * HOUR, 0.8, len(rows)), n)
    fits = (merged < np.minimum(outcome.solved[rows], END)) & (created < END)
    rows, created, channel, merged = rows[fits], created[fits], channel[fits], merged[fits]
    copies = replace(
        first.take(rows), created=created, channel=channel, kind=np.full(len(rows), DUPLICATE), parent=rows
    )
    seat = rng.integers(0, len(TEAM_OF_SEAT), len(rows))
    return copies, _merge_log(created, merged, seat, staff), _merged(merged, seat, staff)


def _merge_log(created: Ints, merged: Ints, seat: Ints, staff: Staff) -> events.Log:
    out, rows = events.Writer(), np.arange(len(created))
    agent, team = staff.agent(seat, merged), TEAM_OF_SEAT[seat]
    out.add(rows, created, events.CREATE, events.CUSTOMER, events.NEW, team=team, says=events.SAY_OPEN)
    out.add(rows, merged, events.MERGE, agent, events.CLOSED, team=team, agent=agent, says=events.SAY_MERGED)
    return out.log()


def _mergers(merges: events.Log, parent: Ints) -> events.Log:
    """The note that a merge leaves in the ticket that goes on."""
    at = merges.take(merges.kind == events.MERGE)
    nothing = np.full(len(at), events.NOTHING)
    step = np.full(len(at), 999)
    return events.Log(
        parent, at.time, step, np.full(len(at), events.NOTE), at.author, nothing, nothing, nothing, at.says
    )


def _merged(merged: Ints, seat: Ints, staff: Staff) -> Outcome:
    n = len(merged)
    never, zero = np.full(n, NEVER), np.zeros(n, dtype=np.int64)
    return Outcome(never, never, merged, zero, zero, zero, staff.agent(seat, merged), TEAM_OF_SEAT[seat])


def settled(tickets: Tickets, people: Customers) -> tuple[Tickets, Ints]:
    """As the books stand at the end, and the positions that the tickets had before.

    No contacts of customers who had left, nothing after the end of the data, numbered by age.
    """
    asked, log = tickets.asked, tickets.log
    keep = (asked.created < people.lost[asked.customer]) & (asked.created < END)
    keep[asked.parent >= 0] &= keep[asked.parent[asked.parent >= 0]]
    order = np.flatnonzero(keep)
    order = order[np.argsort(asked.created[order], kind="stable")]
    number = np.full(len(asked), -1)
    number[order] = np.arange(len(order))
    kept = log.take((number[log.ticket] >= 0) & (log.time < END) & ~_orphans(asked, keep, log))
    parent = np.where(asked.parent >= 0, number[asked.parent], -1)
    found = Tickets(
        replace(asked, parent=parent).take(order),
        tickets.outcome.take(order),
        replace(kept, ticket=number[kept.ticket]).ordered(),
    )
    return found, order


def _orphans(asked: Requests, keep: Flags, log: events.Log) -> Flags:
    """Notes that tell of merging a duplicate which is not kept."""
    told = np.zeros(len(asked), dtype=bool)
    told[asked.parent[keep & (asked.kind == DUPLICATE)]] = True
    return flags((log.kind == events.NOTE) & (log.says == events.SAY_MERGED) & ~told[log.ticket])
