"""Products and ratios of independent estimates."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, isnan, nan, prod

from latido.stats.estimate import Estimate, unknown


def product(*factors: Estimate) -> Estimate:
    """The product of independent estimates, by the delta method.

    The reach of the product on each side is √Σ(∏ of the other values × that factor's reach)²;
    with symmetric intervals this is the delta method's standard error times the quantile. Lifetime
    value is such a product: average order value × orders a year × years.

    Returns:
        n is that of the factor with the least evidence; unknown where any factor is.

    >>> product(Estimate(72, 72, 72, 9), Estimate(4, 4, 4, 9), Estimate(7, 7, 7, 9)).value
    2016
    """
    n = min(f.n for f in factors)
    if not all(f.known for f in factors):
        return unknown(n, "delta")
    value = prod(f.value for f in factors)
    below, above = zip(*(_reaches(f, _others(factors, i)) for i, f in enumerate(factors)), strict=True)
    return Estimate(
        value, value - _root(below), value + _root(above), n, confidence=factors[0].confidence, method="delta"
    )


def quotient(a: Estimate, b: Estimate) -> Estimate:
    """`a / b` for independent estimates; unknown where `b` is 0 or its interval covers 0."""
    if not (a.known and b.known) or b.low <= 0 <= b.high or b.value == 0:
        return unknown(min(a.n, b.n), "delta")
    low, high = sorted((1 / b.low, 1 / b.high))
    return product(a, Estimate(1 / b.value, low, high, b.n, confidence=b.confidence))


def _others(factors: tuple[Estimate, ...], but: int) -> float:
    return prod(f.value for i, f in enumerate(factors) if i != but)


def _reaches(factor: Estimate, slope: float) -> tuple[float, float]:
    """How far one factor alone moves the product down and up."""
    down, up = abs(slope) * (factor.value - factor.low), abs(slope) * (factor.high - factor.value)
    return (down, up) if slope >= 0 else (up, down)


def _root(reaches: Sequence[float]) -> float:
    # hypot(inf, nan) is inf; a missing bound must stay missing.
    return hypot(*reaches) if not any(map(isnan, reaches)) else nan
