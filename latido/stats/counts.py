"""Counts of events: exact Poisson intervals."""

from __future__ import annotations

from math import exp, sqrt

from scipy.special import gammaincinv

from latido.stats.critical import normal
from latido.stats.estimate import NAN, Estimate


def poisson(k: float, confidence: float = 0.95) -> Estimate:
    """The count itself with Garwood's exact interval for its expectation.

    Bounds are the means of the Poisson distributions under which `k` or fewer, `k` or more, would
    be seen with probability (1 − confidence) / 2.

    Source: Garwood (1936), Biometrika 28:437.

    >>> round(poisson(0).high, 4), round(poisson(10).low, 4), round(poisson(10).high, 4)
    (3.6889, 4.7954, 18.3904)
    """
    tail = (1 - confidence) / 2
    low = float(gammaincinv(k, tail)) if k > 0 else 0.0
    return Estimate(k, low, float(gammaincinv(k + 1, 1 - tail)), k, confidence=confidence, method="poisson")


def rate(k: float, exposure: float, confidence: float = 0.95) -> Estimate:
    """Events per unit of exposure (customer-days, tickets), the exposure taken as known.

    Returns:
        `k / exposure` with the exact interval; unknown where there was no exposure.
    """
    if exposure <= 0:
        return Estimate(NAN, NAN, NAN, k, k, exposure, confidence, "poisson")
    count = poisson(k, confidence)
    return Estimate(k / exposure, count.low / exposure, count.high / exposure, k, k, exposure, confidence, "poisson")


def rate_ratio(
    during: float, before: float, control_during: float, control_before: float, confidence: float = 0.95
) -> Estimate:
    """How a count changed, against how a control series changed in the same time.

    exp(log((during / before) / (control_during / control_before)) ± z √(Σ 1/kᵢ)): the interaction of
    a Poisson regression. Events that come in bursts vary more than Poisson's; then it is too narrow.

    Args:
        during: Events while something held.
        before: Events for as long before.
        control_during: The control series' events in the first span.
        control_before: The control series' events in the second.
        confidence: Coverage claimed.

    Returns:
        The ratio, 1 where nothing changed; unknown where any count is zero.

    >>> round(rate_ratio(120, 60, 100, 100).value, 2)
    2.0
    """
    counts = (during, before, control_during, control_before)
    if min(counts) <= 0:
        return Estimate(NAN, NAN, NAN, during + before, confidence=confidence, method="rate_ratio")
    value = (during / before) / (control_during / control_before)
    reach = exp(normal(confidence) * sqrt(sum(1 / k for k in counts)))
    return Estimate(value, value / reach, value * reach, during + before, confidence=confidence, method="rate_ratio")
