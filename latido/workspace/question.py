"""How a question is written: days, filters, dimensions and versions as people type them."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _
from latido.metrics.query import Condition, Operator

Where = Mapping[str, object] | Sequence[str] | str | None
Day = date | str | None
Instant = datetime | str
AsOf = datetime | date | int | str | None

_CONDITION = re.compile(r"\s*(?P<dimension>[^<>=!]+?)\s*(?P<operator>>=|<=|!=|=|>|<)\s*(?P<values>.*?)\s*", re.DOTALL)
_KEY = re.compile(r"\s*(?P<dimension>[^<>=!]+?)\s*(?P<operator>>=|<=|!=|=|>|<)?\s*")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_ORDER = ("<", ">", "<=", ">=")


def dimensions(by: str | Sequence[str] | None) -> tuple[str, ...]:
    """Names of dimensions: `"channel"`, `"channel,team"` or a list."""
    names = [by] if isinstance(by, str) else by or []
    return tuple(name.strip() for text in names for name in text.split(",") if name.strip())


def insist(names: Iterable[str], known: Collection[str]) -> None:
    """Refuse a dimension that is not known.

    Raises:
        UnknownNameError: There is none of that name.
    """
    for name in names:
        if name not in known:
            raise UnknownNameError.among(_("dimension"), name, known)


def conditions(where: Where) -> tuple[Condition, ...]:
    """Filters, from a mapping (`{"channel": ["email", "chat"], "score >=": 9}`) or texts (`"score>=9"`)."""
    if isinstance(where, Mapping):
        return tuple(_from_key(key, value) for key, value in where.items())
    texts = [where] if isinstance(where, str) else where or []
    return tuple(condition(text) for text in texts)


def condition(text: str) -> Condition:
    """One filter: `priority=high,urgent`, `score>=9`, `channel!=chat`, and `channel=` where there is none.

    A value with a comma stands in double quotes: `topic="Billing, payments"`.
    """
    found = _CONDITION.fullmatch(text)
    if not found:
        raise UsageError(
            _("“{text}” is not a filter.", text=text), _("Write it as channel=email,chat or score>=9 or channel!=chat.")
        )
    (values,) = csv.reader([found["values"]], skipinitialspace=True) if found["values"] else ([""],)
    return _condition(found["dimension"], found["operator"], values)


def _from_key(key: str, value: object) -> Condition:
    found = _KEY.fullmatch(key)
    if not found:
        raise UsageError(_("“{text}” is not a filter.", text=key), _("Write it as channel or score >= or channel !=."))
    values = value if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str) else [value]
    return _condition(found["dimension"], found["operator"] or "=", values)


def _condition(dimension: str, operator: str, values: Sequence[object] | set[object] | frozenset[object]) -> Condition:
    if operator in _ORDER and len(values) != 1:
        raise UsageError(_("{dimension}{operator} needs one number.", dimension=dimension, operator=operator))
    read = _number if operator in _ORDER else _value
    known: Operator = operator  # type: ignore[assignment]  # the patterns let no other through
    return Condition(dimension, known, tuple(read(value) for value in values))


def _value(value: object) -> str | float | bool | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, bool | int | float) else str(value)


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise UsageError(_("“{value}” is not a number.", value=value)) from None


def local_day(value: Day) -> date | None:
    """A day: a date, `"2025-03-04"`, or the first day of `"2025-03"` and of `"2025"`."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(value.strip())
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise UsageError(
            _("“{value}” is not a day.", value=value), _("Write it as 2025-03-04, 2025-03 or 2025.")
        ) from None


def span(start: Day, end: Day) -> tuple[date | None, date | None]:
    """First day and the day after the last; open where None."""
    first, last = local_day(start), local_day(end)
    if first and last and first >= last:
        raise UsageError(
            _("From {start} to {end} there is no day.", start=first.isoformat(), end=last.isoformat()),
            _("The end is the day after the last one."),
        )
    return first, last


def instant(value: Instant, zone: ZoneInfo) -> datetime:
    """An instant: a datetime or ISO text; naive ones are in `zone`."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise UsageError(_("“{value}” is not an instant.", value=value), _("Write it as 2025-03-04T18:30.")) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def version(as_of: AsOf, zone: ZoneInfo) -> datetime | int | None:
    """Which state of the lake: a version's number, an instant, or a day (the state at its end).

    Args:
        as_of: `12` or `"12"`, a datetime or ISO text (naive: in `zone`), a date or its text.
        zone: The workspace's.
    """
    if as_of is None or isinstance(as_of, int):
        return as_of
    if isinstance(as_of, str):
        return _written_version(as_of.strip(), zone)
    if isinstance(as_of, datetime):
        return instant(as_of, zone)
    return datetime.combine(as_of + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


def _written_version(text: str, zone: ZoneInfo) -> datetime | int | None:
    if text.isdecimal():
        return int(text)
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return version(read(text), zone)
        except ValueError:
            continue
    raise UsageError(
        _("“{value}” is neither a version nor an instant.", value=text),
        _("Write a version's number, 2025-03-04 or 2025-03-04T18:30."),
    )
