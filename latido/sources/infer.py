"""What a foreign column looks like: how much of it is a number, a date, a yes or no, and how varied it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.model.table import Type
from latido.sources.convert import Reading, clean, convert
from latido.sources.scales import normal
from latido.sources.sheet import Frame
from latido.sources.transform import text
from latido.sources.vocabulary import bare, words

SAMPLE = 20_000
DISTINCT = 5_000


@dataclass(frozen=True)
class Profile:
    """One foreign column, by a sample of its rows.

    Attributes:
        name: As the file has it.
        rows: How many rows were looked at.
        filled: How many hold something.
        cells: Its distinct texts, the most frequent first.
        counts: How often each stands there.
        place: Position of the column in the file.
    """

    name: str
    rows: int
    filled: int
    cells: pa.Array
    counts: np.ndarray
    place: int

    @cached_property
    def words(self) -> str:
        """The name, normalised."""
        return normal(self.name)

    @property
    def distinct(self) -> int:
        """How many different texts it holds."""
        return len(self.cells)

    @property
    def unique(self) -> bool:
        """Whether no text comes twice."""
        return self.filled > 0 and self.distinct == self.filled

    def share(self, kind: Type) -> float:
        """Share of the filled cells that can be read as this type; 0 where none is filled."""
        return self._shares[kind]

    def share_of(self, allowed: tuple[str, ...]) -> float:
        """Share of the filled cells whose words mean one of these values."""
        known = words(allowed)
        return self._weighted(np.array([bare(cell) in known for cell in self._few.to_pylist()], dtype=bool))

    @cached_property
    def numbers(self) -> np.ndarray:
        """The distinct numbers."""
        return self._numbers[0]

    def quantile(self, share: float) -> float:
        """The number below or at which this share of the numbers lies; NaN where there are none."""
        values, counts = self._numbers
        if not len(values):
            return float("nan")
        order = np.argsort(values)
        reached = np.cumsum(counts[order]) >= share * counts.sum()
        return float(values[order][np.argmax(reached)])

    @cached_property
    def whole(self) -> bool:
        """Whether all its numbers are whole."""
        return bool(len(self.numbers)) and bool(np.all(self.numbers == np.floor(self.numbers)))

    @cached_property
    def length(self) -> float:
        """Mean length of its texts."""
        lengths = np.asarray(pc.utf8_length(self._few))
        return float(np.average(lengths, weights=self.counts[: len(lengths)])) if len(lengths) else 0.0

    @property
    def _few(self) -> pa.Array:
        return self.cells.slice(0, DISTINCT)

    @cached_property
    def _shares(self) -> dict[Type, float]:
        shares = {Type.TEXT: float(self.filled > 0)}
        for kind in (Type.NUMBER, Type.BOOLEAN):
            shares[kind] = self._readable(Reading(kind))
        shares[Type.NUMBER] = max(shares[Type.NUMBER], self._readable(Reading(Type.NUMBER, decimal=",")))
        shares[Type.INTEGER] = shares[Type.NUMBER] if self.whole else 0.0
        stamps = [self._readable(Reading(Type.INSTANT, dates=order)) for order in ("dmy", "mdy")]
        shares[Type.INSTANT] = shares[Type.DATE] = max(stamps)
        return shares

    def _readable(self, reading: Reading) -> float:
        values, _unreadable = convert(self._few, reading)
        return self._weighted(np.asarray(values.is_valid()))

    def _weighted(self, found: np.ndarray) -> float:
        counts = self.counts[: len(found)]
        return float(counts[found].sum() / counts.sum()) if len(found) else 0.0

    @cached_property
    def _numbers(self) -> tuple[np.ndarray, np.ndarray]:
        values, _unreadable = convert(self._few, Reading(Type.NUMBER))
        found = np.asarray(values.is_valid())
        return np.asarray(values.drop_null()), self.counts[: len(found)][found]


def profiles(frame: Frame, missing: tuple[str, ...] = ()) -> list[Profile]:
    """The columns of a sheet, by its first rows."""
    rows = frame.rows.slice(0, SAMPLE)
    return [_profile(name, rows[name].combine_chunks(), place, missing) for place, name in enumerate(rows.column_names)]


def _profile(name: str, values: pa.Array, place: int, missing: tuple[str, ...]) -> Profile:
    texts = text(clean(values, missing)).drop_null()
    counted = pc.value_counts(texts)
    cells, counts = counted.field("values"), np.asarray(counted.field("counts"))
    order = np.argsort(-counts, kind="stable")
    return Profile(name, len(values), len(texts), cells.take(pa.array(order)), counts[order], place)
