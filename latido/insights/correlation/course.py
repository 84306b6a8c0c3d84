"""One metric by another: the means of units with about the same value."""

from __future__ import annotations

import numpy as np

from latido.insights.correlation.pair import Bin
from latido.metrics.units.table import BLOCKS
from latido.stats.association import Whole
from latido.stats.clusters import design_effect
from latido.stats.estimate import Estimate
from latido.stats.means import mean
from latido.stats.moments import Floats

STEPS = 10
_FEW = 12  # values that stand for themselves
_LEAST = 5  # units of a mean that is shown


def course(x: Floats, y: Floats, block: Whole) -> tuple[Bin, ...]:
    """The means of y over ten parts of x of about the same size; over its values, where it has few.

    Args:
        x: The first metric.
        y: The second.
        block: Whose unit it is: units of one customer say less than as many of several.
    """
    values = np.unique(x)
    if len(values) <= _FEW:
        edges = (values[:-1] + values[1:]) / 2
    else:
        edges = np.unique(np.quantile(x, np.linspace(0, 1, STEPS + 1)[1:-1]))
    part = np.searchsorted(edges, x, side="left")
    order = np.argsort(part, kind="stable")
    ends = np.searchsorted(part[order], np.arange(len(edges) + 2))
    cell, shape = part * BLOCKS + block, (len(edges) + 1, BLOCKS)
    sizes, totals = (_summed(cell, weight, shape) for weight in (None, y))
    squares = np.bincount(part, y * y, minlength=len(edges) + 1)
    return tuple(
        Bin(float(here.min()), float(here.max()), float(here.mean()), _mean(sizes[at], totals[at], float(squares[at])))
        for at, here in enumerate(np.split(x[order], ends[1:-1]))
        if len(here) >= _LEAST
    )


def _summed(cell: Whole, weight: Floats | None, shape: tuple[int, int]) -> Floats:
    return np.bincount(cell, weight, minlength=shape[0] * shape[1]).reshape(shape).astype(float)


def _mean(sizes: Floats, totals: Floats, squares: float) -> Estimate:
    """The mean of one part, from its blocks' numbers and sums."""
    n, sums = sizes[sizes > 0], totals[sizes > 0]
    count, total = float(n.sum()), float(sums.sum())
    effect = design_effect(count, total, squares, len(n), float(sums @ sums), float(sums @ n), float(n @ n))
    return mean(count, total, squares, deff=effect, degrees=max(len(n) - 1, 1) if effect > 1 else None)
