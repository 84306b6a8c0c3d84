"""A difference and its interval on a line of its own, around zero: drawn without a script."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from latido.stats.estimate import Estimate

WIDTH, HEIGHT = 128, 16
_PAD = 5


class Reach(NamedTuple):
    """Where to draw, in a box of `width` × `height`.

    Attributes:
        width: Of the box.
        height: Of the box.
        zero: Where nothing would have changed.
        low: Where the interval begins.
        high: Where it ends.
        value: Where the difference is.
    """

    width: int
    height: int
    zero: float
    low: float
    high: float
    value: float


def reach(change: Estimate) -> Reach | None:
    """A difference around zero, the farther end of its interval at the edge; None where it has no interval.

    Each is drawn to its own measure: what can be compared is how far the interval keeps from zero.
    """
    ends = (change.low, change.high)
    farthest = max((abs(end) for end in (*ends, change.value) if isfinite(end)), default=0.0)
    if not change.known or any(end != end for end in ends) or not farthest:  # noqa: PLR0124 - NaN alone is unlike itself
        return None
    half = WIDTH / 2

    def x(value: float) -> float:
        return round(half + max(min(value / farthest, 1.0), -1.0) * (half - _PAD), 1)

    return Reach(WIDTH, HEIGHT, half, x(change.low), x(change.high), x(change.value))
