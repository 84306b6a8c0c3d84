"""Chances of each answer on an ordered scale: the proportional-odds model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from latido.stats.critical import normal
from latido.stats.estimate import Estimate
from latido.stats.moments import Floats

_ROUNDS = 100
_SMALLEST = 1e-300


@dataclass(frozen=True, eq=False)
class ProportionalOdds:
    """logit P(answer ≤ k) = cutₖ − x β.

    Attributes:
        coefficients: β: the log odds of a higher answer for one unit more of each feature.
        errors: Their standard errors.
        cuts: One between each answer and the next, ascending.
        deviance: −2 log likelihood.
        n: Answers.
        converged: Whether the likelihood's maximum was found; not where a feature separates the answers.
        covariance: Of coefficients and cuts, for independent answers.
    """

    coefficients: Floats
    errors: Floats
    cuts: Floats
    deviance: float
    n: float
    converged: bool
    covariance: Floats

    @property
    def theta(self) -> Floats:
        """Coefficients and cuts as one."""
        return np.concatenate([self.coefficients, self.cuts])

    def probabilities(self, features: ArrayLike) -> Floats:
        """The chance of each answer, (…, answers), for features (…, k)."""
        below = expit(self.cuts - (np.asarray(features, dtype=float) @ self.coefficients)[..., None])
        ends = np.zeros((*below.shape[:-1], 1))
        return np.diff(np.concatenate([ends, below, ends + 1], axis=-1), axis=-1)

    def odds_ratio(self, feature: int, confidence: float = 0.95) -> Estimate:
        """By how much the odds of a higher answer are multiplied for one unit more."""
        value, reach = self.coefficients[feature], normal(confidence) * self.errors[feature]
        low, middle, high = np.exp([value - reach, value, value + reach])
        return Estimate(float(middle), float(low), float(high), self.n, confidence=confidence, method="wald")


def proportional_odds(features: ArrayLike, counts: ArrayLike) -> ProportionalOdds:
    """The proportional-odds model by maximum likelihood, from how often each answer was given by cells.

    For probabilities only: for importance least squares on the scale says the same, and faster.

    Args:
        features: One row a cell of like customers, without intercept, (c, k).
        counts: How often each answer was given there, from the lowest to the highest, (c, answers).

    Raises:
        ValueError: Fewer than two answers were ever given, or one between them never was: leave it out.

    Source: McCullagh (1980), Journal of the Royal Statistical Society B 42:109.
    """
    x, y = np.asarray(features, dtype=float), np.asarray(counts, dtype=float)
    given = y.sum(axis=0)
    if len(given) < 2 or not (given > 0).all():
        raise ValueError("every answer of the scale must have been given at least once")
    share = np.cumsum(given)[:-1] / given.sum()
    theta = np.concatenate([np.zeros(x.shape[1]), np.log(share / (1 - share))])
    k, converged = x.shape[1], False
    for _ in range(_ROUNDS):
        information = _information(theta, x, y)
        score = _gradient(theta, x, y)
        step = np.asarray(np.linalg.lstsq(information, score, rcond=1e-12)[0], dtype=np.float64)
        converged = bool(score @ step < 1e-12)
        if converged:
            break
        theta = _climbed(theta, step, x, y)
    covariance = np.asarray(np.linalg.pinv(information), dtype=np.float64)
    errors = np.sqrt(np.maximum(np.diag(covariance), 0))
    deviance = -2 * _likelihood(theta, x, y)
    return ProportionalOdds(theta[:k], errors[:k], theta[k:], deviance, float(given.sum()), converged, covariance)


def _climbed(theta: Floats, step: Floats, x: Floats, y: Floats) -> Floats:
    """One step of Newton's method, halved until the likelihood does not fall and the cuts ascend."""
    value = _likelihood(theta, x, y)
    for _ in range(60):
        there = theta + step
        if (np.diff(there[x.shape[1] :]) > 0).all() and _likelihood(there, x, y) >= value - 1e-12 * abs(value):
            return there
        step = step / 2
    return theta


def _likelihood(theta: Floats, x: Floats, y: Floats) -> float:
    return float((y * np.log(_chances(_below(theta, x)))).sum())


def _gradient(theta: Floats, x: Floats, y: Floats) -> Floats:
    """How the log likelihood rises with each coefficient and each cut."""
    return np.asarray(scores(theta, x, y).sum(axis=0), dtype=np.float64)


def scores(theta: Floats, x: Floats, y: Floats) -> Floats:
    """How each cell's log likelihood rises with each coefficient and each cut, (c, k + cuts)."""
    below = _below(theta, x)
    per_chance = y / _chances(below)
    rises = (below * (1 - below))[:, 1:-1] * (per_chance[:, :-1] - per_chance[:, 1:])
    return np.concatenate([-x * rises.sum(axis=1, keepdims=True), rises], axis=1)


def _information(theta: Floats, x: Floats, y: Floats) -> Floats:
    """The observed information: how the gradient falls in each direction.

    With F the chances up to each cut, f = F (1 − F) and P those of each answer, the log likelihood bends
    at a cut by f² (−yₖ/Pₖ² − yₖ₊₁/Pₖ₊₁²) + f (1 − 2F) (yₖ/Pₖ − yₖ₊₁/Pₖ₊₁), and between neighbours by
    fₖ fₖ₊₁ yₖ₊₁/Pₖ₊₁²; a coefficient moves all cuts of a row together, by −x.
    """
    below, cuts = _below(theta, x), y.shape[1] - 1
    chance = _chances(below)
    once, twice = y / chance, y / chance**2
    inner = below[:, 1:-1]
    slope = inner * (1 - inner)
    at = slope**2 * (twice[:, :-1] + twice[:, 1:]) - slope * (1 - 2 * inner) * (once[:, :-1] - once[:, 1:])
    beside = -slope[:, :-1] * slope[:, 1:] * twice[:, 1:-1]
    by_cut = at.copy()
    by_cut[:, :-1] += beside
    by_cut[:, 1:] += beside
    cross = -x.T @ by_cut
    corner = np.zeros((cuts, cuts))
    corner[np.arange(cuts), np.arange(cuts)] = at.sum(axis=0)
    low, high = np.arange(cuts - 1), np.arange(1, cuts)
    corner[low, high] = corner[high, low] = beside.sum(axis=0)
    square = x.T @ (x * by_cut.sum(axis=1, keepdims=True))
    return np.asarray(np.block([[square, cross], [cross.T, corner]]), dtype=np.float64)


def _below(theta: Floats, x: Floats) -> Floats:
    """P(answer ≤ k) by cell, with 0 before the lowest and 1 at the highest."""
    k, ends = x.shape[1], np.zeros((len(x), 1))
    inner = expit(theta[k:] - (x @ theta[:k])[:, None])
    return np.concatenate([ends, inner, ends + 1], axis=1)


def _chances(below: Floats) -> Floats:
    return np.asarray(np.maximum(np.diff(below, axis=1), _SMALLEST), dtype=np.float64)
