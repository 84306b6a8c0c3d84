"""Waiting times in buckets of 1 %, for when there are too many distinct ones.

Up to `MOST_DISTINCT` distinct times (or rows, which bound them) a survival curve is computed to the
second; above, the engine groups by these buckets first: exact below 100 s, and one bucket per 1 %
from there, so that a quantile is off by at most half a per cent. A hundred years fit in 2,000.

As an Ibis expression over whole seconds (portable: a logarithm, a division, a floor):

    fine = ((seconds / 100.0).ln() / LOG_STEP + NUDGE).floor().cast("int64") + EXACT_BELOW
    bucket = ibis.ifelse(seconds < EXACT_BELOW, seconds, fine)

where `seconds` below 1 must not reach `ln` on engines that refuse it: write
`ibis.greatest(seconds, 1)` inside.
"""

from __future__ import annotations

from math import floor, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

MOST_DISTINCT = 1_000_000
EXACT_BELOW = 100
LOG_STEP = log(1.01)
# 101 s is exactly one step above 100 s: a logarithm rounded down by one digit must not move it.
NUDGE = 1e-9


def bucket(seconds: float) -> int:
    """The bucket of a waiting time.

    >>> bucket(59), bucket(100), bucket(101), bucket(86_400)
    (59, 100, 101, 779)
    """
    if seconds < EXACT_BELOW:
        return max(floor(seconds), 0)
    return EXACT_BELOW + floor(log(seconds / EXACT_BELOW) / LOG_STEP + NUDGE)


def representative(buckets: ArrayLike) -> NDArray[np.float64]:
    """Seconds that stand for each bucket: itself below 100, its geometric middle above."""
    index = np.asarray(buckets, dtype=float)
    middle = EXACT_BELOW * np.exp((index - EXACT_BELOW) * LOG_STEP) * sqrt(1.01)
    return np.where(index < EXACT_BELOW, index, middle)
