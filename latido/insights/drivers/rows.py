"""What is asked of the rows before their moments: how many know each driver, and a sample that fits into memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from latido.facts.expr import scattered
from latido.metrics.units.table import BLOCKS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from latido.metrics.units import Units

MOST = 50_000
_FINE = 2**20


@dataclass(frozen=True)
class Known:
    """Of the rows whose outcome is known.

    Attributes:
        asked: How many there are.
        count: Variable → in how many it is known.
        mean: Variable → its mean where it is known; 0 where it is nowhere.
    """

    asked: int
    count: Mapping[str, int]
    mean: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Sample:
    """Some 50,000 of the rows that count, drawn by a hash of their keys or of their customers.

    Attributes:
        values: One row a unit, one column a variable, (n, k).
        blocks: Block of customers of each.
        names: The variables.
    """

    values: NDArray[np.float64]
    blocks: NDArray[np.int64]
    names: tuple[str, ...]

    def column(self, name: str) -> NDArray[np.float64]:
        """One variable's values."""
        return np.asarray(self.values[:, self.names.index(name)], dtype=np.float64)


def known(found: Units, execute: Callable[[Any], pd.DataFrame], outcome: str, names: Sequence[str]) -> Known:
    """How many of the outcome's rows know each variable, and its mean there."""
    rows = found.rows.filter(found.rows[found.columns[outcome]].notnull())
    asked = (outcome, *names)
    columns = {name: rows[found.columns[name]] for name in asked}
    told = execute(rows.aggregate(
        n=rows.count(), **{f"k{i}": c.count() for i, c in enumerate(columns.values())},
        **{f"m{i}": c.mean() for i, c in enumerate(columns.values())},
    )).iloc[0].fillna(0.0)  # fmt: skip
    counts = {name: int(told[f"k{i}"]) for i, name in enumerate(asked)}
    return Known(int(told["n"]), counts, {name: float(told[f"m{i}"]) for i, name in enumerate(asked)})


def sampled(
    found: Units,
    execute: Callable[[Any], pd.DataFrame],
    names: Sequence[str],
    n: int,
    *,
    fill: Mapping[str, float] | None = None,
    spread: bool = True,
) -> Sample:
    """Some of the rows that count, the same ones every time.

    Args:
        found: The columns side by side.
        execute: Runs an expression.
        names: The variables, the outcome first.
        n: How many rows count.
        fill: What stands for a missing driver; None where rows that miss one do not count.
        spread: Over all blocks; else whole blocks, which are found faster and hold about as many rows.
    """
    columns = [found.columns[name] for name in names]
    rows = found.rows.filter(*(found.rows[c].notnull() for c in (columns if fill is None else columns[:1])))
    if n > MOST and not spread:
        rows = rows.filter(rows["block"] < max(BLOCKS * MOST // n, 1))
    elif n > MOST:
        rows = rows.filter(_drawn(rows, found.grain.keys) < _FINE * MOST // n)
    frame = execute(rows.select("block", *dict.fromkeys(columns)))
    values = np.column_stack([frame[c].to_numpy(float) for c in columns])
    if fill is not None:
        values = np.where(np.isnan(values), [fill[name] for name in names], values)
    return Sample(values, frame["block"].to_numpy().astype(np.int64), tuple(names))


def _drawn(rows: Any, keys: Sequence[str]) -> Any:
    """A number that has nothing to do with the block, which is drawn by the customer alone."""
    texts = [rows[key].cast("string") for key in keys]
    return scattered(reduce(lambda one, other: one + "|" + other, texts) + "|drivers", _FINE)
