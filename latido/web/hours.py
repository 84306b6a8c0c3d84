"""Opening hours as people write and see them: typed texts, words, a drawing of the week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from babel.dates import get_day_names

from latido.errors import UsageError
from latido.i18n import _, language, number
from latido.model.calendar import DAY, Block, Blocks

_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2}))?\s*h?"
_BLOCK = re.compile(rf"{_TIME}\s*(?:-|–|—|to|a|hasta)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;/+]*(?:and|y|e)?[\s,;/+]*")
_CLOSED = {"", "-", "–", "closed", "cerrado", "x"}
HOUR = 3_600
LEFT, SCALE, LINE = 40, 10, 14  # of the drawing: where 0:00 is, an hour's width, a day's height


class Bar(NamedTuple):
    """Open time in the drawing of a week."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Week:
    """A week as a drawing.

    Attributes:
        words: What it shows, for those who do not see it.
        days: Short names of the weekdays.
        bars: Open time.
    """

    words: str
    days: Sequence[str]
    bars: Sequence[Bar]


def blocks(text: str) -> Blocks:
    """Hours of a day: `9:00-14:00, 16-19`; what ends before it begins ends on the next day.

    >>> [str(block) for block in blocks("9-14 y 22:00-6:00")]
    ['09:00-14:00', '22:00-30:00']

    Raises:
        UsageError: They are none.
    """
    plain = text.strip()
    if plain.lower() in _CLOSED:
        return ()
    found = list(_BLOCK.finditer(plain))
    between = _BLOCK.split(plain)[:: _BLOCK.groups + 1]
    if not found or not all(_BETWEEN.fullmatch(rest) for rest in between):
        raise UsageError(_("“{value}” are no opening hours.", value=plain), _("Write them as 09:00-14:00."))
    return tuple(sorted(_block(match.groups(), match[0]) for match in found))


def _block(parts: Sequence[str | None], text: str) -> Block:
    opens, closes = (_seconds(parts[i : i + 3], text) for i in (0, 3))
    return Block(opens, closes + DAY if closes < opens else closes)


def _seconds(parts: Sequence[str | None], text: str) -> int:
    hour, minute, second = (int(part or 0) for part in parts)
    if hour > 48 or minute > 59 or second > 59:
        raise UsageError(_("“{value}” are no opening hours.", value=text), _("Write them as 09:00-14:00."))
    return hour * HOUR + minute * 60 + second


def typed(hours: Blocks) -> str:
    """Hours as a field shows them: `09:00-14:00, 16:00-19:00`."""
    return ", ".join(map(str, hours))


def weekdays(width: str = "wide") -> list[str]:
    """The days of the week in the reader's language, Monday first."""
    names = get_day_names(width, locale=language())  # type: ignore[arg-type]
    return [str(names[day]) for day in range(7)]


def in_words(week: Sequence[Blocks]) -> str:
    """A week's hours in one line: `lun–vie 09:00–14:00 16:00–19:00 · sáb 10:00–14:00`."""
    names = weekdays("abbreviated")
    runs = [(hours, [day for day, _hours in days]) for hours, days in groupby(enumerate(week), key=lambda day: day[1])]
    return " · ".join(f"{_run(names, days)} {_listed(hours)}" for hours, days in runs if hours)


def _listed(hours: Blocks) -> str:
    return " ".join(str(block).replace("-", "–") for block in hours)


def _run(names: Sequence[str], days: Sequence[int]) -> str:
    return names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}"


def week_seconds(week: Sequence[Blocks]) -> int:
    """Open seconds of a week without holidays."""
    return sum(block.closes - block.opens for hours in week for block in hours)


def spoken(seconds: float) -> str:
    """Open time in hours, never in days, which nobody is open for: 47 h, 8 h 30 min.

    >>> spoken(169200), spoken(30600), spoken(2700)
    ('47 h', '8 h 30 min', '45 min')
    """
    whole, part = divmod(round(seconds / 60), 60)
    return " ".join([*([f"{number(whole)} h"] if whole or not part else []), *([f"{part} min"] if part else [])])


def drawn(week: Sequence[Blocks]) -> Week:
    """The drawing of a week; what passes midnight goes on in the next line."""
    bars = [bar for day, hours in enumerate(week) for block in hours for bar in _bars(day, block)]
    return Week(in_words(week), weekdays("abbreviated"), bars)


def _bars(day: int, block: Block) -> list[Bar]:
    today = Bar(_x(block.opens), _y(day), (min(block.closes, DAY) - block.opens) / HOUR * SCALE)
    over = block.closes - DAY
    return [today] if over <= 0 else [today, Bar(_x(0), _y((day + 1) % 7), over / HOUR * SCALE)]


def _x(seconds: int) -> float:
    return LEFT + seconds / HOUR * SCALE


def _y(day: int) -> float:
    return day * LINE + 2.5
