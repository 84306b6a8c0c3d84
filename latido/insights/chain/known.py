"""Moments of any variables from one pass: rows are summed by what each of them knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np

from latido.facts.expr import flag
from latido.metrics.units.table import BLOCKS
from latido.stats.moments import Floats, Moments, of_sums

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Known:
    """Sums of variables and of their products, by block and by which of them a row knows.

    Who is asked one thing is seldom asked another, so each regression has rows of its own: those
    whose pattern holds its variables. There are few patterns, however many rows.

    Attributes:
        names: The variables.
        blocks: Which block each sum is of.
        patterns: Which variables its rows know, as bits.
        n: How many rows.
        sums: Of each variable.
        triangle: Of each pair, in the order of `combinations_with_replacement`.
    """

    names: tuple[str, ...]
    blocks: np.ndarray[tuple[int], np.dtype[np.int64]]
    patterns: np.ndarray[tuple[int], np.dtype[np.int64]]
    n: Floats
    sums: Floats
    triangle: Floats

    def rows(self, names: Sequence[str]) -> float:
        """How many rows know all of these."""
        return float(self.n[self._having(names)].sum())

    def varies(self, name: str) -> bool:
        """Whether a variable is known, and not always the same."""
        return bool(self.of([name]).total().covariance[0, 0] > 0)

    def mean(self, name: str) -> float:
        """A variable's mean in the rows that know it."""
        return float(self.of([name]).total().mean[0])

    def of(self, names: Sequence[str]) -> Moments:
        """The moments of some variables in the rows that know all of them, by block."""
        mine = self._having(names)
        at = [self.names.index(name) for name in names]
        pairs = {pair: i for i, pair in enumerate(combinations_with_replacement(range(len(self.names)), 2))}
        upper = [pairs[min(a, b), max(a, b)] for a, b in combinations_with_replacement(at, 2)]
        n = self._by_block(self.n[mine, None], mine)[:, 0]
        sums, triangle = (self._by_block(part[mine], mine) for part in (self.sums[:, at], self.triangle[:, upper]))
        return of_sums(names, np.zeros(len(names)), (n, n, n), sums, triangle)

    def _having(self, names: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        bits = sum(1 << self.names.index(name) for name in names)
        return np.asarray((self.patterns & bits) == bits)

    def _by_block(self, part: Floats, mine: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
        found = np.zeros((BLOCKS, part.shape[1]))
        np.add.at(found, self.blocks[mine], part)
        return found


def known(rows: Any, columns: Mapping[str, str], execute: Callable[[Any], pd.DataFrame]) -> Known:
    """Sum rows by what they know, in one pass: scores, shares and doublings lie near 0 and need no shift.

    Args:
        rows: Ibis table with `block` and the columns.
        columns: Variable's name → its column, null where nothing is known; at most 60.
        execute: Runs an expression.
    """
    names, own = tuple(columns), list(columns.values())
    bits = sum((flag(rows[c].notnull()) * (1 << i) for i, c in enumerate(own)), start=_zero(rows, own))
    rows = rows.mutate(_knows=bits, **{f"_x{i}": rows[c].fill_null(0.0) for i, c in enumerate(own)})
    pairs = list(combinations_with_replacement(range(len(own)), 2))
    frame = execute(rows.group_by("block", "_knows").agg(
        n=rows.count(), **{f"s{i}": rows[f"_x{i}"].sum() for i in range(len(own))},
        **{f"p{i}_{j}": (rows[f"_x{i}"] * rows[f"_x{j}"]).sum() for i, j in pairs},
    ))  # fmt: skip
    sums, triangle = [f"s{i}" for i in range(len(own))], [f"p{i}_{j}" for i, j in pairs]
    return Known(
        names, frame["block"].to_numpy(np.int64), frame["_knows"].to_numpy(np.int64), frame["n"].to_numpy(float),
        frame[sums].to_numpy(float), frame[triangle].to_numpy(float),
    )  # fmt: skip


def _zero(rows: Any, columns: Sequence[str]) -> Any:
    """A column of zeros of 64 bits, of the rows' own."""
    return flag(rows[columns[0]].isnull()) * 0
