"""Local time and opening hours, over whole arrays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import numpy as np

from latido.demo.columns import Flags, Floats, Ints, floats, ints
from latido.demo.world import COUNTRIES, DAY, END, FIRST_DAY, HOUR, LAST_DAY, START

# Offsets are tabled by the hour from here on; zones change on whole UTC hours in both countries.
TABLE_START, TABLE_END = START // DAY * DAY - 3700 * DAY, END // DAY * DAY + 400 * DAY
BLOCKS = {**dict.fromkeys(range(5), (9, 19)), 5: (9, 14)}


@cache
def offsets(zone: str) -> Ints:
    """Seconds east of UTC for each hour of the table; hour by hour only on the days on which they change."""
    tz = ZoneInfo(zone)
    daily = np.array([_offset(t, tz) for t in range(TABLE_START, TABLE_END + DAY, DAY)], dtype=np.int64)
    out = np.repeat(daily[:-1], 24)
    for day in np.flatnonzero(daily[1:] != daily[:-1]).tolist():
        first = TABLE_START + day * DAY
        out[day * 24 : day * 24 + 24] = [_offset(t, tz) for t in range(first, first + DAY, HOUR)]
    return out


def _offset(t: int, tz: ZoneInfo) -> int:
    return int((datetime.fromtimestamp(t, tz).utcoffset() or timedelta()).total_seconds())


def local(t: Ints, country: int) -> Ints:
    """Wall-clock seconds of UTC instants."""
    table = offsets(COUNTRIES[country].zone)
    return ints(t + table[((t - TABLE_START) // HOUR).clip(0, len(table) - 1)])


def utc(wall: Ints, country: int) -> Ints:
    """UTC instants of wall-clock seconds (the later reading where the clock goes back)."""
    guess = wall - (local(wall, country) - wall)
    return wall - (local(guess, country) - guess)


def midnight(t: Ints, country: int = 0) -> Ints:
    """The last local midnight (of Madrid, unless another country is meant)."""
    return utc(local(t, country) // DAY * DAY, country)


def weekday(wall: Ints) -> Ints:
    """Monday is 0."""
    return (wall // DAY + 3) % 7


def month_of(t: Ints) -> Ints:
    """Month of the data, the first being 0, by the clock of Madrid."""
    months = (local(t, 0).astype("datetime64[s]").astype("datetime64[M]")).astype(np.int64)
    return months - (FIRST_DAY.year - 1970) * 12 - (FIRST_DAY.month - 1)


@cache
def month_edges() -> Ints:
    """UTC instants at which the months begin in Madrid, and the end."""
    first = np.datetime64(FIRST_DAY, "M")
    starts = (first + np.arange(25)).astype("datetime64[s]").astype(np.int64)
    return utc(starts, 0)


@cache
def feasts(country: int) -> frozenset[date]:
    """National holidays."""
    years = range(FIRST_DAY.year, LAST_DAY.year + 2)
    return frozenset(holidays.country_holidays(COUNTRIES[country].code, years=years))


class OpenHours:
    """When a country's service desk is open: Mon–Fri 9–19, Sat 9–14, not on national holidays."""

    def __init__(self, country: int) -> None:
        blocks = [b for n in range(1000) if (b := _block(FIRST_DAY + timedelta(n - 20), country))]
        wall = np.array(blocks, dtype=np.int64)
        self.opens, self.shuts = utc(wall[:, 0], country), utc(wall[:, 1], country)
        self.until = np.cumsum(self.shuts - self.opens)
        self.before = self.until - (self.shuts - self.opens)

    def worked(self, t: Ints) -> Ints:
        """Open seconds before each instant."""
        i = np.searchsorted(self.opens, t, side="right") - 1
        return ints(self.before[i] + np.minimum(t, self.shuts[i]) - self.opens[i])

    def between(self, a: Ints, b: Ints) -> Ints:
        """Open seconds from a to b."""
        return self.worked(b) - self.worked(a)

    def add(self, t: Ints, seconds: Floats | Ints) -> Ints:
        """The instant at which so many open seconds have passed (at least one)."""
        goal = self.worked(t) + np.maximum(np.asarray(seconds).astype(np.int64), 1)
        i = np.searchsorted(self.until, goal).clip(0, len(self.until) - 1)
        return ints(self.opens[i] + goal - self.before[i])

    def is_open(self, t: Ints) -> Flags:
        """Whether the desk is open."""
        i = np.searchsorted(self.opens, t, side="right") - 1
        return t < self.shuts[i]


def _block(day: date, country: int) -> tuple[int, int] | None:
    if day.weekday() not in BLOCKS or day in feasts(country):
        return None
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    opens, shuts = BLOCKS[day.weekday()]
    return midnight + opens * HOUR, midnight + shuts * HOUR


@cache
def open_hours(country: int) -> OpenHours:
    """The opening hours of a country."""
    return OpenHours(country)


class Desk:
    """Opening hours when each row has its own country."""

    def __init__(self, country: Ints) -> None:
        self.country = country

    def add(self, t: Ints, seconds: Floats | Ints, rows: Ints) -> Ints:
        """`OpenHours.add` for the tickets at these positions."""
        return self._each(rows, lambda hours, own: hours.add(t[own], floats(seconds)[own]))

    def between(self, a: Ints, b: Ints, rows: Ints) -> Ints:
        """`OpenHours.between` for the tickets at these positions."""
        return self._each(rows, lambda hours, own: hours.between(a[own], b[own]))

    def _each(self, rows: Ints, part: Callable[[OpenHours, Flags], Ints]) -> Ints:
        out = np.zeros(len(rows), dtype=np.int64)
        for country in range(len(COUNTRIES)):
            own = self.country[rows] == country
            out[own] = part(open_hours(country), own)
        return out
