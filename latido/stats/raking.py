"""Weights that make those who answered look like all who could have: by what they did, not only by who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latido.stats.moments import Floats

Whole = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights and how well they do.

    Attributes:
        weights: One a row or cell, mean 1 over those who answered.
        rounds: How many rounds it took.
        error: Largest difference left between a weighted share and its target, 0…1.
        converged: Whether that is below the tolerance; with a cap it need not be.
        effective: Kish's effective number of answers, (Σw)² / Σw².
        n: Answers.
        capped: Share of the answers whose weight is at the cap.
        uncovered: Largest share of the customers, over the dimensions, on levels where nobody answered:
            no weight speaks for them.
    """

    weights: Floats
    rounds: int
    error: float
    converged: bool
    effective: float
    n: float
    capped: float
    uncovered: float

    @property
    def design_effect(self) -> float:
        """How many times weighting multiplies the variance where the weights have nothing to do with the answers."""
        return self.n / self.effective


def rake(
    levels: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    counts: ArrayLike | None = None,
    *,
    cap: float = 8.0,
    tolerance: float = 1e-8,
    rounds: int = 500,
) -> Raked:
    """Raking (iterative proportional fitting): multiply weights until every dimension has its shares.

    One dimension after the other, w ← w · target share / weighted share of its level, and no weight above `cap`
    times the mean. Take what customers did (tickets, delays, tenure) among the dimensions: silence
    follows experience more than age.

    Args:
        levels: For each dimension the level 0…L−1 of every row or cell of those who answered.
        targets: For each dimension the share (or number) of all customers on each level.
        counts: How many answers a cell holds; 1 each unless given, so that rows will do as well.
        cap: Highest weight, in means. A few answers should not speak for everybody.
        tolerance: Largest difference of shares that counts as none.
        rounds: At most.

    Raises:
        ValueError: Nobody answered, or the cap is below the mean.

    Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11:427; Kish (1965), Survey
    Sampling; Potter (1990), Proceedings of the Survey Research Methods Section, ASA (trimming).
    """
    codes = [np.asarray(side, dtype=np.intp) for side in levels]
    n = np.ones(len(codes[0])) if counts is None else np.asarray(counts, dtype=float)
    if n.sum() <= 0 or cap < 1:
        raise ValueError("nobody answered, or the cap is below the mean weight: there is nothing to weight")
    wanted = [_reachable(side, shares, n) for side, shares in zip(codes, targets, strict=True)]
    margins = [(side, shares) for side, (shares, _lost) in zip(codes, wanted, strict=True)]
    weights, moved, done, error = np.ones(len(n)), np.inf, 0, np.inf
    while done < rounds and error > tolerance and moved > tolerance:
        before = weights
        for side, shares in margins:
            weights = weights * _factors(side, shares, weights * n)[side]
        weights = _trimmed(weights, n, cap)
        error = max(_error(side, shares, weights * n) for side, shares in margins)
        done, moved = done + 1, float(np.abs(weights - before).max())
    return Raked(
        weights=weights,
        rounds=done,
        error=error,
        converged=error <= tolerance,
        effective=kish(weights, n),
        n=float(n.sum()),
        capped=float(n[weights >= cap * (1 - 1e-9)].sum() / n.sum()),
        uncovered=max(lost for _shares, lost in wanted),
    )


def kish(weights: ArrayLike, counts: ArrayLike | None = None) -> float:
    """Kish's effective number of answers, (Σw)² / Σw².

    >>> kish([1, 1, 1, 1]), kish([3, 1])
    (4.0, 1.6)
    """
    w = np.asarray(weights, dtype=float)
    n = np.ones(len(w)) if counts is None else np.asarray(counts, dtype=float)
    return float((n @ w) ** 2 / (n @ w**2))


def _reachable(levels: Whole, target: ArrayLike, n: Floats) -> tuple[Floats, float]:
    """The target's shares over the levels on which somebody answered, and the share of the others."""
    shares = np.asarray(target, dtype=float)
    shares = shares / shares.sum()
    there = np.bincount(levels, n, minlength=len(shares)) > 0
    kept = np.where(there, shares, 0.0)
    return np.asarray(kept / kept.sum(), dtype=np.float64), float(1 - kept.sum())


def _shares(levels: Whole, size: int, weight: Floats) -> Floats:
    return np.asarray(np.bincount(levels, weight, minlength=size) / weight.sum(), dtype=np.float64)


def _factors(levels: Whole, target: Floats, weight: Floats) -> Floats:
    now = _shares(levels, len(target), weight)
    return np.divide(target, now, out=np.ones_like(target), where=now > 0)


def _error(levels: Whole, target: Floats, weight: Floats) -> float:
    return float(np.abs(_shares(levels, len(target), weight) - target).max())


def _trimmed(weights: Floats, n: Floats, cap: float) -> Floats:
    """Mean 1 and none above the cap: min(t w, cap) with the t that gives what is cut off to the others."""
    order = np.argsort(-weights, kind="stable")
    there, each = n[order], weights[order]
    capped = np.concatenate([[0.0], np.cumsum(there)[:-1]])
    left = np.cumsum((there * each)[::-1])[::-1]
    factor = np.divide(n.sum() - cap * capped, left, out=np.zeros(len(n)), where=left > 0)
    # With the m highest at the cap the next one must not be above it.
    first = int(np.argmax((factor > 0) & (factor * each <= cap * (1 + 1e-12))))
    return np.asarray(np.minimum(factor[first] * weights, cap), dtype=np.float64)
