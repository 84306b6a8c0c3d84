"""Opening hours counted the slow way, and the calendars to count them for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from latido.model.calendar import DAY, Block, BusinessCalendar, Version

ZONES = (
    "Europe/Madrid",
    "America/Mexico_City",  # gave up daylight saving in 2022
    "America/New_York",
    "America/Sao_Paulo",  # gave it up in 2019; its days began at 01:00 then
    "America/Santiago",  # southern, changes at midnight
    "Australia/Lord_Howe",  # moves by half an hour
    "Australia/Adelaide",  # southern, half-hour zone
    "Pacific/Chatham",  # +12:45 and +13:45
    "Pacific/Apia",  # skipped 30 December 2011
    "Asia/Kathmandu",  # +5:45
    "Africa/Casablanca",  # goes back for Ramadan
    "UTC",
)
FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2008, 2031))


def instant(*parts: int, zone: str = "UTC") -> int:
    """`instant(2025, 3, 30, 9, zone="Europe/Madrid")` in seconds since 1970."""
    return int(datetime(*parts, tzinfo=ZoneInfo(zone)).timestamp())


def by_wall_clock(calendar: BusinessCalendar, a: int, b: int, step: int) -> int:
    """Look at the wall clock every `step` seconds from a to b (pandas knows the zone)."""
    shown = pd.to_datetime(np.arange(a, b, step), unit="s", utc=True).tz_convert(calendar.time_zone).tz_localize(None)
    second = (shown - shown.normalize()).total_seconds().to_numpy().astype(int)
    days = shown.normalize()
    today = _open_on(calendar, days, second)
    since_yesterday = _open_on(calendar, days - pd.Timedelta(days=1), second + DAY)
    return int((today | since_yesterday).sum()) * step


def _open_on(calendar: BusinessCalendar, days: pd.DatetimeIndex, second: np.ndarray) -> np.ndarray:
    unique, which = np.unique(days.to_numpy(), return_inverse=True)
    blocks = [blocks_on(calendar, pd.Timestamp(day).date()) for day in unique]
    most = max((len(b) for b in blocks), default=0)
    padded = np.array([[*b, *[(0, 0)] * (most - len(b))] for b in blocks]).reshape(len(blocks), most, 2)[which]
    return ((padded[:, :, 0] <= second[:, None]) & (second[:, None] < padded[:, :, 1])).any(axis=1)


def blocks_on(calendar: BusinessCalendar, day: date) -> tuple[Block, ...]:
    """The blocks that begin on a local day (calendars without holidays)."""
    version = [v for v in calendar.versions if v.valid_from is None or v.valid_from <= day][-1]
    ordinary = () if day in version.closed else version.week[day.weekday()]
    return dict(version.special).get(day, ordinary)


def by_days(calendar: BusinessCalendar, a: int, b: int) -> int:
    """Walk local days and add up each block between its exact instants (blocks away from clock changes)."""
    zone = calendar.zone
    first = datetime.fromtimestamp(a, zone).date() - timedelta(days=2)
    days = [first + timedelta(days=n) for n in range((b - a) // DAY + 6)]
    spans = [(_at(day, o, zone), _at(day, c, zone)) for day in days for o, c in blocks_on(calendar, day)]
    return sum(max(0, min(b, end) - max(a, start)) for start, end in spans)


def _at(day: date, second: int, zone: ZoneInfo) -> int:
    return int(
        (datetime.combine(day, datetime.min.time()) + timedelta(seconds=second)).replace(tzinfo=zone).timestamp()
    )


@st.composite
def blocks(draw: st.DrawFn, step: int) -> tuple[Block, ...]:
    """Up to three blocks of a day, on multiples of `step`."""
    edges = draw(st.lists(st.integers(0, DAY // step), min_size=0, max_size=6, unique=True).map(sorted))
    return tuple(Block(a * step, b * step) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn, step: int = 1) -> BusinessCalendar:
    """Any zone, any week, days off, special days, and a change of hours."""
    days = st.dates(date(2008, 1, 1), date(2030, 12, 31))
    weeks = st.lists(blocks(step), min_size=7, max_size=7).map(tuple).filter(any)
    changed = draw(st.none() | days)
    special = draw(st.dictionaries(days, blocks(step), max_size=3))
    closed = tuple(draw(st.lists(days, max_size=3).map(lambda off: sorted(set(off) - set(special)))))
    first = Version(draw(weeks), closed=closed, special=tuple(sorted(special.items())))
    later = () if changed is None else (Version(draw(weeks), valid_from=changed),)
    return BusinessCalendar("any", draw(st.sampled_from(ZONES)), (first, *later))


@st.composite
def cases(draw: st.DrawFn) -> tuple[BusinessCalendar, int, int, int]:
    """A calendar, two instants from a second to more than a year apart, and the step that counts them exactly."""
    step = draw(st.sampled_from((1, 60, 300)))
    calendar = draw(calendars(step))
    a = draw(near_changes(calendar.zone) | st.integers(FIRST, LAST)) // step * step
    return calendar, a, a + draw(st.integers(0, 120_000)) * step, step


def near_changes(zone: ZoneInfo) -> st.SearchStrategy[int]:
    """Instants up to a day and a half before the zone's clock changes, if it ever does."""
    hours = [datetime.fromtimestamp(t, zone).utcoffset() for t in range(FIRST, LAST, 6 * 3600)]
    changes = [FIRST + i * 6 * 3600 for i in range(1, len(hours)) if hours[i] != hours[i - 1]]
    return st.builds(lambda t, d: t - d, st.sampled_from(changes or [FIRST]), st.integers(0, 130_000))
