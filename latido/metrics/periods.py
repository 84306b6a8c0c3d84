"""Periods of local days, and the instants at which they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from latido.errors import UnknownNameError
from latido.i18n import _
from latido.metrics.measurement import Period
from latido.metrics.query import Comparison

GRAINS = ("day", "week", "month", "quarter", "year")
_COMPARISONS: tuple[str, ...] = get_args(Comparison)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEAR_OF_WEEKS = timedelta(weeks=52)
_ROLLING = re.compile(r"^([1-9]\d{0,3})d$")


def rolling_days(grain: str) -> int | None:
    """Days of a rolling window (`28d` → 28), None for the other grains."""
    found = _ROLLING.match(grain)
    return int(found[1]) if found else None


def check(grain: str | None) -> None:
    """Refuse what is no period."""
    if grain is not None and grain not in GRAINS and rolling_days(grain) is None:
        raise UnknownNameError.among(_("period"), grain, (*GRAINS, "28d"))


def floor(day: date, grain: str) -> date:
    """First day of the period that the day lies in; weeks begin on Monday."""
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain in _MONTHS:
        return day.replace(month=(day.month - 1) // _MONTHS[grain] * _MONTHS[grain] + 1, day=1)
    return day


def add(day: date, grain: str, steps: int) -> date:
    """The day so many periods later; at a shorter month's end, its last day."""
    if grain in _MONTHS:
        return months_later(day, steps * _MONTHS[grain])
    return day + timedelta(days=steps * (7 if grain == "week" else 1))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last.

    >>> months_later(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    length = (date((index + 1) // 12, (index + 1) % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))


def periods(grain: str, start: date, end: date) -> Iterator[Period]:
    """The periods that touch [start, end): whole ones, or rolling windows that end inside it."""
    if (length := rolling_days(grain)) is not None:
        for i in range((end - start).days):
            last = start + timedelta(days=i + 1)
            yield Period(last - timedelta(days=length), last)
        return
    first = floor(start, grain)
    while first < end:
        following = add(first, grain, 1)
        yield Period(first, following)
        first = following


def shifted(span: Period, grain: str | None, comparison: str) -> Period:
    """The span to compare with: the previous one of the same length, or the same one last year.

    A week is compared with the one 52 weeks earlier, a window with the one that began a year earlier.

    Raises:
        UnknownNameError: There is no such comparison.
    """
    if comparison not in _COMPARISONS:
        raise UnknownNameError.among(_("comparison"), comparison, _COMPARISONS)
    if comparison == "last_year":
        if grain == "week":
            return Period(span.start - _YEAR_OF_WEEKS, span.end - _YEAR_OF_WEEKS)
        start, window = months_later(span.start, -12), rolling_days(grain or "")
        return Period(start, start + timedelta(days=window) if window else months_later(span.end, -12))
    if grain in GRAINS:
        return Period(add(span.start, grain, -1), add(span.end, grain, -1))
    length = span.end - span.start
    return Period(span.start - length, span.start)


def instant(day: date, zone: str) -> int:
    """Epoch second at which a local day begins (its first moment, also where midnight is skipped)."""
    return int(datetime.combine(day, time(), ZoneInfo(zone)).timestamp())


def local_day(moment: datetime, zone: str) -> date:
    """The local day of a UTC instant; naive ones are UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(ZoneInfo(zone)).date()
