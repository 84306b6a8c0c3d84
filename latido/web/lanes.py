"""A ticket's clocks as a drawing on its own time line: one lane a clock, business hours behind all of them.

Places are per cent of a lane's width, as attributes of SVG: the drawing grows with the page, its lines do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from latido.model.opening import open_intervals
from latido.web.instants import clock as time_of_day
from latido.web.instants import local, short_day
from latido.workspace.clocks import Clock, Stretch, epoch, joined

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from latido.model.calendar import BusinessCalendar

MARGIN = 0.015  # of the time line, before and after it
LEAST = timedelta(minutes=1)
THINNEST = 0.35  # per cent: a bar that is there is seen
TICKS = 6
SHADES = 240  # stretches of opening hours; more are too fine to be seen
_STEPS = [timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 180, 360, 720)] + [
    timedelta(days=d) for d in (1, 2, 4, 7, 14, 28, 56, 112, 224, 448, 896)
]
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Bar:
    """A stretch of a lane: where it begins and ends, and how wide it is, as per cent."""

    x: str
    end: str
    width: str


@dataclass(frozen=True)
class Tick:
    """A line across the lanes with what it means, and where its text hangs: `start`, `middle` or `end`."""

    x: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Axis:
    """The stretch of time that is drawn; UTC, naive."""

    start: datetime
    end: datetime

    @classmethod
    def around(cls, clocks: Sequence[Clock], created: datetime) -> Axis:
        """From a little before the creation to a little after the last clock stopped."""
        last = max([created + LEAST, *(s.end for clock in clocks for s in clock.stretches)])
        spare = (last - created) * MARGIN
        return cls(created - spare, last + spare)

    def place(self, moment: datetime) -> float:
        """Where an instant is, in per cent."""
        return min(max(100 * ((moment - self.start) / (self.end - self.start)), 0), 100)

    def x(self, moment: datetime) -> str:
        """The same as an attribute."""
        return _percent(self.place(moment))

    def bar(self, stretch: Stretch) -> Bar:
        """A stretch."""
        x = self.place(stretch.start)
        end = max(self.place(stretch.end), x + THINNEST)
        return Bar(_percent(x), _percent(end), _percent(end - x))

    def bars(self, stretches: Sequence[Stretch]) -> list[Bar]:
        """Stretches, those that touch as one."""
        return [self.bar(stretch) for stretch in joined(stretches)]

    def hours(self, calendar: BusinessCalendar) -> list[Bar]:
        """When a calendar is open; none where that is too fine to be drawn, or always."""
        spans = open_intervals(calendar, epoch(self.start), epoch(self.end))
        if len(spans.starts) > SHADES:
            return []
        found = zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)
        return [self.bar(Stretch(_naive(start), _naive(end))) for start, end in found]

    def ticks(self, zone: ZoneInfo) -> list[Tick]:
        """Times of day or days of the local calendar, as many as there is room for."""
        step = next((s for s in _STEPS if (self.end - self.start) / s <= TICKS), _STEPS[-1])
        return [self._tick(moment, zone, step) for moment in _round_moments(self, zone, step)]

    def _tick(self, moment: datetime, zone: ZoneInfo, step: timedelta) -> Tick:
        here, x = local(moment, zone), self.place(moment)
        midnight = (here.hour, here.minute) == (0, 0)
        text = short_day(here) if step >= _DAY or midnight else time_of_day(here)
        return Tick(_percent(x), text, "start" if x < 6 else "end" if x > 94 else "middle")


def _round_moments(axis: Axis, zone: ZoneInfo, step: timedelta) -> Iterator[datetime]:
    """Local midnights (of Mondays, where weeks apart) or round times after them, on the wall clock."""
    wall = local(axis.start, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    wall -= wall.weekday() * _DAY if step >= _WEEK else timedelta()
    while (moment := wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)) <= axis.end:
        if moment >= axis.start:
            yield moment
        wall += step


def _naive(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
