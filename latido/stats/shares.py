"""Shares of a whole: Wilson's score interval."""

from __future__ import annotations

from math import sqrt

from latido.stats.critical import normal
from latido.stats.estimate import Estimate, unknown


def wilson(k: float, n: float, confidence: float = 0.95, deff: float = 1.0) -> Estimate:
    """The share `k / n` with Wilson's score interval, both in 0…1.

    With z the normal quantile and n′ = n / deff the effective number of independent answers:
    (p + z²/2n′ ± z √(p(1−p)/n′ + z²/4n′²)) / (1 + z²/n′). It never leaves 0…1 and has width
    even at 0 of n.

    Args:
        k: How many have the property.
        n: Of how many; 0 gives an unknown.
        confidence: Coverage claimed.
        deff: Design effect (`clusters.design_effect`) where some were counted more than once.

    Source: Wilson (1927), Journal of the American Statistical Association 22:209.

    >>> round(wilson(81, 263).low, 4), round(wilson(81, 263).high, 4)
    (0.2553, 0.3662)
    """
    if n <= 0:
        return unknown(n, "wilson")
    low, high = wilson_bounds(k / n, n / deff, confidence)
    return Estimate(k / n, low, high, n, k, n, confidence, "wilson")


def wilson_bounds(share: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's bounds for a share observed in `n` (which may be an effective, fractional n)."""
    z2 = normal(confidence) ** 2
    middle = share + z2 / (2 * n)
    reach = sqrt(z2) * sqrt(max(share * (1 - share), 0) / n + z2 / (4 * n * n))
    low, high = (middle - reach) / (1 + z2 / n), (middle + reach) / (1 + z2 / n)
    # At 0 and 1 the bound is the share itself; rounding would leave 1e-17 beside it.
    return (0.0 if share <= 0 else max(low, 0.0)), (1.0 if share >= 1 else min(high, 1.0))
