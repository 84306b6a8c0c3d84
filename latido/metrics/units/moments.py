"""The sums of values and of their products, by the engine: all that drivers and the chain need of the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np

from latido.metrics.units.table import BLOCKS
from latido.stats.moments import Moments, of_sums

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.units.table import Units


def moments(
    found: Units,
    execute: Callable[[Any], pd.DataFrame],
    names: Sequence[str] = (),
    *,
    fill: bool = False,
    weight: str | None = None,
    by: str | None = None,
    near: Mapping[str, float] | None = None,
) -> Mapping[str | None, Moments]:
    """Moments of some columns by block of customers, in one pass over the rows, and one before it that finds the means.

    Args:
        found: The columns side by side.
        execute: Runs an expression.
        names: The variables; all of them unless given. The first one is always known in the rows that count.
        fill: Set what is missing of the others to its mean; else only rows count in which all are known.
        weight: Column of weights; 1 unless given.
        by: A dimension that came along: then one stack of moments for each of its values.
        near: A value near each column's mean, the mean itself where missing ones are set to it; saves the pass over
            the rows that would find it.

    Returns:
        Value of `by` (None without it) → a stack with one entry a block.
    """
    asked = tuple(names) or tuple(each.name for each in found.variables)
    columns = [found.columns[name] for name in asked]
    rows = found.rows.filter(*(found.rows[c].notnull() for c in (columns[:1] if fill else columns)))
    shift = [near[name] for name in asked] if near is not None else _near(rows, columns, execute)
    # Missing ones are set to the mean, which is 0 here; a weight of 1 is multiplied by nothing: both cost time.
    level = {c: rows[c] - s for c, s in zip(columns, shift, strict=True)}
    own = {"_w": rows[weight]} if weight else {}
    rows = rows.mutate(**({c: x.fill_null(0.0) for c, x in level.items()} if fill else level), **own)
    weigh = _weigher(rows, weighted=bool(weight))
    pairs = list(combinations_with_replacement(range(len(columns)), 2))
    sums = {f"s{i}": weigh(rows[c]).sum() for i, c in enumerate(columns)}
    products = {f"p{i}_{j}": (weigh(rows[columns[i]]) * rows[columns[j]]).sum() for i, j in pairs}
    keys = ["block", *([by] if by else [])]
    frame = execute(
        rows.group_by(keys).agg(n=rows.count(), **_weights(rows, weighted=bool(weight)), **sums, **products)
    )
    if by is None:
        return {None: _stack(asked, shift, frame)}
    return {str(value): _stack(asked, shift, part.drop(columns=by)) for value, part in frame.groupby(by)}


def _weigher(rows: Any, *, weighted: bool) -> Callable[[Any], Any]:
    """Multiplies by the rows' weight; by nothing where they have none."""
    return lambda value: rows["_w"] * value if weighted else value


def _weights(rows: Any, *, weighted: bool) -> dict[str, Any]:
    """The sums of the weights and of their squares, which are 1 where there are none."""
    if not weighted:
        return {"w": rows.count().cast("float64"), "ww": rows.count().cast("float64")}
    return {"w": rows["_w"].sum(), "ww": (rows["_w"] * rows["_w"]).sum()}


def _near(rows: Any, columns: Sequence[str], execute: Callable[[Any], pd.DataFrame]) -> list[float]:
    """The mean of each column: products about it keep the digits that products about 0 lose."""
    means = execute(rows.aggregate(**{c: rows[c].mean() for c in columns})).iloc[0]
    return [float(means[c]) if means[c] == means[c] and means[c] is not None else 0.0 for c in columns]


def _stack(names: Sequence[str], shift: Sequence[float], frame: pd.DataFrame) -> Moments:
    """The blocks in order, with zeros for those without rows."""
    whole = frame.set_index("block").reindex(range(BLOCKS)).fillna(0.0)
    k = len(names)
    sums = whole[[f"s{i}" for i in range(k)]].to_numpy(float)
    triangle = whole[[f"p{i}_{j}" for i, j in combinations_with_replacement(range(k), 2)]].to_numpy(float)
    counts = tuple(whole[c].to_numpy(float) for c in ("n", "w", "ww"))
    return of_sums(names, np.asarray(shift), (counts[0], counts[1], counts[2]), sums, triangle)
