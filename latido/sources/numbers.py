"""Numbers as people write them: thousands, decimal commas, currencies, per cent, brackets for minus."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Sign = Literal[".", ","]
FEW = 0.01  # votes for the other sign that are slips, not a mixture
EITHER = r"^[^\d.,]*[1-9]\d{0,2}[.,]\d{3}[^\d.,]*$"
AROUND = re.compile(r"[\s'’€$£¥%]|\b(?:eur|euros?|usd|mxn|gbp|us|pesos?)\b", re.IGNORECASE)


def _only(decimal: Sign) -> str:
    """What only this decimal sign explains: 12.5, 1.2345, 0.125, 1234.567, 1,234.5, 1,234,567."""
    d, t = ("\\.", ",") if decimal == "." else (",", "\\.")
    end = r"[^\d.,]*$"
    return (
        rf"{d}\d{{1,2}}{end}|{d}\d{{4,}}{end}|(?:^|[^\d.,])(?:0|\d{{4,}}){d}\d{{3}}{end}|\d{t}\d{{3}}{d}\d"
        rf"|\d{t}\d{{3}}{t}\d{{3}}"
    )


def _plain(decimal: Sign) -> str:
    """A number and nothing else, thousands in threes or not at all."""
    d, t = ("\\.", ",") if decimal == "." else (",", "\\.")
    return rf"^[-+]?(?:(?:\d+|\d{{1,3}}(?:{t}\d{{3}})+)(?:{d}\d*)?|{d}\d+)(?:[eE][-+]?\d+)?$"


@dataclass
class Signs:
    """What a whole column says about its decimal sign.

    Attributes:
        votes: Numbers that only one sign explains.
        either: Numbers like 1.234, which both explain.
        examples: One number for each vote, and one of either.
    """

    votes: dict[Sign, int] = field(default_factory=lambda: {".": 0, ",": 0})
    either: int = 0
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, texts: pa.Array) -> None:
        """Count some more of the column."""
        # Arrow's own reader takes no thousands: what it reads whole has points, or no sign at all.
        marked = texts.filter(pc.match_substring_regex(texts, "[.,]"))
        for sign in self.votes:
            self.votes[sign] += self._found(sign, marked, _only(sign))
        self.either += self._found("", marked, EITHER)

    def _found(self, name: str, texts: pa.Array, pattern: str) -> int:
        found = texts.filter(pc.match_substring_regex(texts, pattern))
        if len(found):
            self.examples.setdefault(name, found[0].as_py())
        return len(found)

    @property
    def decided(self) -> Sign | None:
        """The decimal sign, where the column leaves no doubt."""
        point, comma = self.votes["."], self.votes[","]
        if point or comma:
            return None if self.mixed else "." if point > comma else ","
        return None if self.either else "."

    @property
    def mixed(self) -> bool:
        """Whether both signs are there in earnest."""
        return min(self.votes.values()) > FEW * max(self.votes.values())


def numbers(texts: pa.Array, decimal: Sign = ".") -> pa.Array:
    """Float64 numbers, null where the text is null or no number.

    Currency signs and per cent signs are dropped (26.5 % is 26.5), “(12)” and “12-” are −12.

    Args:
        texts: Trimmed text.
        decimal: The decimal sign; the other one groups thousands.
    """
    if decimal == "." and (found := _by_arrow(texts)) is not None:
        return found
    plain = pc.match_substring_regex(texts, _plain(decimal))
    read = _by_arrow(_pointed(pc.if_else(plain, texts, None), decimal))
    rest = np.flatnonzero(np.asarray(pc.equal(plain, pa.scalar(value=False)).fill_null(fill_value=False)))
    if not len(rest) or read is None:
        return read
    values = np.asarray(read.fill_null(np.nan)).copy()
    values[rest] = _parsed(texts.take(pa.array(rest)), decimal)
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def _by_arrow(texts: pa.Array) -> pa.Array | None:
    try:
        texts.drop_null().slice(0, 1).cast(pa.float64())  # a failed cast of a whole column costs more than its success
        return texts.cast(pa.float64())
    except pa.ArrowInvalid:
        return None


def _pointed(texts: pa.Array, decimal: Sign) -> pa.Array:
    thousands = "," if decimal == "." else "."
    return pc.replace_substring(pc.replace_substring(texts, thousands, ""), decimal, ".")


def _parsed(texts: pa.Array, decimal: Sign) -> np.ndarray:
    coded = texts.dictionary_encode()
    values = np.array([number(text, decimal) for text in coded.dictionary.to_pylist()], dtype=np.float64)
    found: np.ndarray = values[np.asarray(coded.indices)]
    return found


@lru_cache(maxsize=1 << 16)
def number(text: str, decimal: Sign = ".") -> float:
    """One number with whatever stands around it; NaN if it is none."""
    bare = AROUND.sub("", text.replace("−", "-"))
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    elif bare.endswith("-"):
        bare = "-" + bare[:-1]
    if not re.match(_plain(decimal), bare):
        return np.nan
    return float(bare.replace("," if decimal == "." else ".", "").replace(decimal, "."))
