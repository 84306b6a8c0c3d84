"""Intervals that may be looked at every week: confidence sequences.

A 95 % interval promises to hold the truth at *one* look. Who looks every week and acts when it
leaves the truth out once, is wrong in one of three quiet years. A confidence sequence holds the truth
at *all* looks together with 95 %: it can be watched for as long as one likes, and stopped at will.
The price is width: half as wide again where it is tightest.

With v the squared standard error now, and τ² the variance of a normal distribution of effects,
√(2 v (1 + v/τ²) log(√(1 + τ²/v) / α))
is how far the sequence reaches on either side (Robbins 1970, Annals of Mathematical Statistics
41:1397; asymptotic form with estimated variances: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas
2024, Annals of Statistics 52:2613). Of a mean of n values v = s²/n and τ² = ρ² s², which gives the
paper's formula in n and ρ. For a difference against a fixed baseline v = s² (1/n + 1/n₀): scores
divided by their variance have independent increments in 1/v (Jennison & Turnbull 2000, Group
Sequential Methods, chapter 3), so the same bound holds.

τ² only says *when* the sequence is tightest, never whether it holds. It is chosen so that this is
at `tightest_at` values: about as many as come in until a decision is wanted, such as half a year's
or `power.sample_size` for the change that matters. A factor of three either way costs 10 % of width.
"""

from __future__ import annotations

from math import exp, inf, isnan, log, sqrt

from scipy.special import lambertw

from latido.stats.estimate import Estimate, unknown
from latido.stats.sums import Sums

# The bound is an asymptotic one: before so many values their own spread is not known well enough.
FEWEST = 30


def running_mean(
    now: Sums, tightest_at: float, confidence: float = 0.95, deff: float = 1.0, *, sides: int = 2
) -> Estimate:
    """The mean of all values so far, with bounds that may be looked at as often as one likes.

    Args:
        now: Sums over all values since the beginning.
        tightest_at: How many values there are when the bounds shall be tightest.
        confidence: Chance that the truth is inside at every look.
        deff: Design effect where the values are not independent.
        sides: 2 to be told of both directions; 1 where only one matters: then each bound by itself
            holds with that confidence.

    Returns:
        No bounds (infinite) before 30 effective values; unknown without values.
    """
    if now.n <= 0:
        return unknown(0, "confidence_sequence")
    if now.n < FEWEST * deff:
        return _around(now.mean, inf, now.n, confidence)
    one = now.variance * deff
    reach = reach_of(one / now.n, scale(one / tightest_at, confidence, sides), confidence, sides)
    return _around(now.mean, reach, now.n, confidence)


def running_difference(
    now: Sums, baseline: Sums, tightest_at: float, confidence: float = 0.95, deff: float = 1.0, *, sides: int = 2
) -> Estimate:
    """The mean of all values since a watch began, less that of a baseline that stays as it is.

    The variance of one value is taken from both together: without a change they are alike, and a
    few first answers that happen to agree must not look certain.

    Args:
        now: Sums over all values since the watch began.
        baseline: Sums over the values that it is compared with, all from before.
        tightest_at: How many values since the beginning there are when the bounds shall be tightest.
        confidence: Chance that the true difference is inside at every look.
        deff: Design effect where the values are not independent.
        sides: As in `running_mean`.

    Returns:
        No bounds before 30 effective values on either side; unknown where a side has none.
    """
    n = now.n + baseline.n
    if min(now.n, baseline.n) <= 0:
        return unknown(n, "confidence_sequence")
    value = now.mean - baseline.mean
    if min(now.n, baseline.n) < FEWEST * deff:
        return _around(value, inf, n, confidence)
    one = (now.spread + baseline.spread) / (n - 2) * deff
    best = scale(one * (1 / tightest_at + 1 / baseline.n), confidence, sides)
    return _around(value, reach_of(one * (1 / now.n + 1 / baseline.n), best, confidence, sides), n, confidence)


def reach_of(variance: float, scale: float, confidence: float = 0.95, sides: int = 2) -> float:
    """How far the sequence reaches from an estimate with this squared standard error.

    Args:
        variance: v, the squared standard error now.
        scale: τ², the same at every look.
        confidence: 1 − α.
        sides: 2, or 1 for √(2 v (1 + v/τ²) log(1 + √(1 + τ²/v) / 2α)), Howard, Ramdas, McAuliffe &
            Sekhon (2021), Annals of Statistics 49:1055.
    """
    if variance == 0:
        return 0.0
    alpha, root = 1 - confidence, sqrt(1 + scale / variance)
    odds = root / alpha if sides == 2 else 1 + root / (2 * alpha)
    return sqrt(2 * variance * (1 + variance / scale) * log(odds))


def scale(variance: float, confidence: float = 0.95, sides: int = 2) -> float:
    """τ² with which the sequence is tightest when the squared standard error is `variance`.

    τ² = (x − 1) v where x − log x = 1 − 2 log α, so x = −W₋₁(−α²/e) with Lambert's W: 8.2 v at 95 %.
    For one side, α is taken twice.

    >>> round(scale(1), 2)
    8.21
    """
    alpha = (1 - confidence) * (3 - sides)
    return variance * (float(-lambertw(-(alpha**2) * exp(-1), -1).real) - 1)


def _around(value: float, reach: float, n: float, confidence: float) -> Estimate:
    reach = inf if isnan(reach) else reach
    return Estimate(value, value - reach, value + reach, n, confidence=confidence, method="confidence_sequence")
