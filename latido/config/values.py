"""What may stand after an equals sign: spans of time, zones, currencies, hours of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import BeforeValidator

from latido.i18n import LANGUAGES, Message, _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_END = 1440  # minutes; a block may end at 24:00

_DAY_NUMBER = {name: number for number, name in enumerate(WEEKDAYS)} | {
    "lun": 0, "mar": 1, "mie": 2, "mié": 2, "jue": 3, "vie": 4, "sab": 5, "sáb": 5, "dom": 6,
}  # fmt: skip
_SECONDS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(min|s|m|h|d|w)(?![a-z])\s*")
_BLOCK = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)")


class SettingError(ValueError):
    """A wrong value: the rule it breaks and the way out, for whoever knows file and line to complete."""

    def __init__(self, rule: Message, hint: Message | None = None) -> None:
        super().__init__(str(rule))
        self.rule = rule
        self.hint = hint


def nearest(name: str, known: Iterable[str]) -> Message | None:
    """The question “Did you mean …?”, where something known comes near."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return _("Did you mean {names}?", names=", ".join(near)) if near else None


def seconds(value: Any) -> float:
    """A span as seconds: `"4h"`, `"1h 30min"`, `"2d"` (48 hours of the clock in question), or a plain number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = str(value).strip()
    if not text or _SPAN.sub("", text):
        raise SettingError(
            _("“{value}” is neither a number nor a span of time.", value=value),
            _("Write it as 45min, 4h, 1h 30min or 2d."),
        )
    return sum(float(amount) * _SECONDS[unit] for amount, unit in _SPAN.findall(text))


def zone(value: Any) -> str:
    """An IANA time zone's name, checked."""
    if value not in available_timezones():
        rule = _("“{value}” is not a time zone.", value=value)
        raise SettingError(rule, nearest(str(value), available_timezones()) or _("Write it as Europe/Madrid."))
    return str(value)


def currency(value: Any) -> str:
    """An ISO 4217 code."""
    if not re.fullmatch("[A-Za-z]{3}", str(value)):
        raise SettingError(_("“{value}” is not a currency.", value=value), _("Write its three letters: EUR, MXN, USD."))
    return str(value).upper()


def country(value: Any) -> str:
    """An ISO 3166 code."""
    if not re.fullmatch("[A-Za-z]{2}", str(value)):
        raise SettingError(_("“{value}” is not a country.", value=value), _("Write its two letters: ES, MX, US."))
    return str(value).upper()


def language(value: Any) -> str:
    """One of the languages that latido speaks."""
    if value not in LANGUAGES:
        raise SettingError(_("“{value}” is not a language of latido.", value=value), _("Write en or es."))
    return str(value)


def memory(value: Any) -> str:
    """An amount of memory as the engine understands it."""
    if not re.fullmatch(r"\d+(\.\d+)?\s*[MG]i?B", str(value)):
        raise SettingError(_("“{value}” is not an amount of memory.", value=value), _("Write it as 800MB or 4GB."))
    return str(value)


def block(value: Any) -> tuple[int, int]:
    """A span of a day in minutes from midnight: `"09:00-14:00"` → (540, 840)."""
    found = _BLOCK.fullmatch(str(value).strip())
    h1, m1, h2, m2 = map(int, found.groups()) if found else (0, 0, 0, 0)
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if not start < end <= DAY_END:
        rule = _("“{value}” is not a span of a day.", value=value)
        raise SettingError(rule, _("Write it as 09:00-14:00; it may end at 24:00."))
    return start, end


def blocks(value: Any) -> tuple[tuple[int, int], ...]:
    """The open spans of one day, in order and apart: `["09:00-14:00", "16:00-20:00"]`."""
    spans = sorted(block(text) for text in ([value] if isinstance(value, str) else value))
    if any(later < end for (_start, end), (later, _end) in pairwise(spans)):
        raise SettingError(_("The spans of a day overlap: {spans}.", spans=", ".join(map(str, value))))
    return tuple(spans)


def week(value: Any) -> dict[int, tuple[tuple[int, int], ...]]:
    """Open spans by weekday (Monday is 0): `{"mon-thu": ["09:00-18:00"], "fri": ["09:00-15:00"]}`."""
    if not isinstance(value, Mapping):
        raise SettingError(_("Hours are written by weekday."), _('For example: hours = { mon-fri = ["09:00-18:00"] }'))
    return {day: blocks(spans) for days, spans in value.items() for day in weekdays(days)}


def weekdays(text: str) -> tuple[int, ...]:
    """`"fri"` → (4,); `"mon-fri"` or `"lun-vie"` → (0, 1, 2, 3, 4)."""
    ends = [_DAY_NUMBER.get(name.strip().lower()) for name in text.split("-")]
    if len(ends) > 2 or None in ends:
        raise SettingError(
            _("“{value}” is not a weekday.", value=text), _("Write mon, tue … sun, or a span such as mon-fri.")
        )
    first, last = ends[0] or 0, ends[-1] or 0
    return tuple(n % 7 for n in range(first, last + 1 if last >= first else last + 8))


Seconds = Annotated[float, BeforeValidator(seconds)]
Zone = Annotated[str, BeforeValidator(zone)]
Currency = Annotated[str, BeforeValidator(currency)]
Country = Annotated[str, BeforeValidator(country)]
Language = Annotated[str, BeforeValidator(language)]
Memory = Annotated[str, BeforeValidator(memory)]
Block = tuple[int, int]
Blocks = Annotated[tuple[Block, ...], BeforeValidator(blocks)]
Week = Annotated[dict[int, tuple[Block, ...]], BeforeValidator(week)]
