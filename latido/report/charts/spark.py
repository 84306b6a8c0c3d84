"""The course of a figure as a few points of a small drawing: line, band, target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

WIDTH, HEIGHT = 240, 56
MARGIN = 0.06  # of the range, above and below
REACH = 4.0  # a band is cut where it leaves the line's own range by so many times that range


@dataclass(frozen=True)
class Spark:
    """A small drawing.

    Attributes:
        lines: Points of the line, one text for each stretch without a gap.
        bands: Points of the interval around each stretch.
        target: Height of the target; None for none.
        end: Where the line ends; None where its last value is not known.
        width: Of the drawing.
        height: Of the drawing.
    """

    lines: tuple[str, ...]
    bands: tuple[str, ...]
    target: float | None
    end: tuple[float, float] | None
    width: int = WIDTH
    height: int = HEIGHT


def spark(
    values: Sequence[float], lows: Sequence[float], highs: Sequence[float], target: float | None = None
) -> Spark | None:
    """The drawing; None where fewer than two values are known.

    Args:
        values: The figure, period by period; NaN where it is not known.
        lows: Lower ends of its intervals; NaN or infinite where there is none.
        highs: Upper ends.
        target: What it should reach.
    """
    known = [value for value in values if isfinite(value)]
    if len(known) < 2:
        return None
    place = _Place(len(values), *_range(known, lows, highs, target))
    stretches = list(_stretches(values))
    return Spark(
        lines=tuple(" ".join(place.point(i, values[i]) for i in stretch) for stretch in stretches),
        bands=tuple(place.band(stretch, values, lows, highs) for stretch in stretches),
        target=place.y(target) if target is not None else None,
        end=(place.x(len(values) - 1), place.y(values[-1])) if isfinite(values[-1]) else None,
    )


def _range(
    known: Sequence[float], lows: Sequence[float], highs: Sequence[float], target: float | None
) -> tuple[float, float]:
    """What must fit in: the line and the target, and of the band what is not far away."""
    low, high = min(known), max(known)
    reach = REACH * ((high - low) or abs(high) or 1)
    ends = [end for end in (*lows, *highs) if isfinite(end) and low - reach <= end <= high + reach]
    told = [low, high, *ends, *([target] if target is not None else [])]
    return min(told), max(told)


def _stretches(values: Sequence[float]) -> Iterator[list[int]]:
    for there, group in groupby(range(len(values)), lambda i: isfinite(values[i])):
        if there:
            yield list(group)


class _Place:
    """Where values come to lie."""

    def __init__(self, n: int, low: float, high: float) -> None:
        self.step = WIDTH / max(n - 1, 1)
        self.low = low
        self.scale = (high - low) * (1 + 2 * MARGIN) or 1
        self.margin = (high - low) * MARGIN

    def x(self, i: int) -> float:
        """From the left."""
        return round(i * self.step, 1)

    def y(self, value: float) -> float:
        """From the top; what leaves the drawing stays at its edge."""
        share = (value - self.low + self.margin) / self.scale
        return round(HEIGHT - min(max(share, 0), 1) * HEIGHT, 1)

    def point(self, i: int, value: float) -> str:
        """A point as SVG writes it."""
        return f"{self.x(i)},{self.y(value)}"

    def band(self, stretch: list[int], values: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> str:
        """The interval around a stretch: along its upper ends and back along the lower ones."""
        upper = (self.point(i, highs[i] if highs[i] == highs[i] else values[i]) for i in stretch)
        lower = (self.point(i, lows[i] if lows[i] == lows[i] else values[i]) for i in reversed(stretch))
        return " ".join((*upper, *lower))
