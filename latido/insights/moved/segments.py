"""Every segment of a metric in two periods: sums of its finest cells.

The engine adds rows up once (`cells.py`); each grouping by no, one or two dimensions is then a sum
over a few thousand cells, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from latido.insights.moved.customers import Customers, customers
from latido.insights.moved.sums import added, by_segment

if TYPE_CHECKING:
    from latido.insights.moved.sums import Codes, Floats

NOW, THEN = 0, 1


@dataclass(frozen=True, eq=False)
class Grouping:
    """One way to divide a metric's rows: by no, one or two dimensions, and its own splits.

    Attributes:
        names: The dimensions and splits.
        keys: Their values, one row a segment.
        sums: Sum → its value by segment and side (`NOW`, `THEN`).
        place: Segment of each cell, −1 where a dimension is unknown there.
    """

    names: tuple[str, ...]
    keys: tuple[tuple[str | None, ...], ...]
    sums: Mapping[str, Floats]
    place: Codes

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, segment: int) -> dict[str, str | None]:
        """What a segment is."""
        return dict(zip(self.names, self.keys[segment], strict=True))


class _Coded(NamedTuple):
    codes: Codes
    values: list[Any]


@dataclass(frozen=True, eq=False)
class Finest:
    """A metric's finest cells in both periods.

    Attributes:
        rows: One row per cell, side, further key of the method, and customer.
        dimensions: What can be divided by.
        splits: What is always divided by.
        sums: Names of the columns that add up.
    """

    rows: pd.DataFrame
    dimensions: tuple[str, ...]
    splits: tuple[str, ...]
    sums: tuple[str, ...]

    def groupings(self, most: int = 2) -> Iterator[Grouping]:
        """Every grouping by up to `most` dimensions, the undivided one first."""
        for size in range(most + 1):
            for chosen in combinations(self.dimensions, size):
                yield self.grouping(chosen)

    def grouping(self, chosen: Sequence[str], *, unknown: bool = False) -> Grouping:
        """The grouping by some dimensions and the metric's splits.

        Args:
            chosen: The dimensions.
            unknown: Whether what has no value of a dimension is a segment too.
        """
        names = (*chosen, *self.splits)
        first, _cell = self._cells
        number, known = np.zeros(len(first), dtype=np.int64), np.ones(len(first), dtype=bool)
        for name in names:
            own, values = self._coded[name].codes[first], self._coded[name].values
            number = number * (len(values) + 1) + own + 1
            known &= (own >= 0) | unknown | (name in self.splits)
        ids, at, inverse = np.unique(number[known], return_index=True, return_inverse=True)
        place = np.full(len(first), -1, dtype=np.int64)
        place[known] = inverse
        keys = tuple(tuple(_value(self._coded[name], row) for name in names) for row in first[known][at])
        return Grouping(names, keys, self._added(place, len(ids)), place)

    @property
    def cell(self) -> Codes:
        """Cell of each row: its values of all dimensions and splits."""
        return self._cells[1]

    @property
    def cells(self) -> int:
        """How many there are."""
        return len(self._cells[0])

    @cached_property
    def side(self) -> Codes:
        """Side of each row."""
        return self.rows["_side"].to_numpy().astype(np.int64)

    def values(self, name: str) -> Floats:
        """A column of the rows."""
        return self.rows[name].to_numpy(float)

    def extremes(self, name: str, grouping: Grouping) -> Floats:
        """The least or greatest value of a column that has these, by segment and side; NaN without rows."""
        segment = grouping.place[self.cell]
        known = segment >= 0
        found = np.full(2 * len(grouping), np.nan)
        choose = np.fmin if extreme(name) == "min" else np.fmax
        choose.at(found, (segment * 2 + self.side)[known], self.values(name)[known])
        return found.reshape(-1, 2)

    @cached_property
    def _coded(self) -> dict[str, _Coded]:
        return {name: _coded(self.rows[name]) for name in (*self.splits, *self.dimensions)}

    @cached_property
    def _cells(self) -> tuple[Codes, Codes]:
        """Of each cell its first row, and of each row its cell."""
        number = np.zeros(len(self.rows), dtype=np.int64)
        for codes, values in self._coded.values():
            # Numbered anew at each step: the product of all dimensions' sizes may be beyond any number.
            number = pd.factorize(number * (len(values) + 1) + codes + 1)[0].astype(np.int64)
        _ids, first = np.unique(number, return_index=True)
        return first, number

    def _added(self, place: Codes, segments: int) -> dict[str, Floats]:
        own = {name: by_segment(values, place, segments) for name, values in self._plain.items()}
        return own | (self._customers.sums(place, segments) if self._customers else {})

    @cached_property
    def _plain(self) -> dict[str, Floats]:
        """Each sum by cell and side."""
        at = self.cell * 2 + self.side
        return {name: added(at, self.values(name), self.cells) for name in self.sums if not extreme(name)}

    @cached_property
    def _customers(self) -> Customers | None:
        if "_customer" not in self.rows:
            return None
        who = np.where(self.rows["_named"].to_numpy(bool), self.rows["_customer"].to_numpy(np.int64), -1)
        m, s, q = map(self.values, ("_m", "_s", "_q"))
        return customers(self.cell, self.side, who, m, s, q, self.cells)


def extreme(name: str) -> str:
    """`min` or `max` where a sum is the least or greatest of its rows, and adds up to nothing."""
    kind = name.rpartition("_")[2]
    return kind if kind in {"min", "max"} else ""


def _coded(values: pd.Series[Any]) -> _Coded:
    codes, distinct = pd.factorize(values)
    return _Coded(codes.astype(np.int64), list(distinct))


def _value(coded: _Coded, row: int) -> str | None:
    code = coded.codes[row]
    return None if code < 0 else str(coded.values[code])
