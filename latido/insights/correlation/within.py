"""Whether two metrics go together within channels and topics too, or only because these differ (Simpson)."""

from __future__ import annotations

import numpy as np

from latido.insights.correlation.pair import Within
from latido.stats.association import Whole
from latido.stats.bootstrap import interval
from latido.stats.moments import Floats, Moments, of_sums

SAMPLES = 400
_LEAST = 10  # units of a group that counts


def within(dimension: str, ranks: Floats, group: Whole, block: Whole) -> Within | None:
    """The correlation of ranks less their group's mean rank, with a bootstrap interval by blocks of customers.

    Args:
        dimension: What divides the units.
        ranks: The ranks of both metrics, (n, 2).
        group: Each unit's value of the dimension, as a number; −1 where it has none.
        block: Whose unit it is.

    Returns:
        None where there are not two groups of ten units.

    Source: Robinson (1950), American Sociological Review 15:351 (within and between); Simpson (1951),
    Journal of the Royal Statistical Society B 13:238.
    """
    sizes = np.bincount(group + 1)[1:]
    here = np.flatnonzero(np.append(sizes >= _LEAST, False)[group])
    groups = int(np.count_nonzero(sizes >= _LEAST))
    if groups < 2:
        return None
    x, y = (_level(side, group[here]) for side in ranks[here].T)
    stack = _by_block(x, y, block[here])
    drawn = stack.resampled(SAMPLES).correlation[:, 0, 1]
    return Within(dimension, interval(float(stack.total().correlation[0, 1]), drawn, len(x), stack.blocks), groups)


def _level(ranks: Floats, of: Whole) -> Floats:
    return np.asarray(ranks - (np.bincount(of, ranks) / np.maximum(np.bincount(of), 1))[of], dtype=np.float64)


def _by_block(x: Floats, y: Floats, block: Whole) -> Moments:
    n = np.bincount(block).astype(float)
    sums, triangle = (
        np.stack([np.bincount(block, part) for part in parts], axis=1) for parts in ((x, y), (x * x, x * y, y * y))
    )
    return of_sums(("x", "y"), (0.0, 0.0), (n, n, n), sums, triangle)
