"""What answers on an ordered scale would be expected if those who gave them had fared differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latido.stats.critical import student
from latido.stats.estimate import Estimate
from latido.stats.moments import Floats
from latido.stats.ordinal import ProportionalOdds, proportional_odds, scores

Places = NDArray[np.intp]

_MOST_ANSWERS = 12


@dataclass(frozen=True, eq=False)
class Expected:
    """The change that a proportional-odds model expects.

    Attributes:
        changes: Of each reading of the answers, in the order asked for.
        n: Answers that the model was made from.
        converged: Whether the model was found; not where a feature separates the answers.
    """

    changes: tuple[Estimate, ...]
    n: int
    converged: bool


def expected_change(
    features: ArrayLike,
    shifted: ArrayLike,
    answers: ArrayLike,
    readings: Sequence[ArrayLike],
    *,
    blocks: ArrayLike,
    confidence: float = 0.95,
) -> Expected:
    """How much higher the mean of the answers would be expected with other features.

    The mean over all rows of Σₖ vₖ (P(k | x′) − P(k | x)) by the proportional-odds model, v a reading of the
    answers: the score itself, or what it counts (+100, 0, −100). Its standard error by the delta method, from
    the sums of the scores by block of customers, so that a customer's answers count as what they are: the
    block's influence is D H⁻¹ sᵦ + Σ (hᵢ − h̄) / n, with D the gradient, H the information, sᵦ the block's
    score and hᵢ a row's own change; t with as many degrees of freedom as blocks less one.

    Answers on more than twelve values are taken as their tenths, each with the mean of its readings.

    Args:
        features: One row an answer, (n, k).
        shifted: The same rows as they might have been.
        answers: The outcome that is ordered, (n,).
        readings: What each row's answer counts for each estimate that is wanted, (n,) each; equal answers
            count the same.
        blocks: Which block of customers each row is in.
        confidence: Coverage claimed.

    Source: McCullagh (1980), Journal of the Royal Statistical Society B 42:109; Liang & Zeger (1986),
    Biometrika 73:13 (the variance by cluster).
    """
    x, y = np.asarray(features, dtype=float), np.asarray(answers, dtype=float)
    centre, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    level = _levels(y)
    given = np.eye(int(level.max()) + 1)[level]
    here, there = (x - centre) / scale, (np.asarray(shifted, dtype=float) - centre) / scale
    model = proportional_odds(here, given)
    where = np.unique(np.asarray(blocks), return_inverse=True)[1]
    influence = _by_block(scores(model.theta, here, given), where) @ model.covariance
    worth = [given.T @ np.asarray(reading, dtype=float) / given.sum(axis=0) for reading in readings]
    changes = tuple(
        _change(model, (here, there), v, influence=influence, where=where, confidence=confidence) for v in worth
    )
    return Expected(changes, len(y), model.converged)


def _levels(y: Floats) -> Places:
    """Each answer's place on the scale; of a scale without steps, its tenth."""
    values, place = np.unique(y, return_inverse=True)
    if len(values) <= _MOST_ANSWERS:
        return np.asarray(place, dtype=np.intp)
    cuts = np.unique(np.quantile(y, np.arange(1, 10) / 10))
    return np.asarray(np.unique(np.searchsorted(cuts, y), return_inverse=True)[1], dtype=np.intp)


def _change(
    model: ProportionalOdds,
    rows: tuple[Floats, Floats],
    worth: Floats,
    *,
    influence: Floats,
    where: Places,
    confidence: float,
) -> Estimate:
    now, now_gradient = _mean(model, rows[0], worth)
    then, then_gradient = _mean(model, rows[1], worth)
    own = then - now
    value, n = float(own.mean()), len(own)
    by_block = influence @ (then_gradient - now_gradient) + _by_block((own - value)[:, None] / n, where)[:, 0]
    count = len(by_block)
    error = float(np.sqrt(count / (count - 1) * (by_block**2).sum())) if count > 1 else float("nan")
    reach = student(confidence, max(count - 1, 1)) * error
    return Estimate(value, value - reach, value + reach, n, confidence=confidence, method="clustered_delta")


def _mean(model: ProportionalOdds, x: Floats, worth: Floats) -> tuple[Floats, Floats]:
    """Each row's expected worth, and how the mean of all rises with each coefficient and cut."""
    chances = model.probabilities(x)
    below = np.cumsum(chances, axis=1)[:, :-1]
    steps = below * (1 - below) * np.diff(worth)
    gradient = np.concatenate([(x * steps.sum(axis=1, keepdims=True)).mean(axis=0), -steps.mean(axis=0)])
    return chances @ worth, gradient


def _by_block(rows: Floats, where: Places) -> Floats:
    sums = np.zeros((int(where.max()) + 1, rows.shape[1]))
    np.add.at(sums, where, rows)
    return sums
