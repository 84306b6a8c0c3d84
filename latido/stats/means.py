"""Means and ratios of means from sums, with Student's t."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import isfinite, isnan, sqrt
from sys import float_info

from latido.stats.critical import student
from latido.stats.estimate import NAN, Estimate, unknown


def mean(n: float, total: float, squares: float, confidence: float = 0.95, deff: float = 1.0) -> Estimate:
    """The mean `total / n` with the t-interval.

    mean ± t(n′ − 1) s / √n′ with s² = (Σx² − (Σx)²/n) / (n − 1) and n′ = n / deff.

    Args:
        n: How many values; 0 gives an unknown, 1 (or n′ ≤ 1) a value without bounds (NaN).
        total: Σx.
        squares: Σx².
        confidence: Coverage claimed.
        deff: Design effect where the values are not independent.
    """
    if n <= 0:
        return unknown(n, "t")
    value, effective = total / n, n / deff
    if effective <= 1:
        return Estimate(value, NAN, NAN, n, confidence=confidence, method="t")
    reach = student(confidence, effective - 1) * sqrt(deviations(n, total, squares) / (n - 1) / effective)
    return Estimate(value, value - reach, value + reach, n, confidence=confidence, method="t")


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
    error = sqrt(_residuals(sx, sy, sxx, syy, sxy) / (n - 1) / effective) / abs(sx / n)
    reach = student(confidence, effective - 1) * error
    return Estimate(ratio, ratio - reach, ratio + reach, n, sy, sx, confidence, "delta")


def clip(estimate: Estimate, low: float, high: float) -> Estimate:
    """The same estimate with bounds that don't leave the metric's range (NaN stays NaN)."""
    return replace(estimate, low=_within(estimate.low, low, high), high=_within(estimate.high, low, high))


def deviations(n: float, total: float, squares: float) -> float:
    """Σ(x − x̄)² from sums, exact in what it is given.

    Σx² − (Σx)²/n loses all its digits when the spread is small beside the mean, so it is formed in
    rational arithmetic; what remains below the rounding of the sums themselves is no spread.
    """
    if not (isfinite(total) and isfinite(squares)):
        return NAN
    exact = float(Fraction(squares) - Fraction(total) ** 2 / Fraction(n))
    return exact if exact > 4 * float_info.epsilon * squares else 0.0


def _residuals(sx: float, sy: float, sxx: float, syy: float, sxy: float) -> float:
    ratio = Fraction(sy) / Fraction(sx)
    exact = float(Fraction(syy) - 2 * ratio * Fraction(sxy) + ratio**2 * Fraction(sxx))
    return exact if exact > 4 * float_info.epsilon * syy else 0.0


def _within(bound: float, low: float, high: float) -> float:
    return bound if isnan(bound) else min(max(bound, low), high)
