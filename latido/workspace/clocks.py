"""The clocks of one ticket, each with the stretches in which it ran, as the metrics of the same names count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from latido.facts.timeline import DONE
from latido.model.opening import business_seconds

if TYPE_CHECKING:
    from latido.model.calendar import BusinessCalendar
    from latido.workspace.ticket import Facts, Spell, Ticket, Wait

End = Literal["stopped", "cut", "running", "paused"]
STATUSES = {
    "requester_wait_time": ("new", "open", "hold"),
    "agent_work_time": ("new", "open"),
    "on_hold_time": ("hold",),
}


class Stretch(NamedTuple):
    """From one instant to another, UTC and naive."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Clock:
    """A clock of a ticket.

    Attributes:
        metric: Name of the metric that it is one row of; several rows of `next_reply_time`.
        stretches: When it ran.
        end: `stopped` by what it waits for; `cut` where the ticket ended without that; `running`; or `paused`, where
            it may run again. All but the stopped ones are censored.
    """

    metric: str
    stretches: tuple[Stretch, ...]
    end: End

    def seconds(self) -> int:
        """Whole seconds that it ran."""
        return sum(epoch(s.end) - epoch(s.start) for s in self.stretches)

    def business(self, calendar: BusinessCalendar) -> int:
        """Seconds of them within a calendar's hours."""
        starts, ends = ([epoch(s[side]) for s in self.stretches] for side in (0, 1))
        return int(np.sum(business_seconds(calendar, starts, ends)))


def epoch(moment: datetime) -> int:
    """Whole seconds since 1970 of an instant in UTC."""
    return int(moment.replace(tzinfo=UTC).timestamp() // 1)


def clocks(ticket: Ticket) -> list[Clock]:
    """All of a ticket's clocks: one first reply and resolution, one next reply a wait, one a kind of status."""
    facts, end = ticket.facts, ticket.end
    waits = [_next_reply(wait, end) for wait in ticket.waits if _counts(wait, facts, end)]
    by_status = [_in_statuses(name, ticket.spells, facts, end) for name in STATUSES]
    return [_first_reply(facts, end), *waits, _resolution(facts, end), *by_status]


def _first_reply(facts: Facts, end: datetime) -> Clock:
    return _until("first_reply_time", facts.created, end, facts.first_reply, facts.solved, facts.closed)


def _resolution(facts: Facts, end: datetime) -> Clock:
    return _until("resolution_time", facts.created, end, facts.solved, facts.closed)


def _until(metric: str, start: datetime, end: datetime, stop: datetime | None, *cuts: datetime | None) -> Clock:
    """A clock that runs from one instant to what stops it, else to the first that cuts it, else to the data's end."""
    seen = [at if at is not None and at <= end else None for at in (stop, *cuts)]
    last = next((at for at in seen if at is not None), end)
    kind: End = "stopped" if seen[0] else "cut" if any(seen) else "running"
    return Clock(metric, (Stretch(start, last),), kind)


def _counts(wait: Wait, facts: Facts, end: datetime) -> bool:
    """Not the wait for the first reply, nor a last word after which nothing was to be answered."""
    closing = wait.replied is None and wait.released is None and facts.status_now in DONE
    return not wait.opening and not closing and wait.asked <= end


def _next_reply(wait: Wait, end: datetime) -> Clock:
    """A wait that a solve released was not answered, or only after it."""
    released = wait.released if wait.released is not None and wait.released <= end else None
    return _until("next_reply_time", wait.asked, end, None if released else wait.replied, released)


def _in_statuses(metric: str, spells: Sequence[Spell], facts: Facts, end: datetime) -> Clock:
    mine = [s for s in spells if s.status in STATUSES[metric] and s.began <= end]
    stretches = tuple(Stretch(s.began, _seen(s.ended, end)) for s in mine)
    if any(at is not None and at <= end for at in (facts.solved, facts.closed)):
        return Clock(metric, stretches, "stopped")
    now = any(s.ended is None or s.ended > end for s in mine)
    return Clock(metric, stretches, "running" if now else "paused")


def _seen(moment: datetime | None, end: datetime) -> datetime:
    return end if moment is None else min(moment, end)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, those that touch as one, those of no length left out."""
    told: list[Stretch] = []
    for stretch in sorted(stretches):
        if told and stretch.start <= told[-1].end:
            told[-1] = Stretch(told[-1].start, max(told[-1].end, stretch.end))
        elif stretch.end > stretch.start:
            told.append(stretch)
    return told
