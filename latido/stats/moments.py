"""Weighted sums of values and of their products: all that correlation, regression and the chain need.

An engine computes them in one pass, and they add up over chunks, months and groups, so that ten
million answers cost afterwards what ten thousand do. Kept apart by blocks of customers they also
say how sure everything made from them is (`Moments.resampled`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Below this share of the mean square about the shift, a variance is rounding.
_ROUNDING = 1e-13


@dataclass(frozen=True, eq=False, slots=True)
class Moments:
    """Sums over rows of k variables, about a shift; with leading axes it is a stack of such (one per block).

    Attributes:
        names: The k variables.
        shift: A value near each variable's mean, (k,). Sums of squares about it keep the digits that
            sums of squares about 0 lose.
        n: How many rows (all k variables known), (…).
        weight: Σw, (…).
        weight_squares: Σw², (…).
        sums: Σ w (x − shift), (…, k).
        products: Σ w (x − shift)(x − shift)ᵀ, (…, k, k).
    """

    names: tuple[str, ...]
    shift: Floats
    n: Floats
    weight: Floats
    weight_squares: Floats
    sums: Floats
    products: Floats

    def __add__(self, other: Moments) -> Moments:
        """The moments of both together; the shift stays the first one's."""
        if self.names != other.names:
            raise ValueError(f"{', '.join(other.names)} cannot be added to {', '.join(self.names)}")
        there = other.about(self.shift)
        parts = (getattr(self, field) + getattr(there, field) for field in _SUMS)
        return Moments(self.names, self.shift, *parts)

    def about(self, shift: ArrayLike) -> Moments:
        """The same rows, summed about another shift."""
        new = np.asarray(shift, dtype=float)
        if np.array_equal(new, self.shift):
            return self
        step = self.shift - new
        cross = self.sums[..., :, None] * step
        sums = self.sums + self.weight[..., None] * step
        products = self.products + cross + np.swapaxes(cross, -1, -2)
        products = products + self.weight[..., None, None] * np.outer(step, step)
        return replace(self, shift=new, sums=sums, products=products)

    def of(self, names: Sequence[str]) -> Moments:
        """The moments of some of the variables, in the order asked for."""
        at = [self.names.index(name) for name in names]
        products = self.products[..., at, :][..., at]
        return replace(self, names=tuple(names), shift=self.shift[at], sums=self.sums[..., at], products=products)

    def total(self) -> Moments:
        """All blocks of a stack together."""
        return Moments(self.names, self.shift, *(getattr(self, field).sum(axis=0) for field in _SUMS))

    def resampled(self, count: int, seed: int = 0) -> Moments:
        """`count` bootstrap samples of a stack of blocks: as many blocks again, drawn with replacement.

        Where a customer's rows all lie in one block, this is a cluster bootstrap, whatever hangs
        together within customers. Its cost does not depend on the number of rows.

        Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap; Davison & Hinkley (1997),
        Bootstrap Methods and their Application, 2.4 and 3.8.
        """
        blocks = len(self.n)
        drawn = np.random.default_rng(seed).multinomial(blocks, np.full(blocks, 1 / blocks), size=count).astype(float)
        return Moments(self.names, self.shift, *(np.tensordot(drawn, getattr(self, field), 1) for field in _SUMS))

    @property
    def blocks(self) -> int:
        """How many blocks of a stack have any row."""
        return int(np.count_nonzero(self.n))

    @property
    def effective(self) -> Floats:
        """Kish's effective number of rows, (Σw)² / Σw²; n itself with equal weights."""
        return _over(self.weight**2, self.weight_squares)

    @property
    def mean(self) -> Floats:
        """Weighted means, (…, k); NaN without rows."""
        return self.shift + _over(self.sums, self.weight[..., None])

    @property
    def covariance(self) -> Floats:
        """Weighted covariances, divided by Σw, (…, k, k). What is only rounding is 0."""
        centre = _over(self.sums, self.weight[..., None])
        square = _over(self.products, self.weight[..., None, None])
        spread = square - centre[..., :, None] * centre[..., None, :]
        size = np.diagonal(square, axis1=-2, axis2=-1)
        flat = np.diagonal(spread, axis1=-2, axis2=-1) <= _ROUNDING * size
        return np.where(flat[..., :, None] | flat[..., None, :], 0.0, spread)

    @property
    def deviation(self) -> Floats:
        """Weighted standard deviations, divided by Σw, (…, k)."""
        return np.sqrt(np.diagonal(self.covariance, axis1=-2, axis2=-1))

    @property
    def correlation(self) -> Floats:
        """Weighted correlations, (…, k, k); a variable that does not vary correlates with nothing (0)."""
        return correlation(self.covariance)


_SUMS = ("n", "weight", "weight_squares", "sums", "products")


def of_rows(
    names: Sequence[str],
    rows: ArrayLike,
    weights: ArrayLike | None = None,
    blocks: ArrayLike | None = None,
    shift: ArrayLike | None = None,
) -> Moments:
    """The moments of rows in memory; rows where a value is missing are left out.

    Args:
        names: The columns.
        rows: One row a unit, (n, k); NaN is missing.
        weights: One each; 1 unless given.
        blocks: Which block each row is in, 0…B−1: the answer is then a stack of B.
        shift: A value near each mean; the rows' own means unless given.
    """
    x = np.asarray(rows, dtype=float)
    known = ~np.isnan(x).any(axis=1)
    x = x[known]
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)[known]
    near = _means(x, w) if shift is None else np.asarray(shift, dtype=float)
    if blocks is None:
        return _summed(names, x, w, near)
    where = np.asarray(blocks)
    count, where = int(where.max(initial=-1)) + 1, where[known]
    order = np.argsort(where, kind="stable")
    parts = np.split(order, np.searchsorted(where[order], np.arange(1, count)))
    return stack([_summed(names, x[part], w[part], near) for part in parts])


def of_sums(
    names: Sequence[str],
    shift: ArrayLike,
    counts: tuple[ArrayLike, ArrayLike, ArrayLike],
    sums: ArrayLike,
    triangle: ArrayLike,
) -> Moments:
    """The moments from what an engine has summed.

    Args:
        names: The k variables.
        shift: What was taken from each of them before multiplying.
        counts: n, Σw and Σw², one each or one a block.
        sums: Σ w (x − shift), (…, k).
        triangle: Σ w (x − shift)(y − shift) of every pair with its first at or before its second, in
            the order of `itertools.combinations_with_replacement(names, 2)`, (…, k (k + 1) / 2).
    """
    upper, k = np.asarray(triangle, dtype=float), len(names)
    products = np.zeros((*upper.shape[:-1], k, k))
    first, second = np.triu_indices(k)
    products[..., first, second] = products[..., second, first] = upper
    n, weight, squares = (np.asarray(count, dtype=float) for count in counts)
    near, totals = np.asarray(shift, dtype=float), np.asarray(sums, dtype=float)
    return Moments(tuple(names), near, n, weight, squares, totals, products)


def stack(parts: Sequence[Moments]) -> Moments:
    """Moments of separate blocks, months or groups as one stack, about the first one's shift."""
    first = parts[0]
    level = [part.about(first.shift) for part in parts]
    return Moments(first.names, first.shift, *(np.stack([getattr(p, field) for p in level]) for field in _SUMS))


def correlation(covariance: Floats) -> Floats:
    """Correlations from covariances, (…, k, k); 0 where a variable does not vary, 1 with itself."""
    scale = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    both = scale[..., :, None] * scale[..., None, :]
    r = np.divide(covariance, both, out=np.zeros_like(covariance), where=both > 0)
    return np.where(np.eye(r.shape[-1], dtype=bool), 1.0, np.clip(r, -1, 1))


def _summed(names: Sequence[str], x: Floats, w: Floats, shift: Floats) -> Moments:
    near = x - shift
    weighted = near * w[:, None]
    n, weight, squares = (np.asarray(float(part)) for part in (len(x), w.sum(), w @ w))
    return Moments(tuple(names), shift, n, weight, squares, weighted.sum(axis=0), weighted.T @ near)


def _means(x: Floats, w: Floats) -> Floats:
    return np.asarray(w @ x / w.sum() if w.sum() > 0 else np.zeros(x.shape[1]), dtype=float)


def _over(above: Floats, below: Floats) -> Floats:
    """`above / below`; NaN where there is nothing below."""
    shape = np.broadcast_shapes(above.shape, below.shape)
    return np.asarray(np.divide(above, below, out=np.full(shape, np.nan), where=below > 0), dtype=np.float64)
