"""Words that people look for: the same with and without accents, and never more than text.

The engine compares folded texts with `contains`, so that quotes, per cent signs and backslashes are what they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import reduce
from itertools import groupby
from operator import and_
from typing import Any, NamedTuple

import ibis

MOST = 8  # words of one search
_MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328"


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


_ACCENTED = "".join(c for c in map(chr, range(0xE0, 0x180)) if c.islower() and _bare(c) != c and _bare(c).isascii())
_PLAIN = "".join(map(_bare, _ACCENTED))
_TABLE = str.maketrans(_ACCENTED, _PLAIN, _MARKS)


class Piece(NamedTuple):
    """A part of a text, and whether it is what was looked for."""

    text: str
    found: bool


def fold(text: str) -> str:
    """A text in small letters without accents.

    >>> fold("Facturación en AÑOS")
    'facturacion en anos'
    """
    return text.lower().translate(_TABLE)


def folded(column: Any) -> Any:
    """The same of a column, in the engine."""
    return column.lower().translate(_ACCENTED + _MARKS, _PLAIN)


def words_of(text: str) -> tuple[str, ...]:
    """What is looked for: each word once, folded."""
    return tuple(dict.fromkeys(fold(text).split()))[:MOST]


def holds(column: Any, words: tuple[str, ...]) -> Any:
    """Whether a column's text holds every word, or a part of a word, somewhere."""
    text = folded(column)
    tests = [text.contains(word).fill_null(False) for word in words]
    return reduce(and_, tests) if tests else ibis.literal(False)


def marked(text: str, words: tuple[str, ...]) -> list[Piece]:
    """A text cut where it holds what was looked for.

    >>> [p.text for p in marked("Sin acción ni reacción", ("accion",)) if p.found]
    ['acción', 'acción']
    """
    places = [i for i, letter in enumerate(text) for _ in fold(letter)]
    flat = "".join(map(fold, text))
    hits = {place for word in words for m in re.finditer(re.escape(word), flat) for place in places[slice(*m.span())]}
    parts = groupby(range(len(text)), key=hits.__contains__)
    return [Piece("".join(text[i] for i in run), found) for found, run in parts]
