"""A calendar's opening hours as instants, and the business seconds between two instants.

The wall clock is a straight line between two changes of the zone's offset. So the hours are laid
out once in wall-clock seconds (as if there were no daylight saving), cut at each change, and each
piece shifted by the offset in force: exact, and no date is ever asked for an hour it does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from latido.model.calendar import DAY, Blocks, BusinessCalendar, Version, holiday_names

Seconds = npt.NDArray[np.int64]
NOTHING: Seconds = np.zeros(0, np.int64)
EPOCH_DAY = date(1970, 1, 1).toordinal()


class Intervals(NamedTuple):
    """Half-open spans of whole seconds since 1970, sorted, apart from each other."""

    starts: Seconds
    ends: Seconds


class Offsets(NamedTuple):
    """Which offset from UTC holds since when, in seconds."""

    since: Seconds
    offset: Seconds

    def at(self, instants: Seconds) -> Seconds:
        """The offset at each instant."""
        return self.offset[np.searchsorted(self.since, instants, side="right") - 1]


def business_seconds(calendar: BusinessCalendar, a: npt.ArrayLike, b: npt.ArrayLike) -> Seconds:
    """Open seconds from `a` to `b`, element by element; negative where b is before a.

    Args:
        calendar: Whose hours count.
        a: Whole seconds since 1970, any shape.
        b: The same shape, or one that broadcasts.
    """
    first, last = np.broadcast_arrays(np.asarray(a, np.int64), np.asarray(b, np.int64))
    if not first.size:
        return np.zeros(first.shape, np.int64)
    open_ = open_intervals(calendar, int(min(first.min(), last.min())), int(max(first.max(), last.max())))
    return open_before(open_, last) - open_before(open_, first)


def open_before(open_: Intervals, instants: Seconds) -> Seconds:
    """Seconds of the intervals that lie before each instant."""
    so_far = np.concatenate([[0], np.cumsum(open_.ends - open_.starts)])
    done = np.searchsorted(open_.ends, instants, side="right")
    starts = np.append(open_.starts, np.iinfo(np.int64).max)[done]
    return np.asarray(so_far[done] + np.maximum(instants - starts, 0), np.int64)


def open_intervals(calendar: BusinessCalendar, start: int, end: int) -> Intervals:
    """When the calendar is open within [start, end), in UTC.

    Args:
        calendar: Whose hours count.
        start: Whole seconds since 1970.
        end: Whole seconds since 1970.
    """
    if end <= start:
        return Intervals(NOTHING, NOTHING)
    offsets = offsets_between(calendar.zone, start, end)
    # Blocks may have begun up to two local days earlier (they can pass midnight, zones differ by a day).
    wall = _merged(_wall_clock(calendar, start // DAY - 3, end // DAY + 3))
    since = np.maximum(offsets.since, start)
    until = np.append(since[1:], end)
    pieces = [_shifted(wall, *piece) for piece in zip(since, until, offsets.offset, strict=True)]
    return _merged(Intervals(*(np.concatenate(column) for column in zip(*pieces, strict=True))))


def offsets_between(zone: ZoneInfo, start: int, end: int) -> Offsets:
    """The zone's offsets in [start, end); the first holds since `start` or earlier."""
    since, offset = _offsets(zone, year_of(start), year_of(end))
    first = int(np.searchsorted(since, start, side="right")) - 1
    last = max(first + 1, int(np.searchsorted(since, end, side="left")))
    return Offsets(since[first:last], offset[first:last])


def year_of(instant: int) -> int:
    """The UTC year of an instant."""
    return datetime.fromtimestamp(instant, UTC).year


@lru_cache(maxsize=256)
def _offsets(zone: ZoneInfo, first: int, last: int) -> Offsets:
    """Offsets of whole UTC years. No zone has changed its offset twice within twelve hours."""
    edge = int(datetime(first, 1, 1, tzinfo=UTC).timestamp())
    stop = int(datetime(last + 1, 1, 1, tzinfo=UTC).timestamp())
    found = [(edge, _offset(zone, edge))]
    for probe in range(edge + DAY // 2, stop + DAY // 2, DAY // 2):
        now = _offset(zone, probe)
        if now != found[-1][1]:
            found.append((_change(zone, probe - DAY // 2, probe), now))
    return Offsets(*(np.array(column, np.int64) for column in zip(*found, strict=True)))


def _offset(zone: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first second of the new offset, by bisection."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _wall_clock(calendar: BusinessCalendar, first: int, last: int) -> Intervals:
    """Blocks of the local days [first, last) since 1970, in wall-clock seconds."""
    starts = [v.valid_from.toordinal() - EPOCH_DAY if v.valid_from else first for v in calendar.versions]
    spans = zip(calendar.versions, starts, [*starts[1:], last], strict=True)
    pieces = [p for v, a, b in spans for p in _version_hours(v, max(a, first), min(b, last))]
    opens, closes = (np.concatenate([p[i] for p in pieces] or [NOTHING]) for i in (0, 1))
    order = np.argsort(opens, kind="stable")
    return Intervals(opens[order], closes[order])


def _version_hours(version: Version, first: int, last: int) -> Iterator[Intervals]:
    days = np.arange(first, max(first, last), dtype=np.int64)
    special = {d.toordinal() - EPOCH_DAY: blocks for d, blocks in version.special}
    ordinary = days[~np.isin(days, [*_days_off(version, first, last), *special])]
    for weekday, blocks in enumerate(version.week):
        yield from _laid_out(ordinary[(ordinary + 3) % 7 == weekday], blocks)  # 1970-01-01 was a Thursday
    for day, blocks in special.items():
        yield from _laid_out(days[days == day], blocks)


def _laid_out(days: Seconds, blocks: Blocks) -> Iterator[Intervals]:
    return (Intervals(days * DAY + b.opens, days * DAY + b.closes) for b in blocks)


def _days_off(version: Version, first: int, last: int) -> set[int]:
    years = range(year_of(first * DAY), year_of(last * DAY) + 1)
    holidays = {d for year in years for d in holiday_names(version.country, version.region, year)}
    return {d.toordinal() - EPOCH_DAY for d in (*holidays, *version.closed)}


def _shifted(wall: Intervals, since: int, until: int, offset: int) -> Intervals:
    """The wall-clock intervals that the clock shows while one offset holds, as instants."""
    low, high = since + offset, until + offset
    i, j = np.searchsorted(wall.ends, low, side="right"), np.searchsorted(wall.starts, high, side="left")
    if j <= i:
        return Intervals(NOTHING, NOTHING)
    return Intervals(np.maximum(wall.starts[i:j], low) - offset, np.minimum(wall.ends[i:j], high) - offset)


def _merged(spans: Intervals) -> Intervals:
    """Sorted spans with those that touch or overlap joined."""
    if not spans.starts.size:
        return spans
    reach = np.maximum.accumulate(spans.ends)
    new = np.append(True, spans.starts[1:] > reach[:-1])
    last = np.append(new[1:], True)
    return Intervals(spans.starts[new], reach[last])
