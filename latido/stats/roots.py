"""Where a rising function reaches a value: halving, for monotone functions only."""

from __future__ import annotations

from collections.abc import Callable


def reaches(rising: Callable[[float], float], goal: float, low: float, high: float, precision: float = 1e-10) -> float:
    """The smallest x between `low` and `high` at which `rising(x) ≥ goal`, to a relative `precision`.

    Returns:
        `high` where the function stays below the goal, `low` where it starts above.

    >>> round(reaches(lambda x: x * x, 2, 0, 2), 9)
    1.414213562
    """
    if rising(low) >= goal:
        return low
    middle = (low + high) / 2
    while low < middle < high and high - low > precision * abs(high):
        low, high = (low, middle) if rising(middle) >= goal else (middle, high)
        middle = (low + high) / 2
    return high
