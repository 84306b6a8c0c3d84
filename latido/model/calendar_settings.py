"""Calendars as people write them in `latido.toml`.

    [calendars.support]
    time_zone = "Europe/Madrid"
    country = "ES"                    # its public holidays are days off
    region = "MD"
    closed = [2026-12-24]             # days off besides
    blocks = {mon-fri = ["09:00-14:00", "16:00-19:00"], sat = ["10:00-14:00"]}
    open = {"2026-12-08" = ["10:00-14:00"]}   # hours of single days, holidays or not

    [[calendars.support.versions]]    # what changes from that day on; the rest stays
    valid_from = 2026-07-01
    blocks = {mon-fri = ["08:00-15:00"]}

Days are `mon`…`sun` or `lun`…`dom`, alone (`sat`), as a range (`mon-fri`) or listed (`mon,wed`).
Hours go from 00:00 to 24:00, to the second if need be; what passes midnight is counted on, 22:00-30:00.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from latido.errors import ConfigError
from latido.i18n import Message, _
from latido.model.calendar import WEEKDAYS, Block, Blocks, BusinessCalendar, Version

VERSION_KEYS = ("blocks", "country", "region", "closed", "open")
KEYS = ("time_zone", *VERSION_KEYS, "versions")
_SPANISH = ("lun", "mar", "mie", "jue", "vie", "sab", "dom")
_NUMBER = {name: i for names in (WEEKDAYS, _SPANISH) for i, name in enumerate(names)}
_HOURS = re.compile(r"(\d\d?):(\d\d)(?::(\d\d))?\s*[-–]\s*(\d\d?):(\d\d)(?::(\d\d))?")


def from_settings(name: str, settings: Mapping[str, Any]) -> BusinessCalendar:
    """The calendar that a `[calendars.<name>]` table describes.

    Args:
        name: The calendar's name.
        settings: The table as TOML gives it; dates may be dates or ISO texts.

    Raises:
        ConfigError: What cannot be read or contradicts itself, with the calendar's name.
    """
    try:
        return _calendar(name, settings)
    except _UnreadableError as wrong:
        raise ConfigError(_("Calendar “{calendar}”: {what}", calendar=name, what=wrong.what), wrong.hint) from None


def to_settings(calendar: BusinessCalendar) -> dict[str, Any]:
    """The table that describes a calendar: `from_settings` gives the same calendar back."""
    first, *later = (_version_settings(v) for v in calendar.versions)
    versions = [_changes(before, now) for before, now in zip([first, *later], later, strict=False)]
    return {"time_zone": calendar.time_zone, **first, **({"versions": versions} if versions else {})}


def parse_block(text: str) -> Block:
    """`09:00-14:00` as seconds after midnight.

    >>> parse_block("9:00-14:30")
    Block(opens=32400, closes=52200)
    """
    found = _HOURS.fullmatch(text.strip())
    if not found:
        raise _UnreadableError(_("“{value}” are no opening hours.", value=text), _("Write them as 09:00-14:00."))
    opens, closes = (_seconds(*found.groups()[i : i + 3]) for i in (0, 3))
    return Block(opens, closes)


class _UnreadableError(Exception):
    """A value that cannot be read; the calendar's name is added where it is known."""

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def _calendar(name: str, settings: Mapping[str, Any]) -> BusinessCalendar:
    _known(settings, KEYS)
    if "time_zone" not in settings:
        raise _UnreadableError(_("it has no time_zone."), _('Add one, such as time_zone = "Europe/Madrid".'))
    current = {key: settings[key] for key in VERSION_KEYS if key in settings}
    versions = [_version(current)]
    for change in _typed(settings.get("versions", []), list, "versions"):
        _known(_typed(change, Mapping, "versions"), ("valid_from", *VERSION_KEYS))
        current = {**current, **change}
        versions.append(_version(current))
    return BusinessCalendar(name, _typed(settings["time_zone"], str, "time_zone"), tuple(versions))


def _version(settings: Mapping[str, Any]) -> Version:
    special = _typed(settings.get("open", {}), Mapping, "open")
    start = settings.get("valid_from")
    return Version(
        week=_week(_typed(settings.get("blocks", {}), Mapping, "blocks")),
        valid_from=None if start is None else _day(start),
        country=_code(settings.get("country")),
        region=_optional(settings.get("region"), "region"),
        closed=tuple(sorted({_day(d) for d in _typed(settings.get("closed", []), list, "closed")})),
        special=tuple(sorted((_day(d), _blocks(hours)) for d, hours in special.items())),
    )


def _week(blocks: Mapping[str, Any]) -> tuple[Blocks, ...]:
    week: dict[int, Blocks] = {}
    for days, hours in blocks.items():
        for day in _weekdays(days):
            if day in week:
                raise _UnreadableError(_("{day} has its hours twice.", day=WEEKDAYS[day]))
            week[day] = _blocks(hours)
    return tuple(week.get(day, ()) for day in range(7))


def _blocks(hours: Any) -> Blocks:
    texts = [hours] if isinstance(hours, str) else _typed(hours, list, "blocks")
    return tuple(sorted(parse_block(_typed(text, str, "blocks")) for text in texts))


def _weekdays(text: str) -> list[int]:
    return [day for part in text.split(",") for day in _range(part)]


def _range(text: str) -> list[int]:
    first, dash, last = text.partition("-")
    start, end = _weekday(first), _weekday(last if dash else first)
    return [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]


def _weekday(text: str) -> int:
    plain = unicodedata.normalize("NFKD", text.strip().lower())[:4].encode("ascii", "ignore").decode()[:3]
    if plain not in _NUMBER:
        raise _UnreadableError(
            _("“{value}” is no day of the week.", value=text), _("Days are mon, tue … sun, or mon-fri.")
        )
    return _NUMBER[plain]


def _seconds(hour: str, minute: str, second: str | None) -> int:
    if int(minute) > 59 or int(second or 0) > 59:
        raise _UnreadableError(
            _("“{value}” is no time of day.", value=f"{hour}:{minute}" + (f":{second}" if second else ""))
        )
    return int(hour) * 3600 + int(minute) * 60 + int(second or 0)


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(_typed(value, str, "valid_from"))
    except ValueError:
        raise _UnreadableError(_("“{value}” is no date.", value=value), _("Write it as 2026-12-24.")) from None


def _code(value: Any) -> str | None:
    text = _optional(value, "country")
    return text.upper() if text and len(text) <= 3 else text


def _optional(value: Any, key: str) -> str | None:
    return _typed(value, str, key) or None if value is not None else None


def _typed(value: Any, kind: type, key: str) -> Any:
    if not isinstance(value, kind):
        raise _UnreadableError(_("“{key}” cannot be {value}.", key=key, value=repr(value)))
    return value


def _known(settings: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in settings:
        if key not in keys:
            near = get_close_matches(key, keys, n=2, cutoff=0.5)
            raise _UnreadableError(
                _("there is no setting called “{key}”.", key=key),
                _("Did you mean {names}?", names=", ".join(near))
                if near
                else _("Known: {names}.", names=", ".join(keys)),
            )


def _version_settings(version: Version) -> dict[str, Any]:
    values = {
        "valid_from": version.valid_from,
        "country": version.country,
        "region": version.region,
        "closed": list(version.closed),
        "blocks": _week_settings(version.week),
        "open": {day.isoformat(): [str(b) for b in blocks] for day, blocks in version.special},
    }
    return {key: value for key, value in values.items() if value or key == "blocks"}


def _week_settings(week: tuple[Blocks, ...]) -> dict[str, list[str]]:
    """Neighbouring days with the same hours as one range: mon-fri."""
    spans = [(blocks, [day for day, _hours in days]) for blocks, days in groupby(enumerate(week), key=lambda d: d[1])]
    names = [WEEKDAYS[d[0]] if len(d) == 1 else f"{WEEKDAYS[d[0]]}-{WEEKDAYS[d[-1]]}" for _blocks, d in spans]
    return {name: [str(b) for b in blocks] for name, (blocks, _days) in zip(names, spans, strict=True) if blocks}


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the version before; what a version takes away is written as nothing."""
    nothing: dict[str, Any] = {"country": "", "region": "", "closed": [], "open": {}}
    gone = {key: nothing[key] for key in before if key not in now and key in nothing}
    return {**{key: value for key, value in now.items() if value != before.get(key)}, **gone}
