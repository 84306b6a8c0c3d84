"""Did the level of a series change: evidence that may be looked at after every value.

`e_process` knows the spread of single answers, and takes weeks to differ by nothing else. Weeks do:
a holiday, somebody ill, a campaign. Here the values are those of whole weeks, the spread is what they
show among themselves, and nothing of it has to be known beforehand, not even how large it is.

Against "one level" stands, for each week k of the watch, "since week k another level, by an amount that is
normal with standard deviation `size` · σ". With flat priors on level, slope and log σ their likelihood
ratio is that of what does not depend on where the series lies nor on its unit, so it is an exact martingale,
however few values there are (Hendriksen, de Heide & Grünwald 2021):

    (1 + i)^(−1/2) · (1 − g r²)^(−m/2),   i = size² I,   g = i / (1 + i)

with r the correlation of the series with the step at k once level (and slope) are taken out, I the step's
sum of squares then, and m the degrees of freedom; times 2 T_m(± r √(g m / (1 − g r²))) where only one
direction counts. Their mean over the weeks of the watch, e, reaches 1/α with a chance of at most α in a quiet
watch (Ville's inequality), exactly for normal values and nearly for those whose tails are not much
heavier; simulated in the tests.

Where neighbouring weeks resemble each other (`persistence`) the series is first made into what is new in
each week (Prais & Winsten 1954), with the resemblance that the weeks before the watch had.

Source: Hendriksen, de Heide & Grünwald (2021), Bayesian Analysis 16:961; Gönen, Johnson, Lu & Westfall
(2005), The American Statistician 59:252; Robbins & Siegmund (1970), Proceedings of the 6th Berkeley
Symposium 4:235.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr

from latido.stats.e_process import Direction, Evidence

Floats = NDArray[np.float64]

_LARGEST = 700.0  # exp of more is no number
_MOST_ALIKE = 0.9  # beyond it a series is a random walk, and no week is new
_TELLING = 1e-9  # a step of which less is left says nothing
_FEW = 8  # values of which no resemblance can be told
_HELD = 0.95  # of the probability of when the change began
_PERFECT = 1e-12  # what a perfect fit leaves is rounding


@dataclass(frozen=True, eq=False)
class LevelEvidence(Evidence):
    """The evidence for a change of level after each week of a watch.

    Attributes:
        earliest: The first week (from 0) in which the change may plausibly have begun, as it looks after each week.
        latest: The last one; together they hold 95 % of the likelihood.
    """

    earliest: NDArray[np.int64]
    latest: NDArray[np.int64]


def level_evidence(
    values: ArrayLike,
    weights: ArrayLike,
    before: int,
    *,
    size: float = 1.0,
    alpha: float = 0.05,
    direction: Direction = "both",
    horizon: int = 52,
    rho: float = 0.0,
    drift: bool = False,
) -> LevelEvidence:
    """Evidence that the level changed, after each value of the watch.

    Args:
        values: One a week, those before the watch first; NaN where a week has none.
        weights: How much each counts, in any unit: in proportion to 1 / its variance; 0 leaves it out.
        before: How many of them are from before the watch.
        size: The change worth an alarm, in standard deviations of a week of average weight. It decides which
            changes are found soonest, never how often a quiet watch alarms.
        alpha: Chance of a false alarm over the whole watch.
        direction: Which changes count; one direction finds sooner than both.
        horizon: How many weeks the watch lasts before it is begun anew.
        rho: How much a week resembles the one before, see `persistence`.
        drift: Whether a steady rise or fall is no change: then the slope is taken out too.

    Returns:
        Evidence of 1 after weeks in which nothing can be told yet.
    """
    y, w = _weighed(values, weights, before)
    weeks = len(y) - before
    week = np.arange(len(y))
    trend = np.column_stack([np.ones(len(y)), week])[:, : 2 if drift else 1]
    steps = (week[:, None] >= before + np.arange(min(horizon, weeks))[None, :]).astype(float)
    columns = _new(y[:, None], w, rho), _new(np.asarray(trend, dtype=float), w, rho), _new(steps, w, rho)
    series, level, steps = columns
    e, began = np.ones(max(weeks, 0)), np.zeros((3, max(weeks, 0)), dtype=np.int64)
    for now in range(1, weeks + 1):
        upto, begun = before + now, min(now, horizon)
        left = _Left.of(series[:upto, 0], level[:upto], steps[:upto, :begun], int((w[:upto] > 0).sum()))
        ratios = left.ratios(size, direction)
        e[now - 1] = (ratios.sum() + horizon - begun) / horizon
        began[:, now - 1] = ratios.argmax(), *_plausible(ratios)
    return LevelEvidence(e, began[0], alpha, began[1], began[2])


def persistence(values: ArrayLike, weights: ArrayLike, *, drift: bool = False) -> float:
    """How much a value resembles the one before: correlation at lag one, 0…0.9.

    Of few values it comes out too small by (1 + 3ρ) / n, which is added (Marriott & Pope 1954,
    Biometrika 41:390). Values that repel each other count as independent.

    >>> persistence([1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1], [1] * 12) > 0.5
    True
    """
    y, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    y = y[~np.isnan(y) & (w > 0)]
    if len(y) < _FEW:
        return 0.0
    week = np.arange(len(y))
    rest = y - np.polynomial.Polynomial.fit(week, y, int(drift))(week)
    whole = float(rest @ rest)
    if whole <= _PERFECT:
        return 0.0
    rho = float(rest[1:] @ rest[:-1]) / whole
    return min(max(rho + (1 + 3 * rho) / len(y), 0.0), _MOST_ALIKE)


def spread_between(values: ArrayLike, variances: ArrayLike) -> float:
    """The variance by which weeks differ beyond what few answers explain, by the method of moments.

    Args:
        values: One a week; NaN where a week has none.
        variances: What is to be expected of each by its number of answers.

    Source: DerSimonian & Laird (1986), Controlled Clinical Trials 7:177.

    >>> spread_between([1, 2, 3, 4], [10, 10, 10, 10])
    0.0
    """
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    known = ~np.isnan(y) & np.isfinite(v) & (v > 0)
    if np.count_nonzero(known) < 2:
        return 0.0
    y, w = y[known], 1 / v[known]
    scatter = float(w @ (y - np.average(y, weights=w)) ** 2)
    return max(0.0, (scatter - len(y) + 1) / float(w.sum() - (w @ w) / w.sum()))


def _plausible(ratios: Floats) -> tuple[int, int]:
    """First and last of the likeliest weeks that together hold the likelihood."""
    order = np.argsort(-ratios)
    needed = int(np.searchsorted(np.cumsum(ratios[order]), _HELD * ratios.sum())) + 1
    held = order[:needed]
    return int(held.min()), int(held.max())


def _weighed(values: ArrayLike, weights: ArrayLike, before: int) -> tuple[Floats, Floats]:
    """The values around 0, so that none loses its digits, and weights whose mean before the watch is 1."""
    y, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    w = np.where(np.isnan(y) | ~np.isfinite(w), 0.0, w)
    y = np.where(w > 0, y, 0.0)
    counted = w[:before][w[:before] > 0]
    if not len(counted):
        return y, np.zeros(len(y))
    middle = float(np.average(y[:before], weights=w[:before]))
    return np.where(w > 0, y - middle, 0.0), w / counted.mean()


def _new(columns: Floats, weights: Floats, rho: float) -> Floats:
    """What is new in each row, given the last one that is there; rows that are not there are 0."""
    there = np.flatnonzero(weights > 0)
    out = np.zeros(columns.shape)
    if not len(there):
        return out
    rows = columns[there]
    out[there[0]] = rows[0] * sqrt(1 - rho**2)
    out[there[1:]] = rows[1:] - rho * rows[:-1]
    return np.asarray(out * np.sqrt(weights)[:, None], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Left:
    """What is left of series and steps once level and slope are taken out.

    Attributes:
        r: Correlation of the series with each step.
        information: Sum of squares of each step.
        degrees: Of freedom of the series.
    """

    r: Floats
    information: Floats
    degrees: int

    @classmethod
    def of(cls, series: Floats, level: Floats, steps: Floats, n: int) -> _Left:
        """Take them out."""
        basis, _upper = np.linalg.qr(level)
        rest, moved = series - basis @ (basis.T @ series), steps - basis @ (basis.T @ steps)
        information, whole = (moved**2).sum(axis=0), float(rest @ rest)
        told = (information > _TELLING) & (whole > _PERFECT)
        scale = np.sqrt(np.where(told, information * whole, 1))
        r = np.clip(np.where(told, moved.T @ rest / scale, 0), -1, 1)
        return cls(r, np.where(told, information, 0), max(n - level.shape[1], 0))

    def ratios(self, size: float, direction: Direction) -> Floats:
        """Likelihood ratio of each step against none."""
        i, m = size**2 * self.information, self.degrees
        g = i / (1 + i)
        logs = -m / 2 * np.log1p(-g * self.r**2) - np.log1p(i) / 2
        ratios = np.exp(np.minimum(logs, _LARGEST))
        if direction == "both" or m == 0:
            return np.asarray(ratios, dtype=np.float64)
        pull = self.r * np.sqrt(g * m / (1 - g * self.r**2))
        return np.asarray(ratios * 2 * stdtr(m, pull if direction == "rise" else -pull), dtype=np.float64)
