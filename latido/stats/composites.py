"""Constructs as weighted sums of their indicators: equal weights, or those of partial least squares."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latido.stats.moments import Floats, correlation
from latido.stats.path_model import PathModel, direct_effects

Scheme = Literal["centroid", "path"]

_ROUNDS = 500
_STILL = 1e-12


class NotConvergedError(ArithmeticError):
    """Partial least squares went round and round; equal weights always work."""


def unit_weights(model: PathModel, covariance: Floats, *, scaled: bool = False) -> Floats:
    """Every indicator of a construct counts the same: their mean, or the mean of their z-scores.

    Close to what partial least squares finds, and the same next month.

    Args:
        model: Which indicator measures what.
        covariance: Of the indicators, (…, k, k).
        scaled: Divide each by its standard deviation, where they come in different units.

    Returns:
        Weights (…, k, m), 0 where an indicator does not measure the construct.
    """
    weights = model.membership / np.abs(model.membership).sum(axis=0)
    return np.asarray(weights / _units(covariance, scaled=scaled)[..., None], dtype=np.float64)


def pls_weights(model: PathModel, covariance: Floats, *, scaled: bool = False, scheme: Scheme = "centroid") -> Floats:
    """The weights of partial least squares, mode A: indicators count by how they go with the neighbouring constructs.

    From covariances only: construct scores y = Xw with variance 1; each construct's neighbours give
    z = Σ e y, with e the sign of their correlation (centroid scheme), or (path scheme) the regression
    coefficient of those before and the correlation of those after; the new weights are cov(X, z).
    That is repeated until nothing moves.

    Args:
        model: Which indicator measures what, and the paths.
        covariance: Of the indicators, (…, k, k).
        scaled: Give each indicator variance 1 first.
        scheme: How neighbours count.

    Returns:
        Weights for the indicators in their units, (…, k, m). A construct's weights add up to 1 in
        absolute value, so that it lies on its indicators' scale.

    Raises:
        NotConvergedError: The weights still moved after 500 rounds.

    Source: Wold (1982), in Systems under Indirect Observation; Lohmöller (1989), Latent Variable Path
    Modeling with Partial Least Squares; Tenenhaus et al. (2005), Computational Statistics & Data
    Analysis 48:159.
    """
    used = correlation(covariance) if scaled else covariance
    weights = _converged(model, used, scheme) / _units(covariance, scaled=scaled)[..., None]
    return np.asarray(weights / np.abs(weights).sum(axis=-2, keepdims=True), dtype=np.float64)


def composite_covariance(weights: Floats, covariance: Floats) -> Floats:
    """Covariances of the constructs, (…, m, m)."""
    return np.asarray(np.swapaxes(weights, -1, -2) @ covariance @ weights, dtype=np.float64)


def _converged(model: PathModel, covariance: Floats, scheme: Scheme) -> Floats:
    membership, arrows = model.membership, model.arrows
    weights = _normed(np.broadcast_to(membership, (*covariance.shape[:-2], *membership.shape)), covariance)
    for _ in range(_ROUNDS):
        scores = composite_covariance(weights, covariance)
        outward = covariance @ weights @ _inner(arrows, correlation(scores), scheme)
        new = _oriented(_normed(np.where(membership != 0, outward, 0.0), covariance), membership)
        if np.abs(new - weights).max() <= _STILL * np.abs(new).max():
            return new
        weights = new
    raise NotConvergedError(f"weights still moved after {_ROUNDS} rounds; take equal weights")


def _inner(arrows: NDArray[np.bool_], r: Floats, scheme: Scheme) -> Floats:
    """How much each construct (row) counts for its neighbour (column); one without any counts for itself."""
    near = arrows | arrows.T
    counts = near * np.sign(r) if scheme == "centroid" else direct_effects(arrows, r) + arrows.T * r
    alone = np.diag((~near.any(axis=0)).astype(float))
    return np.asarray(counts + alone, dtype=np.float64)


def _normed(weights: Floats, covariance: Floats) -> Floats:
    """Weights that give every construct variance 1."""
    variance = np.diagonal(composite_covariance(weights, covariance), axis1=-2, axis2=-1)[..., None, :]
    return np.divide(weights, np.sqrt(variance), out=np.zeros_like(weights), where=variance > 0)


def _oriented(weights: Floats, membership: Floats) -> Floats:
    """The same constructs, turned so that they point where most of their indicators do."""
    against = (weights * membership).sum(axis=-2, keepdims=True) < 0
    return np.where(against, -weights, weights)


def _units(covariance: Floats, *, scaled: bool) -> Floats:
    """What an indicator is divided by, (…, k)."""
    spread = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    return np.where(spread > 0, spread, 1.0) if scaled else np.ones_like(spread)
