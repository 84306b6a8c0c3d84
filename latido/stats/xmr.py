"""Natural limits of a series: what it does by itself (XmR, the chart of individual values).

For the eye, not for alerts: over a quiet year of weeks at least one value falls outside in about
one series of eight. `confidence_sequence` and `e_process` say how sure an alert is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latido.stats.estimate import NAN

# 3 / d₂ and D₄ for ranges of two: three standard errors, in mean moving ranges (Wheeler's rounding).
_LIMITS = 2.66
_RANGE_LIMIT = 3.268

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class XmR:
    """The limits of a series, in its own unit.

    Attributes:
        centre: Its mean.
        low: Lower natural limit, centre − 2.66 mean moving ranges.
        high: Upper natural limit.
        mean_range: Mean moving range: by how much neighbours differ.
        range_high: Limit of a moving range, 3.268 mean moving ranges.
        n: How many values there are.
    """

    centre: float
    low: float
    high: float
    mean_range: float
    range_high: float
    n: int

    def outside(self, values: ArrayLike) -> NDArray[np.bool_]:
        """Which values lie outside the limits; a missing one does not."""
        x = np.asarray(values, dtype=float)
        return (x < self.low) | (x > self.high)

    def jumps(self, values: ArrayLike) -> NDArray[np.bool_]:
        """Which values differ from the one before by more than a moving range may; the first never does."""
        return np.concatenate([[False], moving_ranges(values) > self.range_high])[: np.size(values)]


def moving_ranges(values: ArrayLike) -> Floats:
    """|xᵢ − xᵢ₋₁| of neighbours; NaN where one of them is missing, as a median is that was not reached."""
    return np.abs(np.diff(_known(values)))


def xmr(values: ArrayLike) -> XmR:
    """The natural limits of a series.

    The moving range, not the standard deviation, so that a lasting shift does not widen the limits
    that should show it.

    Args:
        values: In the order of time; NaN where a week has none. Limits are best computed once from
            a calm stretch (twelve values or more) and kept.

    Returns:
        NaN limits where no two neighbours are there.

    Source: Wheeler (1993), Understanding Variation; Shewhart (1931).

    >>> limits = xmr([39, 41, 41, 41, 43, 44, 41, 42, 40, 41, 44, 40])
    >>> round(limits.low, 2), round(limits.centre, 2), round(limits.high, 2)
    (36.82, 41.42, 46.01)
    """
    x, ranges = _known(values), moving_ranges(values)
    x, ranges = x[~np.isnan(x)], ranges[~np.isnan(ranges)]
    centre = float(x.mean()) if len(x) else NAN
    spread = float(ranges.mean()) if len(ranges) else NAN
    return XmR(centre, centre - _LIMITS * spread, centre + _LIMITS * spread, spread, _RANGE_LIMIT * spread, len(x))


def _known(values: ArrayLike) -> Floats:
    x = np.asarray(values, dtype=float)
    return np.where(np.isfinite(x), x, NAN)
