"""How much of an outcome's variance goes with each of several predictors that go together themselves."""

from __future__ import annotations

from math import comb

import numpy as np

from latido.stats.moments import Floats

MOST = 20

# Numbers in flight at once: 64 MB.
_AT_ONCE = 1 << 23


class TooManyDriversError(ValueError):
    """More predictors than all of whose subsets can be gone through.

    Args:
        count: How many there are.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} drivers: at most {MOST} can be told apart; group those that belong together")
        self.count = count


def shapley(correlation: Floats) -> Floats:
    """Each predictor's part of R²: what it adds, averaged over every order in which they could be added.

    LMG_j = Σ_{S ∌ j} |S|! (p − |S| − 1)! / p! (R²(S ∪ j) − R²(S)), the Shapley value of R². Parts are
    never negative and add up to R². They say how much goes with a predictor, not in which direction
    (that is the coefficient), and not what it causes.

    Args:
        correlation: Correlations with the outcome first, (…, p + 1, p + 1).

    Returns:
        (…, p), in the predictors' order. A predictor that repeats others shares with them.

    Raises:
        TooManyDriversError: There are more than 20.

    Source: Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate Analysis;
    Grömping (2006), Journal of Statistical Software 17(1).
    """
    p = correlation.shape[-1] - 1
    if p > MOST:
        raise TooManyDriversError(p)
    flat = correlation.reshape(-1, p + 1, p + 1)
    at_once = max(_AT_ONCE >> (p + 2), 1)
    parts = [_shares(flat[at : at + at_once]) for at in range(0, len(flat), at_once)]
    return np.concatenate(parts).reshape(*correlation.shape[:-2], p)


def explained(correlation: Floats) -> Floats:
    """R² of every subset of the predictors, (…, p + 1, p + 1) with the outcome first → (…, 2ᵖ).

    Subset number Σ 2^(p − j) over its members j = 1…p. Predictors are taken in or left out one after
    the other, and what is left of the others is carried along (a Schur complement), so that all
    subsets together cost about 6 · 2ᵖ multiplications, and one that adds nothing of its own adds 0.
    """
    left = correlation[..., None, :, :]
    for _ in range(correlation.shape[-1] - 1):
        without, last, pivot = left[..., :-1, :-1], left[..., :-1, -1], left[..., -1, -1]
        own = np.divide(1, pivot, out=np.zeros_like(pivot), where=pivot > 1e-10)
        taken = without - last[..., :, None] * (last * own[..., None])[..., None, :]
        left = np.concatenate([without, taken], axis=-3)
    return np.asarray(1 - left[..., 0, 0], dtype=np.float64)


def relative_weights(correlation: Floats) -> Floats:
    """Johnson's relative weights: an approximation to the Shapley parts that needs no subsets.

    ε = Λ² β² with Λ = R_x^½ and β = Λ⁻¹ r. They add up to R² as well, and lie near the Shapley parts
    for any number of predictors, but have no meaning of their own. Predictors that repeat one another
    are taken along the directions in which they do vary.

    Args:
        correlation: Correlations with the outcome first, (…, p + 1, p + 1).

    Source: Johnson (2000), Multivariate Behavioral Research 35:1.
    """
    values, vectors = np.linalg.eigh(correlation[..., 1:, 1:])
    root = np.sqrt(np.maximum(values, 0))
    half = (vectors * root[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    along = np.swapaxes(vectors, -1, -2) @ correlation[..., 1:, :1]
    beta = vectors @ np.divide(along, root[..., None], out=np.zeros_like(along), where=root[..., None] > 1e-5)
    return np.asarray((half**2 @ beta**2)[..., 0], dtype=np.float64)


def _shares(correlation: Floats) -> Floats:
    p = correlation.shape[-1] - 1
    r2 = explained(correlation)
    size = np.bitwise_count(np.arange(1 << p)).astype(np.intp)
    # The weight of what joining a set of k adds: k! (p − k − 1)! / p!, none for the full set.
    joining = np.array([1 / (p * comb(p - 1, k)) for k in range(p)] + [0.0])
    left = r2 @ joining[size]
    r2 = r2 * (joining[size] + joining[size - 1])
    return np.stack([_having(r2, p - 1 - j) - left for j in range(p)], axis=-1)


def _having(of_sets: Floats, bit: int) -> Floats:
    """The sum over all subsets that have this bit."""
    split = of_sets.reshape(len(of_sets), -1, 2, 1 << bit)
    return np.asarray(split[:, :, 1, :].sum(axis=(1, 2)), dtype=np.float64)
