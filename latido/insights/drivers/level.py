"""How a company does on each driver, all on one scale from worst to best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from latido.insights.drivers.found import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from latido.metrics.units import Variable

_SCORES = {"score", "scale points"}
_ENDS = {"%": (0.0, 100.0), "points": (-100.0, 100.0)}
TENTHS = (0.1, 0.9)


def level(variable: Variable, mean: float, values: NDArray[np.float64]) -> Level | None:
    """Where the mean lies between worst and best; None where neither way is better.

    A share has its ends at 0 and 100 %, points at ±100, and answers at the lowest and highest that were given.
    Waits, counts and money have none: there the worst and the best tenth of the rows stand for them.

    Args:
        variable: The driver.
        mean: Its mean.
        values: Its values in a sample of the rows.
    """
    if variable.better is None or not len(values):
        return None
    scale = variable.unit in _SCORES or variable.unit in _ENDS
    ends = _ENDS.get(variable.unit)
    if ends is None:
        ends = (values.min(), values.max()) if scale else tuple(np.quantile(values, TENTHS))
    low, high = map(float, ends)
    if not scale and low == high:
        low, high = float(values.min()), float(values.max())
    worst, best = (low, high) if variable.better == "higher" else (high, low)
    return Level(mean, worst, best, scale)
