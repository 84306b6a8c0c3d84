"""What those who kept silent would have said: a doubly robust estimate, and how wrong it would have to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike

from latido.stats.critical import normal
from latido.stats.estimate import Estimate, unknown
from latido.stats.moments import Floats
from latido.stats.ordinal import proportional_odds

# A customer with a smaller chance to answer than this would speak for more than fifty others.
_FLOOR = 0.02


@dataclass(frozen=True)
class DoublyRobust:
    """An estimate for all customers, whether they answered or not.

    Attributes:
        estimate: The mean with its interval; n counts the answers.
        customers: All who were asked.
        response: Share who answered.
        outcome_only: The mean that the outcome model alone predicts.
        floored: Share of the answers whose customers were so unlikely to answer that their weight was held at 50.
    """

    estimate: Estimate
    customers: float
    response: float
    outcome_only: float
    floored: float


@dataclass(frozen=True)
class Tipping:
    """How different the silent would have to be from what is estimated for them, to bring a figure to a threshold.

    Attributes:
        threshold: The figure that would overturn the conclusion.
        shift: By how much the silent would have to differ, in the figure's units; negative is lower.
        silent: What the silent's figure would then be.
        unsure: The shift that brings the interval's nearer bound to the threshold: from there on the
            conclusion is not sure any more; 0 where it is not sure as it stands.
        possible: Whether the silent's figure lies on the scale at all; where not, silence alone
            cannot overturn it.
    """

    threshold: float
    shift: float
    silent: float
    unsure: float
    possible: bool


def aipw(  # noqa: PLR0917 - the sums of one aggregation, in its order
    features: ArrayLike,
    customers: ArrayLike,
    counts: ArrayLike,
    totals: ArrayLike,
    squares: ArrayLike,
    confidence: float = 0.95,
) -> DoublyRobust:
    """The mean over all customers by augmented inverse probability weighting, from cells of like customers.

    μ = Σ_c [N m + (s − n m) / π] / Σ N, with N customers, n answers and their sum s in each cell, m what least
    squares on the features predicts there and π the logistic chance to answer. It is right where either
    model is, as long as silence has to do with the features only; nothing mends silence that comes from
    the answer itself (`tipping`).

    Args:
        features: One row a cell, without intercept: levels as 0/1, numbers as they are, (c, k).
        customers: How many were asked in each.
        counts: How many of them answered.
        totals: Σx of their answers.
        squares: Σx².
        confidence: Coverage claimed.

    Source: Robins, Rotnitzky & Zhao (1994), Journal of the American Statistical Association 89:846;
    Bang & Robins (2005), Biometrics 61:962.
    """
    asked, n, s, q = (np.asarray(side, dtype=float) for side in (customers, counts, totals, squares))
    size, answers = float(asked.sum()), float(n.sum())
    if answers < 2:
        return DoublyRobust(unknown(answers, "aipw"), size, answers / size if size else 0.0, np.nan, 0.0)
    x = _design(np.asarray(features, dtype=float), asked)
    chance = propensity(features, asked, n)
    pi = np.maximum(chance, _FLOOR)
    m = x @ _least_squares(x, n, s)
    value = float((asked * m + (s - n * m) / pi).sum() / size)
    ahead = m - value
    squared = asked * ahead**2 + 2 * ahead * (s - n * m) / pi + (q - 2 * m * s + n * m**2) / pi**2
    reach = normal(confidence) * sqrt(float(squared.sum())) / size
    return DoublyRobust(
        estimate=Estimate(value, value - reach, value + reach, answers, confidence=confidence, method="aipw"),
        customers=size,
        response=answers / size,
        outcome_only=float(asked @ m / size),
        floored=float(n[chance < _FLOOR].sum() / answers),
    )


def shifted(estimate: Estimate, shift: float, response: float) -> Estimate:
    """The figure if the silent differ by `shift` from what is estimated for them: θ + (1 − r) δ.

    Args:
        estimate: The figure for all customers, which takes the silent to be like comparable customers who answered.
        shift: δ, in the figure's units; negative if they are worse.
        response: r, the share who answered.

    Source: Little & Rubin (2019), Statistical Analysis with Missing Data, 15 (pattern mixtures).
    """
    by = (1 - response) * shift
    return replace(estimate, value=estimate.value + by, low=estimate.low + by, high=estimate.high + by)


def tipping(estimate: Estimate, threshold: float, response: float, scale: tuple[float, float] = (-inf, inf)) -> Tipping:
    """How much worse (or better) must the silent be to overturn this?

    δ = (threshold − θ) / (1 − r). For a difference of two periods with like response rates take 0 as the
    threshold: δ is then how much more the silent must differ in one than in the other.

    Args:
        estimate: The figure for all customers.
        threshold: Last period's figure, a target, 0 for a difference.
        response: The share who answered; with 1 nobody is silent.
        scale: Lowest and highest possible figure.

    Source: Cochran (1977), Sampling Techniques, 13; Yan, Lee & Li (2009), Journal of Biopharmaceutical
    Statistics 19:1085 (tipping points).

    >>> tipping(Estimate(30, 25, 35, 900), 20, response=0.2).shift
    -12.5
    """
    silent = 1 - response
    if silent <= 0 or not estimate.known:
        return Tipping(threshold, np.nan, np.nan, np.nan, possible=False)
    shift = (threshold - estimate.value) / silent
    bound = estimate.low if estimate.value > threshold else estimate.high
    sure = (bound - threshold) * (estimate.value - threshold) > 0
    of_silent = estimate.value + shift
    possible = scale[0] <= of_silent <= scale[1]
    return Tipping(threshold, shift, of_silent, (threshold - bound) / silent if sure else 0.0, possible)


def propensity(features: ArrayLike, customers: ArrayLike, counts: ArrayLike) -> Floats:
    """The chance to answer in each cell, by logistic regression on its features.

    Args:
        features: One row a cell, without intercept, (c, k).
        customers: How many were asked in each.
        counts: How many of them answered.
    """
    asked, n = np.asarray(customers, dtype=float), np.asarray(counts, dtype=float)
    silent = asked - n
    if silent.sum() <= 0:
        return np.ones(len(asked))
    model = proportional_odds(features, np.stack([silent, n], axis=1))
    return model.probabilities(features)[:, 1]


def _design(features: Floats, customers: Floats) -> Floats:
    """Features with mean 0 and variance 1 over the customers, and an intercept."""
    mean = customers @ features / customers.sum()
    spread = np.sqrt(customers @ (features - mean) ** 2 / customers.sum())
    level = np.divide(features - mean, spread, out=np.zeros_like(features), where=spread > 0)
    return np.column_stack([np.ones(len(features)), level])


def _least_squares(x: Floats, n: Floats, s: Floats) -> Floats:
    """Coefficients from cells of n answers with sum s; the shortest ones where features repeat each other."""
    return np.asarray(np.linalg.lstsq((x * n[:, None]).T @ x, x.T @ s, rcond=1e-10)[0], dtype=np.float64)
