"""Rows held as columns of numpy arrays, and one random stream per part of the company."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]
Random = np.random.Generator


@dataclass(frozen=True)
class Columns:
    """Base of the tables of the simulation: every field is an array of the same length."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: Ints | Flags) -> Self:
        """The rows of these positions, or where the flag is set."""
        return type(self)(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    @classmethod
    def join(cls, parts: Iterable[Self]) -> Self:
        """One table after another."""
        tables = list(parts)
        return cls(**{f.name: np.concatenate([getattr(t, f.name) for t in tables]) for f in fields(cls)})


def stream(seed: int, part: str) -> Random:
    """The random numbers of one part: adding draws to another part changes nothing here."""
    return np.random.default_rng([seed, crc32(part.encode())])


def ints(values: Any) -> Ints:
    """Whole numbers, whatever numpy calls them."""
    return np.asarray(values, dtype=np.int64)


def floats(values: Any) -> Floats:
    """Numbers, whatever numpy calls them."""
    return np.asarray(values, dtype=np.float64)


def flags(values: Any) -> Flags:
    """Yes or no, whatever numpy calls them."""
    return np.asarray(values, dtype=np.bool_)


def pick(rng: Random, weights: Sequence[float] | Floats, n: int) -> Ints:
    """`n` positions, drawn in proportion to the weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return ints(np.searchsorted(edges, rng.random(n) * edges[-1], side="right").clip(0, len(edges) - 1))


def pick_by(rng: Random, table: Floats, row: Ints) -> Ints:
    """One position for each entry of `row`, drawn with the weights in that row of the table."""
    edges = np.cumsum(table, axis=1)
    edges = edges / edges[:, -1:]
    return ints((rng.random(len(row))[:, None] >= edges[row]).sum(axis=1).clip(0, table.shape[1] - 1))


def lognormal(rng: Random, median: float | Floats, sigma: float, n: int) -> Floats:
    """Positive delays with this median: `median · exp(σ·z)`."""
    return floats(median * np.exp(sigma * rng.standard_normal(n)))


def chance(rng: Random, logit: Floats) -> Flags:
    """Heads or tails with `P = 1 / (1 + exp(−logit))`."""
    return flags(rng.random(len(logit)) < 1 / (1 + np.exp(-logit)))


def on_scale(value: Floats, low: int, high: int) -> Ints:
    """What a person ticks: the nearest point of the scale."""
    return ints(np.rint(value).clip(low, high))


def texts(values: Iterable[Any]) -> Texts:
    """An array of Python strings."""
    found = list(values)
    out = np.empty(len(found), dtype=object)
    out[:] = found
    return out
