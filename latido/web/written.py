"""What people write into fields, read as values: numbers, spans, countries; and what there is to choose from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from latido.config.values import SettingError, seconds
from latido.errors import UsageError
from latido.i18n import LANGUAGES, _, language
from latido.model.calendar import zone_names

Choice = tuple[str, str]

_NUMBER = re.compile(r"[-−]?\d{1,15}([.,]\d{1,9})?")
_THOUSANDS = re.compile(r"[-−]?\d{1,3}[.,]\d{3}")
_BETWEEN = re.compile(r"(?<=[a-z])\s*[,;]\s*|[,;]\s+|;")
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def number(text: str) -> float | int | None:
    """A number with a decimal point or comma; None for nothing.

    >>> number("85,5"), number("40"), number(" ")
    (85.5, 40, None)

    Raises:
        UsageError: It is none, or could be two.
    """
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise UsageError(_("“{value}” is not a number.", value=text.strip()))
    if _THOUSANDS.fullmatch(plain) and not plain.lstrip("-−").startswith("0"):
        raise UsageError(
            _("“{value}” can be read in two ways.", value=text.strip()),
            _("Write {whole} or {part}.", whole=re.sub("[.,]", "", plain), part=_unmistakable(plain)),
        )
    value = float(plain.replace("−", "-").replace(",", "."))
    return int(value) if value.is_integer() else value


def _unmistakable(plain: str) -> str:
    """A number whose point cannot be one of thousands: 1.500 → 1.5, 1.125 → 1.1250."""
    short = plain.replace(",", ".").rstrip("0").rstrip(".")
    return f"{short}0" if _THOUSANDS.fullmatch(short) else short


def whole(text: str) -> int | None:
    """A whole number; None for nothing.

    Raises:
        UsageError: It is none.
    """
    value = number(text)
    if isinstance(value, float):
        raise UsageError(_("“{value}” is not a whole number.", value=text.strip()))
    return value


def span(text: str) -> str | float | int | None:
    """A span of time as people write it, checked: `4h`; a plain number are seconds. None for nothing.

    Raises:
        UsageError: It is none.
    """
    plain = text.strip().lower()
    if not plain or plain.isdecimal():
        return int(plain) if plain else None
    try:
        seconds(plain.replace(",", "."))
    except SettingError as error:
        raise UsageError(error.rule, error.hint) from None
    return plain.replace(",", ".")


def spans(text: str) -> list[str | float | int] | None:
    """Several spans, apart by commas.

    >>> spans("1d,4h, 1,5h")
    ['1d', '4h', '1.5h']
    """
    found = [span(part) for part in _BETWEEN.split(text.strip().lower()) if part.strip()]
    return [one for one in found if one is not None] or None


def told(value: Any) -> str:
    """A span as people write it: 5400 → 1h 30min; texts as they are.

    >>> told(5400), told("4h"), told(0.5)
    ('1h 30min', '4h', '0.5')
    """
    if not isinstance(value, int | float):
        return str(value)
    if not float(value).is_integer() or value <= 0:
        return str(value)
    parts, rest = [], int(value)
    for unit, size in _UNITS:
        amount, rest = divmod(rest, size)
        parts += [f"{amount}{unit}"] if amount else []
    return " ".join(parts)


def countries(text: str) -> list[str] | None:
    """Countries by code or by name in either language, apart by commas.

    >>> countries("es, México")
    ['ES', 'MX']

    Raises:
        UsageError: One that nobody knows.
    """
    return [_country(part.strip()) for part in re.split("[,;]", text) if part.strip()] or None


def _country(given: str) -> str:
    names = _country_names()
    found = names.get(given.casefold())
    if found is None:
        near = dict.fromkeys(names[name] for name in get_close_matches(given.casefold(), names, n=2, cutoff=0.7))
        hint = _("Did you mean {names}?", names=", ".join(near)) if near else _("Write its two letters: ES, MX, US.")
        raise UsageError(_("“{value}” is not a country.", value=given), hint)
    return found


@cache
def _country_names() -> dict[str, str]:
    """Codes and names in small letters, with the code."""
    known = [(code, name) for spoken in LANGUAGES for code, name in Locale(spoken).territories.items() if _is(code)]
    return {word.casefold(): code for code, name in known for word in (code, name)}


def _is(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}


def country_name(code: str) -> str:
    """A country's name in the reader's language."""
    return str(Locale(language()).territories.get(code, code))


def by_name(choices: Sequence[Choice]) -> list[Choice]:
    """Choices in the order of their names, accents or not: Álava before Barcelona."""
    return sorted(choices, key=lambda choice: unicodedata.normalize("NFKD", choice[1]).casefold())


def zones() -> Sequence[Choice]:
    """Time zones: the ones named after places, and UTC."""
    return [(name, name.replace("_", " ")) for name in _zones()]


@cache
def _zones() -> list[str]:
    other = ("Etc/", "posix/", "right/", "SystemV/")
    return ["UTC", *sorted(name for name in zone_names() if "/" in name and not name.startswith(other))]


def currencies() -> Sequence[Choice]:
    """Currencies that are in use, with their names."""
    return [(code, get_currency_name(code, locale=language())) for code in _currencies()]


@cache
def _currencies() -> list[str]:
    used = get_global("territory_currencies")
    return sorted({code for known in used.values() for code, _start, end, tender in known if end is None and tender})


def languages() -> Sequence[Choice]:
    """Languages of reports."""
    return [("", str(_("whatever the reader's is"))), ("en", "English"), ("es", "Español")]
