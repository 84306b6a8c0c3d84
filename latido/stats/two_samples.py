"""Do two samples differ, asked of thousands of pairs at once: p-values from sums, whole arrays at a time.

A figure's own interval says whether one difference is noise. To go through every segment of every
metric there must be one p-value each, quickly; whatever is then found is still judged by its interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, stdtr
from scipy.stats import hypergeom

Floats = NDArray[np.float64]
_WHOLE = 1e-6  # what a number that should be whole may lack of it
_EDGE = 1.0  # answers added at each end of a scale, so that answers which all agree still vary


@dataclass(frozen=True, eq=False)
class Means:
    """Sums of one sample a pair.

    Attributes:
        n: How many values.
        total: Σx.
        squares: Σx².
        clusters: How many customers gave them; `n` where each value is somebody else's.
        between: Σ(s_c − x̄ n_c)² over customers c with n_c values that add up to s_c.
    """

    n: Floats
    total: Floats
    squares: Floats
    clusters: Floats
    between: Floats

    def variance(self) -> Floats:
        """Variance of the mean, robust to customers who answer more than once, and never below the plain one."""
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = self.total / self.n
            plain = np.maximum(self.squares - self.n * mean**2, 0) / (self.n - 1) / self.n
            robust = self.clusters / (self.clusters - 1) * self.between / self.n**2
        return np.maximum(plain, np.where(np.isfinite(robust), robust, 0))


def means_differ(a: Means, b: Means, scale: tuple[float, float] | None = None) -> Floats:
    """Two-sided p-values of the difference of means, by Welch's t over customers.

    Args:
        a: One sample of each pair.
        b: The other.
        scale: Lowest and highest possible value. One answer is then added at each end (Agresti &
            Caffo 2000, The American Statistician 54:280), without which few answers that all agree
            would be told apart from anything.

    Returns:
        NaN where a sample has fewer than two customers.

    Source: Welch (1947), Biometrika 34:28; Cameron & Miller (2015), Journal of Human Resources 50:317.
    """
    (m, u, f), (k, v, g) = (_moments(sample, scale) for sample in (a, b))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (m - k) / np.sqrt(u + v)
        degrees = (u + v) ** 2 / (u**2 / f + v**2 / g)
        p = 2 * stdtr(degrees, -np.abs(t))
    return np.where((u + v > 0) & (f > 0) & (g > 0), p, np.nan)


def _moments(sample: Means, scale: tuple[float, float] | None) -> tuple[Floats, Floats, Floats]:
    """Mean, its variance, and degrees of freedom."""
    variance, degrees = sample.variance(), sample.clusters - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sample.total / sample.n
        if scale is None:
            return mean, variance, degrees
        effect = np.maximum(variance * sample.n / np.maximum(_spread(sample), 1e-300), 1)
        n, low, high = sample.n / np.where(_spread(sample) > 0, effect, 1), *scale
        weight = n + 2 * _EDGE
        centre = (n * mean + _EDGE * (low + high)) / weight
        spread = n * (_spread(sample) + (mean - centre) ** 2)
        spread += _EDGE * ((low - centre) ** 2 + (high - centre) ** 2)
        return centre, spread / weight**2, degrees


def _spread(sample: Means) -> Floats:
    """Variance of single values."""
    mean = sample.total / sample.n
    return np.maximum(sample.squares / sample.n - mean**2, 0)


def counts_differ(a: Floats, b: Floats, exposure_a: Floats | float = 1.0, exposure_b: Floats | float = 1.0) -> Floats:
    """Two-sided p-values of the difference of two Poisson rates, given their sum (twice the smaller exact tail).

    Args:
        a: Events of one side of each pair.
        b: Events of the other.
        exposure_a: What they are counted over (days, customers).
        exposure_b: The same of the other side.

    Returns:
        1 where neither side has any.

    Source: Przyborowski & Wilenski (1940), Biometrika 31:313.
    """
    share = np.asarray(exposure_a / (np.asarray(exposure_a) + exposure_b), dtype=float)
    # P(X >= a) of a binomial with a + b trials is a regularised incomplete beta function.
    upper = np.where(a > 0, betainc(np.maximum(a, 1e-9), b + 1, share), 1.0)
    lower = np.where(b > 0, betainc(np.maximum(b, 1e-9), a + 1, 1 - share), 1.0)
    return np.where(a + b > 0, np.minimum(2 * np.minimum(upper, lower), 1.0), 1.0)


def shares_left_differ(a: tuple[Floats, Floats, Floats], b: tuple[Floats, Floats, Floats]) -> Floats:
    """Two-sided p-values of the difference of two survival curves at one time, by Fisher's exact test.

    Each curve counts as the so many values that would give Greenwood's variance if none of them were
    censored, of which S(t) are left. Those two shares are compared exactly, so that few values promise
    nothing that they cannot keep, also where nobody or everybody is left on one side: there the normal
    scale of log(−log S) knows no variance, and would tell 0 of 34 apart from 2 of 40.

    Args:
        a: S(t) of one side of each pair, Greenwood's sum Σ d / (r (r − d)) up to t, and how many values.
        b: The same of the other.

    Source: Fisher (1934), Statistical Methods for Research Workers, 21.02; the effective number: Dorey & Korn
    (1987), Statistics in Medicine 6:679.
    """
    (left, n), (stayed, m) = (_effective(*side) for side in (a, b))
    return fisher(left, n, stayed, m)


def fisher(a: Floats, n: Floats, b: Floats, m: Floats) -> Floats:
    """Two-sided p-values of a of n against b of m: twice the smaller tail of the hypergeometric, at most 1.

    >>> fisher(np.array([3.0]), np.array([4.0]), np.array([1.0]), np.array([4.0])).round(4).tolist()
    [0.4857]

    Source: Fisher (1934), Statistical Methods for Research Workers, 21.02.
    """
    low, high = hypergeom.cdf(a, n + m, a + b, n), hypergeom.sf(a - 1, n + m, a + b, n)
    return np.asarray(np.minimum(2 * np.minimum(low, high), 1.0), dtype=float)


def _effective(survival: Floats, greenwood: Floats, n: Floats) -> tuple[Floats, Floats]:
    """How many are left, and of how many, in whole values."""
    inside = (survival > 0) & (survival < 1) & (greenwood > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(inside, np.minimum((1 - survival) / (survival * greenwood), n), n)
    size = np.floor(size + _WHOLE)
    return np.round(size * survival), size
