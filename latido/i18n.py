"""Spanish and English: messages that wait for their reader, and numbers and dates as each writes them.

A `Message` keeps its English text and its values apart until somebody reads it; `str(message)`
gives it in the reader's language (`use("es")`). English is the source; translations live in
`latido/locale/<language>/*.po`, one small catalogue per package, and a test fails when one is
missing, stale, or names other placeholders.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es")
LOCALE_DIR = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("latido_language", default="en")


@dataclass(frozen=True)
class Message:
    """A text for people: English template, values, and (where it counts things) a plural."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    count: float = 1

    def __str__(self) -> str:
        text = translate(self.template, self.plural, self.count)
        return text.format(**{k: _shown(v) for k, v in self.values.items()}) if self.values else text

    def __hash__(self) -> int:
        return hash((self.template, self.plural, self.count))


def _(template: str, /, **values: Any) -> Message:
    """Mark and build a message: `_("{n} rows of {file}", n=3, file=name)`."""
    return Message(template, values)


def _n(one: str, many: str, count: float, /, **values: Any) -> Message:
    """Mark and build a message with a plural; `{count}` is the number, written as the reader writes it."""
    return Message(one, {"count": count, **values}, plural=many, count=count)


def translate(template: str, plural: str | None = None, count: float = 1) -> str:
    """The template in the current language; the template itself where none is known."""
    forms = _catalogue(language()).get(template)
    if forms is None:
        return template if plural is None or count == 1 else plural
    if isinstance(forms, str):
        return forms
    return forms[0] if count == 1 else forms[-1]


def language() -> str:
    """The language in force, `en` or `es`."""
    return _language.get()


@contextmanager
def use(code: str) -> Iterator[None]:
    """Read everything inside the block in this language."""
    token = _language.set(nearest(code))
    try:
        yield
    finally:
        _language.reset(token)


def set_language(code: str) -> None:
    """Choose the language for the rest of this context (a command line's whole run)."""
    _language.set(nearest(code))


def nearest(code: str | None) -> str:
    """The supported language nearest to a locale code: `es_MX.UTF-8` → `es`, anything unknown → `en`."""
    short = (code or "").replace("-", "_").split("_")[0].split(".")[0].lower()
    return short if short in LANGUAGES else "en"


def from_environment() -> str:
    """The language that the process's locale asks for (`LC_ALL`, `LC_MESSAGES`, `LANG`)."""
    names = ("LATIDO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    return nearest(next((os.environ[n] for n in names if os.environ.get(n)), None))


@cache
def _catalogue(code: str) -> dict[str, str | tuple[str, ...]]:
    if code == "en":
        return {}
    from babel.messages.pofile import read_po

    found: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((LOCALE_DIR / code).glob("*.po")):
        with path.open("rb") as lines:
            for entry in read_po(lines, locale=code):
                if entry.id and entry.string:
                    one = entry.id if isinstance(entry.id, str) else entry.id[0]
                    found[one] = entry.string if isinstance(entry.string, str) else tuple(entry.string)
    return found


def _shown(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if not isinstance(value, datetime | date) else day(value)
    return number(value)


def number(value: float, digits: int | None = None) -> str:
    """A number as the reader writes it: 1,234.5 or 1.234,5 (four digits are grouped in both)."""
    from babel.numbers import format_decimal

    if digits is None:
        digits = 0 if float(value).is_integer() else 2
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(round(value, digits), format=pattern, locale=language(), group_separator=True)


def percent(share: float, digits: int = 1) -> str:
    """A share as per cent: 0.2654 → 26.5% or 26,5 %."""
    from babel.numbers import format_percent

    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_percent(share, format=pattern + ("\u00a0%" if language() == "es" else "%"), locale=language())


def day(value: date | datetime, pattern: str = "d MMM y") -> str:
    """A date that nobody reads in two ways, the day first and the month in letters: 4 Mar 2026 or 4 mar 2026.

    Args:
        value: The date.
        pattern: What of it is said, as Babel writes it: without the year where that is said already.
    """
    from babel.dates import format_date

    return str(format_date(value, format=pattern, locale=language()))


def duration(seconds: float) -> str:
    """A duration in the two largest units that matter: 42 s, 3 min 20 s, 5 h 12 min, 3 d 4 h."""
    sign, rest = ("−" if seconds < 0 else ""), abs(seconds)
    for name, size, below, smaller in (("d", 86400, "h", 3600), ("h", 3600, "min", 60), ("min", 60, "s", 1)):
        if rest >= size:
            units = round(rest / smaller)
            whole, part = divmod(units, size // smaller)
            return f"{sign}{number(whole)} {name}" + (f" {part} {below}" if part else "")
    return f"{sign}{number(rest, 0 if rest >= 10 or rest == int(rest) else 1)} s"
