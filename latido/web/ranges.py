"""Figures with their intervals on one axis, as lines of a drawing: positions from 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latido.stats.estimate import Estimate

_ROOM = 0.06  # of the axis on either side


@dataclass(frozen=True)
class Axis:
    """An axis that all lines of a drawing share."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Where a value lies, 0 to 100; what is beyond an end is at it."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(100 * min(max(share, 0), 1), 2)


@dataclass(frozen=True)
class Range:
    """One line: the figure and its interval's ends."""

    at: float
    low: float
    high: float


def axis(estimates: Iterable[Estimate], others: Iterable[float] = ()) -> Axis:
    """The axis on which all intervals and other values have room."""
    values = [x for one in estimates for x in (one.low, one.value, one.high)]
    known = [x for x in (*values, *others) if isfinite(x)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = _ROOM * (high - low) or 1
    return Axis(low - room, high + room)


def ranges(estimates: Sequence[Estimate], on: Axis) -> list[Range]:
    """The lines; an interval that is not known is as short as its figure."""
    return [Range(on.at(e.value), *(on.at(x if isfinite(x) else e.value) for x in (e.low, e.high))) for e in estimates]
