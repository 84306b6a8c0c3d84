"""Sizes in words: a difference with the noun of its unit, and an interval in brackets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from latido.i18n import _, number
from latido.metrics.present import NOTHING, difference, interval_cell

if TYPE_CHECKING:
    from latido.stats.estimate import Estimate

_NOUNS = {
    "points": (_("{n} point"), _("{n} points")),
    "scale points": (_("{n} point of the scale"), _("{n} points of the scale")),
}


def size(value: float, unit: str) -> str:
    """How large a difference is: 3 points, 2.5 pp, 30 min.

    >>> size(3, "points"), size(1, "points"), size(12.06, "points"), size(0.1, "scale points")
    ('3 points', '1 point', '12.1 points', '0.1 points of the scale')
    """
    if math.isnan(value):
        return NOTHING
    if unit in _NOUNS:
        rounded = round(value, 1 if unit == "points" else 2)
        said = number(rounded, next(digits for digits in (0, 1, 2) if round(rounded, digits) == rounded))
        one, many = _NOUNS[unit]
        return str(one if rounded == 1 else many).format(n=said)
    return difference(value, unit)


def between(estimate: Estimate, unit: str) -> str:
    """The interval's ends: `28.1 to 34.3`."""
    return interval_cell(estimate, unit).text
