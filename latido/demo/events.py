"""Everything that happened to tickets, one row an event, in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.columns import Columns, Ints

CREATE, BOT, ASSIGN, TRANSFER, REPLY, ANSWER, NOTE, STATUS, CLOSE, MERGE, DISCARD, OFFER, ESCALATE = range(13)
NEW, OPEN, PENDING, ON_HOLD, SOLVED, CLOSED, DELETED = range(7)
STATUSES = ("new", "open", "pending", "hold", "solved", "closed", "deleted")
SYSTEM, CUSTOMER, OLD_BOT, NEW_BOT = -1, -2, -3, -4
NOTHING = -1

# What is said in an event.
(SAY_OPEN, SAY_BOT, SAY_REPLY, SAY_FINAL, SAY_ANSWER, SAY_THANKS, SAY_AGAIN, SAY_NOTE, SAY_TRANSFER, SAY_HOLD,
 SAY_PROACTIVE, SAY_MERGED, SAY_SPAM, SAY_PERSON) = range(14)  # fmt: skip


@dataclass(frozen=True)
class Log(Columns):
    """One row an event.

    Attributes:
        ticket: Position of the ticket.
        time: Epoch seconds.
        step: Order of what happens in the same second.
        kind: What happened.
        author: Position in `Staff.people`, or `SYSTEM`, `CUSTOMER`, a bot.
        status: The new status, `NOTHING` where it stays.
        team: The new team.
        agent: The new assignee (position in `Staff.people`).
        says: What sort of text goes with it.
    """

    ticket: Ints
    time: Ints
    step: Ints
    kind: Ints
    author: Ints
    status: Ints
    team: Ints
    agent: Ints
    says: Ints

    def ordered(self) -> Log:
        """By ticket, then time, then step."""
        return self.take(np.lexsort((self.step, self.time, self.ticket)))


class Writer:
    """Collects blocks of events."""

    def __init__(self) -> None:
        self.blocks: list[Log] = []

    def add(
        self,
        ticket: Ints,
        time: Ints,
        kind: int,
        author: Ints | int,
        status: int = NOTHING,
        *,
        team: Ints | int = NOTHING,
        agent: Ints | int = NOTHING,
        says: int = NOTHING,
    ) -> None:
        """One event for each of these tickets."""
        wide = [
            np.broadcast_to(np.asarray(c, dtype=np.int64), ticket.shape) for c in (author, status, team, agent, says)
        ]
        step = np.full(len(ticket), len(self.blocks), dtype=np.int64)
        self.blocks.append(Log(ticket, time, step, np.full_like(step, kind), *wide))

    def log(self) -> Log:
        """All blocks, in order."""
        return Log.join(self.blocks).ordered()


def last_known(values: Ints, ticket: Ints) -> Ints:
    """At each event the newest value that is not `NOTHING`, within the ticket (rows in order)."""
    rows = np.arange(len(values))
    first = np.concatenate(([True], ticket[1:] != ticket[:-1]))
    start = np.maximum.accumulate(np.where(first, rows, 0))
    known = np.maximum.accumulate(np.where(values != NOTHING, rows, -1))
    return np.where(known >= start, values[known], NOTHING)


def before(values: Ints, ticket: Ints) -> Ints:
    """What was known just before each event."""
    now = last_known(values, ticket)
    first = np.concatenate(([True], ticket[1:] != ticket[:-1]))
    return np.where(first, NOTHING, np.concatenate(([NOTHING], now[:-1])))
