"""From foreign cells to canonical types, a column at a time; what cannot be read is told apart from what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.i18n import Message, _
from latido.model.table import Type
from latido.sources.dates import as_text, instants
from latido.sources.numbers import Sign, numbers
from latido.sources.stamps import Order
from latido.sources.words import FALSE, MISSING, TRUE

UTC = ZoneInfo("UTC")
# Blanks, and what copying from spreadsheets, web pages and right-to-left text leaves around a value.
BLANK = " \t\r\n\u00a0\u2007\u202f\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\x00"
IMPAIRED = "[\ufffd\\x00]"


@dataclass(frozen=True)
class Reading:
    """How the cells of a foreign column are to be read.

    Attributes:
        type: What they become.
        dates: Order of day and month.
        decimal: Decimal sign.
        time_zone: Zone of stamps that carry no offset.
    """

    type: Type
    dates: Order | None = None
    decimal: Sign = "."
    time_zone: ZoneInfo = UTC


def clean(values: pa.Array, missing: tuple[str, ...] = ()) -> pa.Array:
    """Text without what stands around it, null where it means that there is nothing; typed values as they are.

    Args:
        values: A foreign column.
        missing: Marks for nothing besides the usual ones.
    """
    if not pa.types.is_string(values.type):
        return values
    trimmed = pc.utf8_trim(values, characters=BLANK)
    return pc.if_else(pc.is_in(trimmed, value_set=_marks(missing)), None, trimmed)


@cache
def _marks(missing: tuple[str, ...]) -> pa.Array:
    usual = {form for mark in MISSING for form in (mark, mark.upper(), mark.capitalize())}
    return pa.array(sorted(usual | set(missing)))


def convert(values: pa.Array, reading: Reading) -> tuple[pa.Array, np.ndarray]:
    """Cells in their canonical type, and the positions of those that could not be read.

    Args:
        values: Cleaned cells.
        reading: How to read them.
    """
    found = _CONVERTERS[reading.type](values, reading)
    return found, np.flatnonzero(np.asarray(pc.and_(values.is_valid(), found.is_null())))


def impaired(values: pa.Array) -> np.ndarray:
    """Positions of texts with characters that no encoding gave, or with NUL."""
    if not pa.types.is_string(values.type) or not _holds(values, "\x00", "\ufffd"):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.asarray(pc.match_substring_regex(values, IMPAIRED).fill_null(fill_value=False)))


def _texts(values: pa.Array, _reading: Reading) -> pa.Array:
    texts = values if pa.types.is_string(values.type) else as_text(values)
    return pc.replace_substring(texts, "\x00", "") if _holds(texts, "\x00") else texts


def _holds(texts: pa.Array, *characters: str) -> bool:
    """Whether any of the characters may be in there: a look at the bytes, many times faster than at each text."""
    buffer = texts.buffers()[2]
    held = b"" if buffer is None else buffer.to_pybytes()
    return any(character.encode() in held for character in characters)


def _numbers(values: pa.Array, reading: Reading) -> pa.Array:
    if pa.types.is_string(values.type):
        return numbers(values, reading.decimal)
    if pa.types.is_boolean(values.type):
        return pa.nulls(len(values), pa.float64())
    if pa.types.is_duration(values.type):
        return pc.divide(values.cast(pa.duration("us")).cast(pa.int64()).cast(pa.float64()), 1e6)
    return values.cast(pa.float64(), safe=False)


def _integers(values: pa.Array, reading: Reading) -> pa.Array:
    found = _numbers(values, reading)
    return pc.if_else(pc.equal(pc.floor(found), found), found, None).cast(pa.int64())


def _booleans(values: pa.Array, reading: Reading) -> pa.Array:
    if pa.types.is_boolean(values.type):
        return values
    coded = _texts(values, reading).dictionary_encode()
    return pa.array([truth(word) for word in coded.dictionary.to_pylist()], pa.bool_()).take(coded.indices)


def truth(word: str) -> bool | None:
    """What an answer means, in Spanish or English; None if it is neither yes nor no."""
    word = word.casefold().removesuffix(".0").rstrip(".")
    return True if word in TRUE else False if word in FALSE else None


def _instants(values: pa.Array, reading: Reading) -> pa.Array:
    return instants(values, reading.dates, reading.time_zone)


def _dates(values: pa.Array, reading: Reading) -> pa.Array:
    return instants(values, reading.dates, UTC).cast(pa.date32(), safe=False)


_CONVERTERS: dict[Type, Callable[[pa.Array, Reading], pa.Array]] = {
    Type.TEXT: _texts,
    Type.NUMBER: _numbers,
    Type.INTEGER: _integers,
    Type.BOOLEAN: _booleans,
    Type.INSTANT: _instants,
    Type.DATE: _dates,
}


NOT_A: dict[Type, Callable[[str | None], Message]] = {
    Type.TEXT: lambda value: _("“{value}” is not a text.", value=value),
    Type.NUMBER: lambda value: _("“{value}” is not a number.", value=value),
    Type.INTEGER: lambda value: _("“{value}” is not a whole number.", value=value),
    Type.BOOLEAN: lambda value: _("“{value}” is neither yes nor no.", value=value),
    Type.INSTANT: lambda value: _("“{value}” is not a date and time.", value=value),
    Type.DATE: lambda value: _("“{value}” is not a date.", value=value),
}


def translated(values: pa.Array, words: Iterable[tuple[str, str]], otherwise: str | None = None) -> pa.Array:
    """Foreign words as canonical ones, letter case ignored.

    Args:
        values: Cleaned cells.
        words: Foreign word and canonical word; an empty canonical word means nothing.
        otherwise: What all other words become; None leaves them.
    """
    known = {foreign.casefold(): canonical for foreign, canonical in words}
    coded = _texts(values, Reading(Type.TEXT)).dictionary_encode()
    mapped = [
        known.get(word.casefold(), word if otherwise is None else otherwise) for word in coded.dictionary.to_pylist()
    ]
    return pa.array([word or None for word in mapped], pa.string()).take(coded.indices)
