"""Many comparisons at once: what each difference is worth, and which of them are discoveries."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, isinf, isnan, nextafter

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, stdtr

from latido.stats.critical import normal, student
from latido.stats.estimate import NAN, Estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Family:
    """Comparisons that were looked at together, and therefore have to be judged together.

    Attributes:
        p: p-value of each; NaN where nothing could be compared.
        q: Its q-value: the share of chance finds to be expected among all that are at least as clear.
        level: Largest q-value that counts as a discovery.
    """

    p: Floats
    q: Floats
    level: float

    @property
    def size(self) -> int:
        """How many were compared: what could not be compared was not a chance to be wrong."""
        return int(np.count_nonzero(~np.isnan(self.p)))

    @property
    def found(self) -> NDArray[np.bool_]:
        """Which of them are discoveries."""
        return self.q <= self.level


def family(p: ArrayLike, level: float = 0.05) -> Family:
    """The family with these p-values.

    Where nothing moved at all, the chance that anything is found is at most `level`; where something
    did, at most that share of what is found is expected to be chance. Both hold for p-values that
    are independent or rise and fall together (Benjamini & Yekutieli 2001, Annals of Statistics
    29:1165), as those of a total and of its parts do.
    """
    values = np.asarray(p, dtype=float)
    return Family(values, q_values(values), level)


def q_values(p: ArrayLike) -> Floats:
    """Benjamini–Hochberg q-values: the i-th smallest of m is min over j ≥ i of p₍ⱼ₎ m / j, at most 1.

    Args:
        p: p-values in any order; NaN is left out of the family and stays NaN.

    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289.

    >>> q_values([0.01, 0.9, 0.02, 0.03]).round(3).tolist()
    [0.04, 0.9, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=float)
    q = np.full(values.shape, NAN)
    tested = np.flatnonzero(~np.isnan(values))
    falling = tested[np.argsort(-values[tested])]
    m = len(falling)
    # m / j first: what is at least 1 never makes a product smaller, so that no q is below its p.
    q[falling] = np.minimum(np.minimum.accumulate(values[falling] * (m / np.arange(m, 0, -1))), 1)
    return q


def p_value(difference: Estimate, degrees: float = inf) -> float:
    """How surprising a difference is if there is none: the level at which its interval would just touch 0.

    With d the difference, r how far its interval reaches from d *towards 0* (MOVER's two sides need not
    be equal; the other side says nothing about 0) and c the quantile that the reach was made with,
    p = 2 P(T > c |d| / r). So p ≤ 1 − confidence exactly where the interval leaves 0 out, and since no
    q is below its p, nothing is ever discovered that its own interval calls noise.

    Args:
        difference: With its interval.
        degrees: Degrees of freedom of T, Student's (`welch_degrees`); the normal unless given. Far out,
            where families of hundreds are decided, few answers make a great difference.

    Returns:
        NaN where the difference or the bound on the side of 0 is missing. A difference without a
        centre (a median that was not reached) has no p of its own: then 1 − confidence where the
        interval leaves 0 out, and 1 where it does not.

    >>> p_value(Estimate(6.2, 3.1, 9.3, 400)) < 0.001, p_value(Estimate(1, -2, 4, 400)) > 0.5
    (True, True)
    """
    value, near = difference.value, difference.low if difference.value > 0 else difference.high
    if isnan(value) or isnan(near):
        return NAN
    level, told = 1 - difference.confidence, difference.low > 0 or difference.high < 0
    if isinf(value):
        return level if told else 1.0
    p = _two_tails(_critical(difference.confidence, degrees) * _over(abs(value), abs(value - near)), degrees)
    return min(p, level) if told else max(p, nextafter(level, 1))


def welch_degrees(a: Estimate, b: Estimate) -> float:
    """Degrees of freedom of `a − b`: (u + v)² / (u² / (nₐ − 1) + v² / (n_b − 1)), u and v the squared widths.

    Never below 1; the smaller sample's where an interval is open or has no width.

    Source: Welch (1947), Biometrika 34:28.
    """
    u, v = (a.high - a.low) ** 2, (b.high - b.low) ** 2
    fewest = max(min(a.n, b.n) - 1, 1.0)
    if not isfinite(u + v) or u + v == 0 or min(a.n, b.n) <= 1:
        return fewest
    return max((u + v) ** 2 / (u**2 / (a.n - 1) + v**2 / (b.n - 1)), fewest)


def _critical(confidence: float, degrees: float) -> float:
    return normal(confidence) if isinf(degrees) else student(confidence, degrees)


def _two_tails(t: float, degrees: float) -> float:
    return 2 * float(ndtr(-t) if isinf(degrees) else stdtr(degrees, -t))


def _over(distance: float, reach: float) -> float:
    """Distance from 0 in reaches; a difference that is known exactly is infinitely far from it."""
    if reach > 0:
        return distance / reach
    return inf if distance > 0 else 0.0
