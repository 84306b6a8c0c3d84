"""Quantiles of complete values, with intervals that assume nothing about their distribution."""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, bdtrik

from latido.stats.estimate import Estimate, unknown


def quantile(values: ArrayLike, p: float, confidence: float = 0.95) -> Estimate:
    """The `p` quantile of complete values with its order-statistic interval.

    The value is the averaged inverse of the distribution function (the ordinary median at ½).

    Args:
        values: One number each, in any order, none missing.
        p: Share below the quantile, 0 < p < 1.
        confidence: Coverage claimed; the real one is at least that.

    Returns:
        Bounds are observed values; −inf or inf where there are too few to have that bound.
    """
    ordered = np.sort(np.asarray(values, dtype=float))
    n = len(ordered)
    if n == 0:
        return unknown(0, "order_statistics")
    low, high = ranks(n, p, confidence)
    return Estimate(
        float(np.quantile(ordered, p, method="averaged_inverted_cdf")),
        float(ordered[low - 1]) if low >= 1 else -inf,
        float(ordered[high - 1]) if high <= n else inf,
        n,
        confidence=confidence,
        method="order_statistics",
    )


def ranks(n: int, p: float, confidence: float = 0.95) -> tuple[int, int]:
    """Ranks (from 1) of the ordered values that bound the `p` quantile; 0 and n + 1 mean no bound.

    How many of n values lie below the quantile is binomial (n, p): the low rank is the largest l
    with P(X ≤ l − 1) ≤ α/2, the high one the smallest h with P(X ≥ h) ≤ α/2.

    Source: Conover (1999), Practical Nonparametric Statistics, section 3.2.

    >>> ranks(20, 0.5)
    (6, 15)
    """
    tail = (1 - confidence) / 2
    return _below(tail, n, p), n + 1 - _below(tail, n, 1 - p)


def _below(tail: float, n: int, p: float) -> int:
    """How many of the outcomes 0, 1, … of a binomial have a sum of probabilities ≤ `tail`."""
    if bdtr(0, n, p) > tail:
        return 0
    k = int(np.floor(bdtrik(tail, n, p)))
    # The inverse is a root finder's: settle the last step by the distribution itself.
    k += int(bdtr(k + 1, n, p) <= tail) - int(bdtr(k, n, p) > tail)
    return k + 1
