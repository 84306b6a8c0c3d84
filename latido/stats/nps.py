"""Net Promoter Score: the difference of two shares of the same answers, and how sure it is.

With p, s, d promoters, passives and detractors and n their sum, NPS = 100 (p − d) / n points.
The plain Wald interval covers .89 at n = 10 (worst case .58) and has no width when everybody
agrees, so two others are used, each where it is the better one:

* *adjusted Wald* from 30 answers on: as if ¾ of a promoter, 1½ passives and ¾ of a detractor more
  had answered (Rocks 2016, Quantitative Marketing and Economics 14:355).
* *score* below 30: the bounds are the true scores that a score test would just not reject. NPS
  is the paired difference (b − c) / n, so this is Tango's interval (Tango 1998, Statistics in
  Medicine 17:891).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latido.stats.critical import normal
from latido.stats.estimate import Estimate, unknown

SMALL = 30
_PSEUDO = (0.75, 1.5, 0.75)
_HALVINGS = 50

Floats = NDArray[np.float64]


def nps(promoters: float, passives: float, detractors: float, confidence: float = 0.95, deff: float = 1.0) -> Estimate:
    """The score in points −100…100: adjusted Wald, or the score interval below 30 (effective) answers.

    The value is the plain score; the interval is not symmetric around it.

    Args:
        promoters: Answers 9–10.
        passives: Answers 7–8.
        detractors: Answers 0–6.
        confidence: Coverage claimed.
        deff: Design effect where customers answered more than once; the counts are divided by it.

    >>> round(nps(50, 30, 20).low, 1), nps(50, 30, 20).value, round(nps(50, 30, 20).high, 1)
    (14.1, 30.0, 44.2)
    """
    small = promoters + passives + detractors < SMALL * deff
    return (score if small else adjusted_wald)(promoters, passives, detractors, confidence, deff)


def adjusted_wald(
    promoters: float, passives: float, detractors: float, confidence: float = 0.95, deff: float = 1.0
) -> Estimate:
    """The score with the adjusted Wald interval, whatever n."""
    n = promoters + passives + detractors
    if n <= 0:
        return unknown(n, "adjusted_wald")
    low, high = adjusted_wald_bounds(promoters / deff, passives / deff, detractors / deff, confidence)
    value = 100 * (promoters - detractors) / n
    return Estimate(value, float(low), float(high), n, confidence=confidence, method="adjusted_wald")


def score(
    promoters: float, passives: float, detractors: float, confidence: float = 0.95, deff: float = 1.0
) -> Estimate:
    """The score with the score (Tango) interval, whatever n."""
    n = promoters + passives + detractors
    if n <= 0:
        return unknown(n, "score")
    low, high = _score_once(promoters / deff, passives / deff, detractors / deff, confidence)
    value = 100 * (promoters - detractors) / n
    return Estimate(value, low, high, n, confidence=confidence, method="score")


def moments(promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike) -> tuple[Floats, Floats]:
    """Mean and variance of one answer worth +1, 0 or −1; the standard error is √(variance / n)."""
    p, s, d = (np.asarray(x, dtype=float) for x in (promoters, passives, detractors))
    n = p + s + d
    mean = (p - d) / n
    return mean, np.maximum((p + d) / n - mean**2, 0)


def bounds(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """The bounds that `nps` gives, for arrays of counts."""
    p, s, d = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (promoters, passives, detractors)))
    small = p + s + d < SMALL
    low, high = adjusted_wald_bounds(p, s, d, confidence)
    low[small], high[small] = score_bounds(p[small], s[small], d[small], confidence)
    return low, high


def adjusted_wald_bounds(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Adjusted Wald bounds in points for arrays of counts."""
    p, s, d = (
        np.asarray(x, dtype=float) + more for x, more in zip((promoters, passives, detractors), _PSEUDO, strict=True)
    )
    mean, variance = moments(p, s, d)
    reach = normal(confidence) * np.sqrt(variance / (p + s + d))
    return 100 * np.maximum(mean - reach, -1), 100 * np.minimum(mean + reach, 1)


def score_bounds(
    promoters: ArrayLike, passives: ArrayLike, detractors: ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Score bounds in points for arrays of counts, by halving between the score and ±1."""
    p, s, d = (np.asarray(x, dtype=float) for x in (promoters, passives, detractors))
    n, z = p + s + d, normal(confidence)
    mean = (p - d) / n
    inside = np.stack([mean, mean])
    outside = np.stack([np.full_like(mean, -1), np.full_like(mean, 1)])
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        accepted = np.abs(mean - middle) <= z * _restricted_error(p, d, n, middle)
        inside, outside = np.where(accepted, middle, inside), np.where(accepted, outside, middle)
    low, high = 100 * (inside + outside) / 2
    return low, high


def _restricted_error(p: Floats, d: Floats, n: Floats, delta: Floats) -> Floats:
    """Standard error of the mean if the true score were `delta`.

    The detractors' share under that restriction has a closed form: the larger root of
    2n q² − (p + d − (2n − p + d) δ) q − d δ(1 − δ) = 0 (Tango 1998).
    """
    linear = -p - d + (2 * n - p + d) * delta
    constant = -d * delta * (1 - delta)
    root = np.sqrt(np.maximum(linear**2 - 8 * n * constant, 0))
    q = np.maximum((root - linear) / (4 * n), 0)
    return np.sqrt(np.maximum(2 * q + delta * (1 - delta), 0) / n)


@lru_cache(maxsize=4096)
def _score_once(promoters: float, passives: float, detractors: float, confidence: float) -> tuple[float, float]:
    # Below 30 answers the same few counts come again and again in a table with many groups.
    low, high = score_bounds(promoters, passives, detractors, confidence)
    return float(low), float(high)
