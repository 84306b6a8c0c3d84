"""One stamp as people and programs write it: a day, a clock reading, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")

SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = date(1970, 1, 1).toordinal()
EXCEL = 25_569  # serial of 1970-01-01; from March 1900 on the invented 29 February 1900 is in it

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo",
            "june jun junio", "july jul julio", "august aug agosto ago", "september sep sept septiembre setiembre set",
            "october oct octubre", "november nov noviembre", "december dec diciembre dic",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
IGNORABLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff"))

WHOLE = re.compile(r"(?P<day>.+?)(?:[T\s,]+(?P<clock>\d{1,2}:\d{2}.*))?")
NUMERIC = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?\s?m\.?)?\s*"
    r"(?:(?:utc|gmt)?\s*([-+])(\d{1,2}):?(\d{2})?|([a-z]{1,4}))?(?:\s*\([^)]*\))?",
    re.IGNORECASE,
)
UNIX = re.compile(r"[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) (\S+) (\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Stamp:
    """What a text says: microseconds on the local clock, and how far that clock is ahead of UTC, if said."""

    local: int
    ahead: int | None = None


def whole(text: str, order: Order | None) -> Stamp | None:
    """A stamp of which nothing is known: day and clock, or a day alone."""
    text = text.translate(IGNORABLE).strip()
    if unix := UNIX.fullmatch(text):
        return _unix(unix)
    found = WHOLE.fullmatch(text)
    on_day = day(found["day"], order) if found else None
    on_clock = clock(found["clock"]) if found and found["clock"] else Stamp(0)
    return Stamp(on_day.local + on_clock.local, on_clock.ahead) if on_day and on_clock else None


@lru_cache(maxsize=1 << 17)
def day(text: str, order: Order | None) -> Stamp | None:
    """A day in numbers or with its month's name, or a number that counts days or seconds.

    Args:
        text: Without a clock reading.
        order: Of day and month where both are numbers; None: such days are unreadable.
    """
    text = text.translate(IGNORABLE).strip(" ,")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return _number(text)
    parts = _numeric(text, order) if NUMERIC.fullmatch(text) else _named(text)
    micros = None if parts is None else _midnight(*parts)
    return None if micros is None else Stamp(micros)


def _number(text: str) -> Stamp | None:
    """`yyyymmdd`, `yyyymmddhhmmss`, an Excel serial, or seconds, milliseconds, microseconds since 1970."""
    if len(text) in {8, 14} and text.isdigit():
        midnight = _midnight(int(text[:4]), int(text[4:6]), int(text[6:8]))
        on_clock = Stamp(0) if len(text) == 8 else clock(f"{text[8:10]}:{text[10:12]}:{text[12:]}")
        return Stamp(midnight + on_clock.local) if midnight is not None and on_clock else None
    value = float(text)
    if 20_000 <= value < 80_000:
        return Stamp(round((value - EXCEL) * 86_400_000) * 1000)
    for unit, low in ((SECOND, 1e8), (1000, 1e11), (1, 1e14)):
        if low <= value < low * 50:
            return Stamp(round(value * unit), 0)
    return None


def _numeric(text: str, order: Order | None) -> tuple[int, int, int] | None:
    one, two, three = re.split(r"[-/.]", text)
    if len(one) > 2:
        return int(one), int(two), int(three)
    if order == "ymd" and len(three) <= 2:
        return _century(one), int(two), int(three)
    if order not in {"dmy", "mdy"} or len(three) == 3:
        return None
    of_month, month = (one, two) if order == "dmy" else (two, one)
    return _century(three), int(month), int(of_month)


def _century(year: str) -> int:
    return int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= 70 else 2000)


def _named(text: str) -> tuple[int, int, int] | None:
    """`11 nov 2019`, `November 11, 2019`, `lunes, 11 de noviembre de 2019`, `11-Nov-19`."""
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdigit()]
    if len(months) != 1 or len(numbers) != 2:
        return None
    year_first = len(numbers[0]) > 2
    year, of_month = numbers if year_first else reversed(numbers)
    return _century(year), months[0], int(of_month)


def _midnight(year: int, month: int, of_month: int) -> int | None:
    try:
        return (date(year, month, of_month).toordinal() - EPOCH) * DAY
    except ValueError:
        return None


def _unix(found: re.Match[str]) -> Stamp | None:
    """`Tue Oct 31 22:10:47 +0000 2017`."""
    month, of_month, reading, zone, year = found.groups()
    on_clock, parts = clock(f"{reading} {zone}"), _named(f"{of_month} {month} {year}")
    midnight = None if parts is None else _midnight(*parts)
    return None if on_clock is None or midnight is None else Stamp(midnight + on_clock.local, on_clock.ahead)


@lru_cache(maxsize=1 << 17)
def clock(text: str) -> Stamp | None:
    """A clock reading of 24 or 12 hours, with or without an offset."""
    found = CLOCK.fullmatch(text.translate(IGNORABLE).strip())
    if found is None:
        return None
    hour, minute, second, fraction, half, sign, hours, minutes, name = found.groups()
    on_clock = _hour(int(hour), half)
    if on_clock is None or int(minute) > 59 or int(second or 0) > 60:
        return None
    local = (on_clock * 3600 + int(minute) * 60 + int(second or 0)) * SECOND + int(f"{fraction or 0:0<6}"[:6])
    if sign:
        ahead = (int(hours) * 60 + int(minutes or 0)) * 60 * SECOND
        return Stamp(local, ahead if sign == "+" else -ahead)
    if name is None:
        return Stamp(local)
    return Stamp(local, HOURS[name.lower()] * 3600 * SECOND) if name.lower() in HOURS else None


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour < 24 else None
    return hour % 12 + (12 if half[0] in "pP" else 0) if 1 <= hour <= 12 else None
