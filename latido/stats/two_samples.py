"""Do two samples differ, asked of thousands of pairs at once: p-values from sums, whole arrays at a time.

A figure's own interval says whether one difference is noise. To go through every segment of every
metric there must be one p-value each, quickly; whatever is then found is still judged by its interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, ndtr, stdtr

Floats = NDArray[np.float64]
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


def shares_left_differ(a: tuple[Floats, Floats], b: tuple[Floats, Floats]) -> Floats:
    """Two-sided p-values of the difference of two survival curves at one time.

    On the scale of log(−log S), where the sum of Greenwood's variances fits the normal far better
    than on that of S itself.

    Args:
        a: S(t) of one side of each pair, and Greenwood's sum Σ d / (r (r − d)) up to t.
        b: The same of the other.

    Returns:
        NaN where a curve has not fallen yet, or has come down to nothing.

    Source: Klein, Logan, Harhoff & Andersen (2007), Statistics in Medicine 26:4505.
    """
    values, variances = [], []
    with np.errstate(divide="ignore", invalid="ignore"):
        for survival, greenwood in (a, b):
            log = np.log(survival)
            values.append(np.log(-log))
            variances.append(greenwood / log**2)
        z = (values[0] - values[1]) / np.sqrt(variances[0] + variances[1])
        p = 2 * ndtr(-np.abs(z))
    return np.where(np.isfinite(z), p, np.nan)
