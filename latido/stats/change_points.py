"""When a series changed its level: every possible partition is compared, the best is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

# What is left of a series after a perfect fit is rounding; its logarithm must not decide anything.
_ROUNDING = 1e-12

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ChangePoint:
    """A lasting change of level.

    Attributes:
        at: Position (from 0) of the first value of the new level.
        low: Earliest position that is plausible.
        high: Latest position that is plausible.
        before: Mean from the previous change (or the beginning) up to here.
        after: Mean from here to the next change (or the end). Where the place was chosen because the
            means differ, they differ a little too much.
    """

    at: int
    low: int
    high: int
    before: float
    after: float


def change_points(
    values: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    least: int = 4,
    most: int = 8,
    penalty: float = 3.0,
    confidence: float = 0.95,
) -> tuple[ChangePoint, ...]:
    """The changes of level of a series: exact least squares, their number by a penalty.

    Of all partitions into K + 1 stretches the one with the smallest (weighted) sum of squares S_K is
    found by dynamic programming, and K minimises n log(S_K / n) + penalty · K log n. With `penalty` 2
    this is Yao's (1988) Schwarz criterion, which finds a change in one of ten quiet years of weeks; 3,
    the default, in one of seventy. Neighbouring values that depend on each other beyond
    the level (a slow drift) are told as steps.

    The interval of each place holds that part of its posterior probability between its neighbours: with
    flat priors and unknown variance, proportional to S^(−(m − 2)/2) / √(W₁ W₂), m values and weights W
    on its two sides.

    Args:
        values: In the order of time; NaN where there is none.
        weights: How much each counts (a week's number of answers); all the same unless given.
        least: Shortest stretch that can have a level of its own, 2 or more.
        most: Most changes to look for.
        penalty: Price of a change, in log n.
        confidence: Probability that each interval shall hold.

    Source: Auger & Lawrence (1989), Bulletin of Mathematical Biology 51:39; Yao (1988), Statistics &
    Probability Letters 6:181; Smith (1975), Biometrika 62:407.
    """
    series, positions = _series(values, weights)
    n = len(positions)
    if n < 2 * least:
        return ()
    partitions = _partitions(np.where(_lengths(n) >= least, series.squares, np.inf), most)
    edges = [0, *_cheapest(partitions, n, penalty), n]
    around = zip(edges, edges[1:], edges[2:], strict=False)
    return tuple(_change(series, place, least, confidence, positions) for place in around)


class _Series(NamedTuple):
    """Between edges i and j, which lie before the values of these numbers.

    Attributes:
        weight: Sum of weights.
        mean: Their mean; 0 of nothing.
        squares: Sum of squares around it.
    """

    weight: Floats
    mean: Floats
    squares: Floats


def _series(values: ArrayLike, weights: ArrayLike | None) -> tuple[_Series, NDArray[np.int64]]:
    """The series without what is missing, and the positions of what is there."""
    x = np.asarray(values, dtype=float)
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)
    there = np.flatnonzero(~np.isnan(x) & (w > 0))
    x, w = x[there], w[there]
    middle = float(np.average(x, weights=w)) if len(x) else 0.0
    x = x - middle  # sums of squares far from 0 would lose the digits that matter
    weight, total, squares = (_between(part) for part in (w, w * x, w * x * x))
    mean = np.divide(total, weight, out=np.zeros_like(weight), where=weight > 0)
    return _Series(weight, middle + mean, np.maximum(squares - weight * mean**2, 0)), there


def _between(values: Floats) -> Floats:
    """Their sum from edge i to edge j."""
    upto = np.concatenate([[0], np.cumsum(values)])
    return np.asarray(upto[None, :] - upto[:, None], dtype=np.float64)


def _lengths(n: int) -> NDArray[np.int64]:
    """How many values lie from edge i to edge j."""
    edges = np.arange(n + 1)
    return edges[None, :] - edges[:, None]


def _partitions(costs: Floats, most: int) -> list[tuple[float, list[int]]]:
    """The smallest sum of squares with 0, 1, … changes, and where they are."""
    best, origins = costs[0], list[NDArray[np.int64]]()
    found: list[tuple[float, list[int]]] = [(float(best[-1]), [])]
    for _ in range(most):
        sums = best[:, None] + costs
        origins.append(sums.argmin(axis=0))
        best = sums.min(axis=0)
        found.append((float(best[-1]), _traced(origins)))
    return found


def _traced(origins: list[NDArray[np.int64]]) -> list[int]:
    places, edge = list[int](), -1
    for origin in reversed(origins):
        edge = int(origin[edge])
        places.append(edge)
    return places[::-1]


def _cheapest(partitions: list[tuple[float, list[int]]], n: int, penalty: float) -> list[int]:
    rounding = partitions[0][0] * _ROUNDING
    if rounding == 0:
        return []
    prices = [n * np.log(max(squares, rounding) / n) + penalty * len(places) * np.log(n)
              for squares, places in partitions]  # fmt: skip
    return partitions[int(np.argmin(prices))][1]


def _change(
    series: _Series, place: tuple[int, int, int], least: int, confidence: float, positions: NDArray[np.int64]
) -> ChangePoint:
    start, at, end = place
    held = positions[_likeliest(series, start, end, least, confidence)]
    before, after = float(series.mean[start, at]), float(series.mean[at, end])
    return ChangePoint(int(positions[at]), int(held.min()), int(held.max()), before, after)


def _likeliest(series: _Series, start: int, end: int, least: int, confidence: float) -> NDArray[np.int64]:
    """The likeliest places between two edges that together hold the confidence."""
    places = np.arange(start + least, end - least + 1)
    squares = series.squares[start, places] + series.squares[places, end]
    squares = np.maximum(squares, series.squares[start, end] * _ROUNDING)
    sides = series.weight[start, places] * series.weight[places, end]
    logs = -(end - start - 2) / 2 * np.log(squares) - np.log(sides) / 2
    posterior = np.exp(logs - logs.max())
    order = np.argsort(-posterior)
    needed = int(np.searchsorted(np.cumsum(posterior[order]), confidence * posterior.sum())) + 1
    return places[order[:needed]]
