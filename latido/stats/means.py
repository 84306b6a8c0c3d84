"""Means and ratios of means from sums, with Student's t."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import cbrt, isfinite, isnan, sqrt
from numbers import Integral
from sys import float_info

from latido.stats.critical import student
from latido.stats.estimate import NAN, Estimate, unknown

# How much of an answer, spread evenly over the scale, is added to a mean on a bounded scale.
_EVEN = 0.5


def mean(
    n: float,
    total: float,
    squares: float,
    confidence: float = 0.95,
    deff: float = 1.0,
    *,
    scale: tuple[float, float] | None = None,
    cubes: float | None = None,
    degrees: float | None = None,
) -> Estimate:
    """The mean `total / n` with the t-interval, or a better one where more is known than two sums.

    With `scale` it is `adjusted_t`, with `cubes` it is `hall`, else `t`: see the steps below.

    Args:
        n: How many values; 0 gives an unknown. Without `scale`, n′ = n / deff ≤ 1 has no bounds (NaN).
        total: Σx.
        squares: Σx².
        confidence: Coverage claimed.
        deff: Design effect where the values are not independent.
        scale: Lowest and highest possible value, where the values have such.
        cubes: Σx³, for skewed values without a scale.
        degrees: Degrees of freedom; n′ − 1 unless given (customers − 1 where they are clusters).

    >>> seven = mean(10, 70, 490, scale=(1, 7))
    >>> seven.value, round(seven.low, 2), seven.high
    (7.0, 6.32, 7)
    """
    if n <= 0:
        return unknown(n, "t")
    value, effective, spread = total / n, n / deff, deviations(n, total, squares)
    if scale is not None:
        low, high = _on_scale(value, spread / deff, effective, scale, confidence=confidence, degrees=degrees)
        return Estimate(value, low, high, n, confidence=confidence, method="adjusted_t")
    if effective <= 1:
        return Estimate(value, NAN, NAN, n, confidence=confidence, method="t")
    reach, error = student(confidence, degrees or effective - 1), sqrt(spread / (n - 1) / effective)
    skew = None if cubes is None or spread == 0 else _skewness(n, total, squares, cubes) / sqrt(effective)
    return _by_t(value, n, (reach, error), confidence, skew)


def delta_ratio(  # noqa: PLR0917 - the sums of one aggregation, in its order
    n: float, sx: float, sy: float, sxx: float, syy: float, sxy: float, confidence: float = 0.95, deff: float = 1.0
) -> Estimate:
    """The ratio `Σy / Σx` of two means over the same `n` units, by the delta method with t.

    R ± t(n′ − 1) √(Σ(y − R x)² / (n − 1) / n′) / |x̄|. Below about 50 units it covers a little less
    than it claims.

    Args:
        n: Units (customers, days); 0 or Σx = 0 gives an unknown, 1 a value without bounds.
        sx: Σx, the denominator.
        sy: Σy, the numerator.
        sxx: Σx².
        syy: Σy².
        sxy: Σxy.
        confidence: Coverage claimed.
        deff: Design effect where the units are not independent.
    """
    if n <= 0 or sx == 0:
        return unknown(n, "delta")
    ratio, effective = sy / sx, n / deff
    if effective <= 1:
        return Estimate(ratio, NAN, NAN, n, sy, sx, confidence, "delta")
    r = exact(sy) / exact(sx)
    residuals = max(float(exact(syy) - 2 * r * exact(sxy) + r**2 * exact(sxx)), 0)
    error = sqrt(residuals / (n - 1) / effective) / abs(sx / n)
    reach = student(confidence, effective - 1) * error
    return Estimate(ratio, ratio - reach, ratio + reach, n, sy, sx, confidence, "delta")


def clip(estimate: Estimate, low: float, high: float) -> Estimate:
    """The same estimate with bounds that don't leave the metric's range (NaN stays NaN)."""
    return replace(estimate, low=_within(estimate.low, low, high), high=_within(estimate.high, low, high))


def deviations(n: float, total: float, squares: float) -> float:
    """Σ(x − x̄)² from sums, exact in what it is given.

    Σx² − (Σx)²/n loses all its digits when the spread is small beside the mean, so it is formed in
    rational arithmetic. Where the sums are floats, what remains below their own rounding is no spread.
    """
    if not (isfinite(total) and isfinite(squares)):
        return NAN
    spread = float(exact(squares) - exact(total) ** 2 / exact(n))
    noise = 0 if _whole(squares) and _whole(total) else 4 * sqrt(n) * float_info.epsilon * squares
    return spread if spread > noise else 0.0


def exact(x: float) -> Fraction:
    """A number as a fraction; integers of NumPy too, which would overflow inside one."""
    return Fraction(int(x) if _whole(x) else float(x))


def _whole(x: object) -> bool:
    return isinstance(x, Integral)


def _by_t(value: float, n: float, far: tuple[float, float], confidence: float, skew: float | None) -> Estimate:
    """Mean ± t(n′ − 1) s / √n′ with s² = (Σx² − (Σx)²/n) / (n − 1) and n′ = n / deff.

    It covers too little where few values are skewed: .80 to .94 at n = 10.

    `far` is t(n′ − 1) and s / √n′. Counts and amounts have a long tail to the right. Where `skew` is
    given, Hall's transformation takes it out of t, which moves the interval towards the tail.

    Source: Hall (1992), Journal of the Royal Statistical Society B 54:221.
    """
    reach, error = far
    if skew is None:
        return Estimate(value, value - reach * error, value + reach * error, n, confidence=confidence, method="t")
    low, high = value - _unskewed(reach, skew) * error, value - _unskewed(-reach, skew) * error
    return Estimate(value, low, high, n, confidence=confidence, method="hall")


def _on_scale(
    value: float,
    spread: float,
    effective: float,
    scale: tuple[float, float],
    *,
    confidence: float,
    degrees: float | None,
) -> tuple[float, float]:
    """Bounds from `effective` values with mean `value` and Σ(x − x̄)² = `spread`, and half an even one.

    On a bounded scale most answers crowd at one end, and few look more alike than they are. The
    interval is t's after half an answer spread evenly over the scale has been added to the others
    (the idea of the adjusted Wald interval, Agresti & Coull 1998, The American Statistician 52:119).
    It covers what it claims (docs/coverage.md), has width when all agree, and never leaves the
    scale. The value stays the plain mean.
    """
    lowest, highest = scale
    middle, weight = (lowest + highest) / 2, effective + _EVEN
    centre = (effective * value + _EVEN * middle) / weight
    even = _EVEN * ((highest - lowest) ** 2 / 12 + (middle - centre) ** 2)
    variance = (spread + effective * (value - centre) ** 2 + even) / (weight - 1)
    reach = student(confidence, degrees or weight - 1) * sqrt(variance / weight)
    return max(centre - reach, lowest), min(centre + reach, highest)


def _skewness(n: float, total: float, squares: float, cubes: float) -> float:
    """Third central moment over the standard deviation's cube."""
    m = exact(total) / exact(n)
    third = float(exact(cubes) - 3 * m * exact(squares) + 2 * exact(n) * m**3) / n
    return third / sqrt(deviations(n, total, squares) / n) ** 3


def _unskewed(t: float, a: float) -> float:
    """The t that Hall's cubic transformation maps to `t`, where a = skewness / √n."""
    return 3 / a * (cbrt(1 + a * (t - a / 6)) - 1) if abs(a) > 1e-9 else t


def _within(bound: float, low: float, high: float) -> float:
    return bound if isnan(bound) else min(max(bound, low), high)
