"""Local stamps to UTC, vectorised, with Python's own time zone data on every platform."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import numpy as np

from latido.errors import UsageError
from latido.i18n import _

FIRST, LAST = datetime(1969, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)
SECOND = 1_000_000


def zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name, or an error that names the nearest ones."""
    known = {zone_name.lower(): zone_name for zone_name in available_timezones()}
    if name.lower() in known:
        return ZoneInfo(known[name.lower()])
    near = get_close_matches(name.lower(), known, n=3, cutoff=0.7)
    raise UsageError(
        _("There is no time zone called “{name}”.", name=name),
        _("Did you mean {names}?", names=", ".join(known[n] for n in near))
        if near
        else _("Time zones are called like Europe/Madrid and America/Mexico_City."),
    )


def to_utc(local: np.ndarray, time_zone: ZoneInfo) -> np.ndarray:
    """UTC microseconds of local ones.

    As Python has it with `fold=0`: a stamp that the clocks show twice is the first one, a stamp
    that they skip is read with the offset before the change.

    Args:
        local: Microseconds since 1970 as the clock on the wall counted them.
        time_zone: Where the wall is.
    """
    changes, offsets = _offsets(time_zone)
    ahead: np.ndarray = offsets[np.searchsorted(changes, local, side="right")]
    utc: np.ndarray = local - ahead
    return utc


@cache
def _offsets(time_zone: ZoneInfo) -> tuple[np.ndarray, np.ndarray]:
    """Local instants from which each next offset holds, and the offsets, one more than those."""
    changes, offsets = [], [_offset(FIRST, time_zone)]
    day = FIRST
    while day < LAST:
        after = day + timedelta(days=1)
        if _offset(after, time_zone) != _offset(day, time_zone):
            instant = _change(day, after, time_zone)
            old, new = offsets[-1], _offset(after, time_zone)
            changes.append(_epoch(instant) + max(old, new))
            offsets.append(new)
        day = after
    return np.array(changes, dtype=np.int64), np.array(offsets, dtype=np.int64)


def _change(before: datetime, after: datetime, time_zone: ZoneInfo) -> datetime:
    """The second at which the offset changes."""
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle, time_zone) == _offset(before, time_zone):
            before = middle
        else:
            after = middle
    return after


def _offset(instant: datetime, time_zone: ZoneInfo) -> int:
    offset = instant.astimezone(time_zone).utcoffset() or timedelta()
    return round(offset.total_seconds()) * SECOND


def _epoch(instant: datetime) -> int:
    return round(instant.timestamp()) * SECOND
