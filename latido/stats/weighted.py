"""Means, shares and scores of weighted answers, from sums by cell."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from latido.stats.critical import student
from latido.stats.estimate import NAN, Estimate, unknown
from latido.stats.moments import Floats
from latido.stats.nps import nps
from latido.stats.raking import kish
from latido.stats.shares import wilson


def weighted_mean(  # noqa: PLR0917 - the sums of one aggregation, in its order
    weights: ArrayLike,
    counts: ArrayLike,
    totals: ArrayLike,
    squares: ArrayLike,
    confidence: float = 0.95,
    deff: float = 1.0,
) -> Estimate:
    """The mean of weighted answers with the linearised variance of a ratio.

    ȳ = Σ w s / Σ w n over cells; SE² = n/(n − 1) Σ w² Σ (x − ȳ)² / (Σ w n)². Raking uses what is known
    of all customers, so the truth is a little surer than this says.

    Args:
        weights: One a cell (one a row with counts of 1).
        counts: Answers in each.
        totals: Σx in each.
        squares: Σx² in each.
        confidence: Coverage claimed.
        deff: Design effect where the answers are not independent.

    Source: Lohr (2021), Sampling: Design and Analysis, 9.1; Woodruff (1971), Journal of the American
    Statistical Association 66:411.
    """
    w, n, s, q = (np.asarray(side, dtype=float) for side in (weights, counts, totals, squares))
    answers = float(n.sum())
    if answers <= 0:
        return unknown(answers, "linearised")
    value = float(w @ s / (w @ n))
    effective = kish(w, n) / deff
    if answers < 2 or effective <= 1:
        return Estimate(value, NAN, NAN, answers, confidence=confidence, method="linearised")
    reach = student(confidence, effective - 1) * sqrt(_variance(value, w, n, s, q) * deff)
    return Estimate(value, value - reach, value + reach, answers, confidence=confidence, method="linearised")


def weighted_share(
    weights: ArrayLike, counts: ArrayLike, hits: ArrayLike, confidence: float = 0.95, deff: float = 1.0
) -> Estimate:
    """A share of weighted answers, Wilson's interval for as many answers as they are worth.

    Args:
        weights: One a cell.
        counts: Answers in each.
        hits: Those of them that count.
        confidence: Coverage claimed.
        deff: Design effect where the answers are not independent.

    Source: Korn & Graubard (1998), Survey Methodology 24:193 (effective sample size).
    """
    w, n, s = (np.asarray(side, dtype=float) for side in (weights, counts, hits))
    answers = float(n.sum())
    if answers <= 0:
        return unknown(answers, "wilson")
    share = float(w @ s / (w @ n))
    return wilson(share * answers, answers, confidence, deff * _design(share, w, n, s, s))


def weighted_nps(  # noqa: PLR0917 - the sums of one aggregation, in its order
    weights: ArrayLike,
    promoters: ArrayLike,
    passives: ArrayLike,
    detractors: ArrayLike,
    confidence: float = 0.95,
    deff: float = 1.0,
) -> Estimate:
    """NPS of weighted answers, in points, with the interval for as many answers as they are worth.

    Args:
        weights: One a cell.
        promoters: Answers 9–10 in each.
        passives: Answers 7–8.
        detractors: Answers 0–6.
        confidence: Coverage claimed.
        deff: Design effect where the answers are not independent.
    """
    w, p, s, d = (np.asarray(side, dtype=float) for side in (weights, promoters, passives, detractors))
    n = p + s + d
    answers = float(n.sum())
    if answers <= 0:
        return unknown(answers, "adjusted_wald")
    each = answers / float(w @ n)
    score = float(w @ (p - d) / (w @ n))
    worth = deff * _design(score, w, n, p - d, p + d)
    return nps(each * float(w @ p), each * float(w @ s), each * float(w @ d), confidence, worth)


def _design(value: float, w: Floats, n: Floats, s: Floats, q: Floats) -> float:
    """The linearised variance over that of as many equal answers; Kish's where all answers agree."""
    answers = float(n.sum())
    spread = max(float(w @ q / (w @ n)) - value**2, 0.0)
    if spread <= 0 or answers < 2:
        return answers / kish(w, n)
    return _variance(value, w, n, s, q) / (spread / answers)


def _variance(value: float, w: Floats, n: Floats, s: Floats, q: Floats) -> float:
    answers = float(n.sum())
    around = np.maximum(q - 2 * value * s + value**2 * n, 0)
    return answers / (answers - 1) * float(w**2 @ around) / float(w @ n) ** 2
