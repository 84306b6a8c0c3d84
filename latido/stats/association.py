"""Whether two figures go together: rank correlation, with customers as clusters where they repeat."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr

from latido.stats.critical import student
from latido.stats.estimate import NAN, Estimate, unknown
from latido.stats.moments import Floats

# A correlation of ±1 has no finite Fisher z.
_NEARLY_ONE = 1 - 1e-12

Whole = NDArray[np.intp]


@dataclass(frozen=True)
class Association:
    """A correlation, how sure it is, and how often chance alone would make one as strong.

    Attributes:
        estimate: The coefficient, −1…1, with its interval; n counts the pairs.
        p: Two-sided p-value of no association; below 0.05 exactly where the 95 % interval leaves out 0.
        clusters: Customers that the pairs come from; n where each has one.
    """

    estimate: Estimate
    p: float
    clusters: float


def spearman(
    x: ArrayLike,
    y: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    samples: int = 0,
    seed: int = 0,
    confidence: float = 0.95,
) -> Association:
    """Spearman's rank correlation ρ of pairs, with ties at their middle rank.

    The interval is tanh(atanh ρ ± t SE) with SE of Fisher's z from the infinitesimal jackknife, which
    is what a bootstrap's standard error tends to with ever more samples, or from a bootstrap of
    `samples` samples that ranks each anew. Rows of one customer stay together in both, and t has
    customers − 1 degrees of freedom.

    Args:
        x: One value a pair; pairs where either is NaN are left out.
        y: The other.
        clusters: Whose pair it is; each its own unless given.
        samples: Bootstrap samples; 0 takes the infinitesimal jackknife.
        seed: Of the samples.
        confidence: Coverage claimed.

    Returns:
        Unknown, with p NaN, where there are fewer than 4 customers or one side does not vary.

    Source: Spearman (1904), American Journal of Psychology 15:72; Efron (1982), The Jackknife, the
    Bootstrap and Other Resampling Plans, 6; Croux & Dehon (2010), Statistical Methods &
    Applications 19:497 (influence).

    >>> spearman(range(10), [1, 0, 3, 2, 5, 4, 7, 6, 9, 8]).estimate.value.__round__(4)
    0.9394
    """
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    known = ~(np.isnan(first) | np.isnan(second))
    n = int(known.sum())
    whose = np.arange(len(first)) if clusters is None else np.asarray(clusters)
    of = np.unique(whose[known], return_inverse=True)[1]
    ranks_of = [np.unique(side[known], return_inverse=True)[1] for side in (first, second)]
    groups = int(of.max(initial=-1)) + 1
    if groups < 4 or min(int(levels.max()) for levels in ranks_of) == 0:
        return Association(unknown(n, "spearman"), NAN, groups)
    a, b = ranks_of
    rho = _rho(a, b, np.ones(n))
    if samples:
        spread = float(np.std(_fisher(_drawn(a, b, of, samples, seed)), ddof=1))
    else:
        spread = _clustered_error(_influence(a, b), of) / (1 - min(rho**2, _NEARLY_ONE))
    method = "bootstrap" if samples else "infinitesimal_jackknife"
    return fisher(rho, spread, n, groups - 1, clusters=groups, confidence=confidence, method=method)


def fisher(
    rho: float, error: float, n: float, degrees: float, *, clusters: float, confidence: float = 0.95, method: str = "z"
) -> Association:
    """A correlation with the interval and p that a standard error of its Fisher z gives.

    Args:
        rho: The correlation.
        error: Standard error of atanh ρ.
        n: Pairs.
        degrees: Degrees of freedom of that error.
        clusters: Independent units.
        confidence: Coverage claimed.
        method: The interval's name.
    """
    if error <= 0 or abs(rho) >= _NEARLY_ONE:
        return Association(Estimate(rho, rho, rho, n, confidence=confidence, method=method), float(rho == 0), clusters)
    z = float(_fisher(np.asarray(rho)))
    reach = student(confidence, degrees) * error
    p = 2 * float(stdtr(degrees, -abs(z) / error))
    # Fisher's z of ±1 is held back by a rounding, by which the bounds must not leave out the value.
    low, high = min(tanh(z - reach), rho), max(tanh(z + reach), rho)
    return Association(Estimate(rho, low, high, n, confidence=confidence, method=method), p, clusters)


def bonett_wright(rho: float, n: float, confidence: float = 0.95) -> Association:
    """The interval of a Spearman correlation of which only ρ and n are known: SE² = (1 + ρ²/2) / (n − 3).

    Source: Bonett & Wright (2000), Psychometrika 65:23.
    """
    if n <= 3 or isnan(rho):
        return Association(unknown(n, "bonett_wright"), NAN, n)
    error = sqrt((1 + rho**2 / 2) / (n - 3))
    return fisher(rho, error, n, n - 1, clusters=n, confidence=confidence, method="bonett_wright")


def _rho(a: Whole, b: Whole, weight: Floats) -> float:
    """Correlation of middle ranks, where each row counts `weight` times."""
    total = weight.sum()
    u, v = (_middle(levels, weight)[levels] - total / 2 for levels in (a, b))
    spread = sqrt(float((weight @ u**2) * (weight @ v**2)))
    return float(weight @ (u * v)) / spread if spread > 0 else 0.0


def _middle(levels: Whole, weight: Floats) -> Floats:
    """The middle rank of each level: all that is below it, and half of what is on it."""
    on = np.bincount(levels, weight)
    return np.asarray(np.cumsum(on) - on / 2, dtype=np.float64)


def _drawn(a: Whole, b: Whole, of: Whole, samples: int, seed: int) -> Floats:
    groups = int(of.max()) + 1
    rng = np.random.default_rng(seed)
    times = (rng.multinomial(groups, np.full(groups, 1 / groups)).astype(float)[of] for _ in range(samples))
    return np.array([_rho(a, b, weight) for weight in times])


def _influence(a: Whole, b: Whole) -> Floats:
    """How much each row moves ρ: its derivative by the row's weight, times n.

    With u, v the rows' middle ranks as shares less a half, C = E uv, A = E u², B = E v²:
    IF(C) = uv + E[1(X > x) v] + E[1(Y > y) u] − 3C (equal values count half), IF(A) = u² + 2 E[1(X > x) u] − 3A,
    IF(ρ) = IF(C) / √(AB) − ρ/2 (IF(A)/A + IF(B)/B). The second terms are the ranks that move when
    one more row comes in.
    """
    n = len(a)
    u, v = ((_middle(levels, np.ones(n)) / n - 0.5)[levels] for levels in (a, b))
    both, alone, other = (float(np.mean(part)) for part in (u * v, u * u, v * v))
    scale = sqrt(alone * other)
    by_both = u * v + _above(a, v) + _above(b, u) - 3 * both
    by_alone = u * u + 2 * _above(a, u) - 3 * alone
    by_other = v * v + 2 * _above(b, v) - 3 * other
    return np.asarray(by_both / scale - both / scale / 2 * (by_alone / alone + by_other / other), dtype=np.float64)


def _above(levels: Whole, values: Floats) -> Floats:
    """For each row, the mean over all rows of `values` where their level is higher; half where it is equal."""
    on = np.bincount(levels, values)
    return np.asarray((on.sum() - np.cumsum(on) + on / 2)[levels] / len(levels), dtype=np.float64)


def _clustered_error(influence: Floats, of: Whole) -> float:
    sums = np.bincount(of, influence)
    groups = len(sums)
    return sqrt(groups / (groups - 1) * float(sums @ sums)) / len(influence)


def _fisher(rho: Floats) -> Floats:
    return np.asarray(np.arctanh(np.clip(rho, -_NEARLY_ONE, _NEARLY_ONE)), dtype=np.float64)
