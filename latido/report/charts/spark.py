"""A sparkline as points of an SVG: the course of a card's figure, drawn without a script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from latido.report.charts.chart import finite

WIDTH, HEIGHT = 240, 56
PAD = 0.06  # of the height, above and below
NARROWEST = 1e-9

Value = float | None


class Spark(NamedTuple):
    """Where to draw, in a box of `width` × `height`.

    Attributes:
        width: Of the box.
        height: Of the box.
        lines: Points of each stretch without a gap, for `<polyline>`.
        bands: Points around the interval of each stretch, for `<polygon>`.
        target: Height of the target's line.
        end: Where the last known value is.
    """

    width: int
    height: int
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    target: float | None
    end: tuple[float, float] | None


class Scale(NamedTuple):
    """From values to heights."""

    low: float
    high: float
    periods: int

    def x(self, i: int) -> float:
        """How far to the right the i-th value is."""
        return round(i * WIDTH / (self.periods - 1), 1) if self.periods > 1 else WIDTH / 2

    def y(self, value: float) -> float:
        """How far down a value is; what is beyond the box is at its edge."""
        share = (value - self.low) / max(self.high - self.low, NARROWEST)
        return round(HEIGHT * (1 - PAD - min(max(share, 0), 1) * (1 - 2 * PAD)), 1)


def sparkline_svg(
    values: Sequence[Value], lows: Sequence[Value] = (), highs: Sequence[Value] = (), target: Value = None
) -> Spark | None:
    """The course of a figure; None where nothing of it is known.

    Args:
        values: One a period; NaN, infinity and None are gaps.
        lows: Lower ends of their intervals, or nothing.
        highs: Upper ends.
        target: Where it should be.
    """
    known = [finite(v) for v in values]
    aim = finite(target)
    scale = _scale(known, lows, highs, aim)
    if scale is None:
        return None
    ends = list(zip([finite(v) for v in lows], [finite(v) for v in highs], strict=True))
    lines = tuple(_points(scale, [(i, known[i]) for i in run]) for run in _runs(known))
    bands = tuple(_band(scale, ends, run) for run in _runs([_both(pair) for pair in ends]) if len(run) > 1)
    last = max(i for i, v in enumerate(known) if v is not None)
    end = (scale.x(last), scale.y(known[last] or 0))
    return Spark(WIDTH, HEIGHT, lines, bands, None if aim is None else scale.y(aim), end)


def _scale(known: Sequence[Value], lows: Sequence[Value], highs: Sequence[Value], aim: Value) -> Scale | None:
    """All values and the target; intervals as far as they leave the values something to show."""
    values = [v for v in known if v is not None]
    if not values:
        return None
    inner = [*values, *([aim] if aim is not None else [])]
    low, high = min(inner), max(inner)
    room = max(high - low, abs(high) * 0.05)
    ends = [v for v in map(finite, (*lows, *highs)) if v is not None]
    reach = [min(max(v, low - room), high + room) for v in ends]
    return Scale(min([low, *reach]), max([high, *reach]), len(known))


def _runs(values: Sequence[object]) -> list[list[int]]:
    """The places of values that follow each other without a gap."""
    runs = groupby(range(len(values)), key=lambda i: values[i] is not None)
    return [list(run) for there, run in runs if there]


def _both(pair: tuple[Value, Value]) -> object:
    return None if None in pair else pair


def _points(scale: Scale, places: Sequence[tuple[int, Value]]) -> str:
    return " ".join(f"{scale.x(i)},{scale.y(v)}" for i, v in places if v is not None)


def _band(scale: Scale, ends: Sequence[tuple[Value, Value]], run: Sequence[int]) -> str:
    there = _points(scale, [(i, ends[i][1]) for i in run])
    return f"{there} {_points(scale, [(i, ends[i][0]) for i in reversed(run)])}"
