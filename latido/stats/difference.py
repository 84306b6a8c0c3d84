"""The difference of two estimates, from nothing but their intervals."""

from __future__ import annotations

from math import hypot, inf, isfinite, isnan

from latido.stats.estimate import Estimate, unknown


def difference(a: Estimate, b: Estimate) -> Estimate:
    """`a − b` for independent estimates, by MOVER.

    low = a − b − √((a − a.low)² + (b.high − b)²), high = a − b + √((a.high − a)² + (b − b.low)²).
    Between two Wilson intervals this is Newcombe's interval; it serves Poisson counts, NPS, means
    and Kaplan–Meier quantiles alike.

    Returns:
        Unknown where either is. A bound that needs a missing one is NaN, one that needs an infinite
        one is infinite. Where a value itself is infinite (a median that was not reached), MOVER has
        no centre: the bounds are then the plain, wider a.low − b.high and a.high − b.low. n counts both.

    Source: Zou & Donner (2008), Statistics in Medicine 27:1693; Newcombe (1998), ibid. 17:873.
    """
    if not (a.known and b.known):
        return unknown(a.n + b.n, "mover")
    if isfinite(a.value) and isfinite(b.value):
        value = a.value - b.value
        low = value - _reach(a.value - a.low, b.high - b.value)
        high = value + _reach(a.high - a.value, b.value - b.low)
    else:
        value, low, high = _minus(a.value, b.value), _minus(a.low, b.high, -inf), _minus(a.high, b.low, inf)
    return Estimate(value, low, high, a.n + b.n, confidence=a.confidence, method="mover")


def _reach(one: float, other: float) -> float:
    # hypot(inf, nan) is inf; a missing bound must stay missing.
    return one + other if isnan(one) or isnan(other) else hypot(one, other)


def _minus(a: float, b: float, unless: float = float("nan")) -> float:
    """`a − b`, and `unless` for ∞ − ∞."""
    return unless if a == b and not isfinite(a) else a - b
