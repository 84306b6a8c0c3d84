"""What people asked are told apart by: each trait's levels, who answered on them, and the margins to weight to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from latido.insights.nonresponse.behaviour import TRAITS
from latido.insights.nonresponse.cells import column
from latido.stats.estimate import Estimate
from latido.stats.shares import wilson

if TYPE_CHECKING:
    from latido.stats.moments import Floats

MOST = 12  # levels of a dimension; the others are one
OTHER = "(other)"


@dataclass(frozen=True)
class Level:
    """The people on one level of a trait.

    Attributes:
        value: The level: a count, a place among the bands, a dimension's value; None where it is not known.
        asked: How many were asked.
        answered: How many of them answered.
        rate: The share that did, per cent, with its interval.
    """

    value: str | None
    asked: float
    answered: float
    rate: Estimate


@dataclass(frozen=True)
class Trait:
    """One thing that people differ in.

    Attributes:
        name: `tickets`, `rough`, `open`, `about`, `tenure`, or a dimension.
        levels: Its levels: bands in their order, values of a dimension by how many were asked.
        behaviour: Whether it is what people lived, not who they are.
    """

    name: str
    levels: tuple[Level, ...]
    behaviour: bool

    @property
    def gap(self) -> tuple[Level, Level]:
        """The levels that answered least and most, of those where it is known with some certainty."""
        order = sorted(self.levels, key=lambda level: level.rate.value)
        return order[0], order[-1]

    @property
    def tells(self) -> float:
        """How clearly its levels answer differently: points between two intervals; below 0 where all overlap."""
        low, high = min(x.rate.high for x in self.levels), max(x.rate.low for x in self.levels)
        return high - low


@dataclass(frozen=True, eq=False)
class Coded:
    """A trait as numbers, one a cell.

    Attributes:
        name: The trait.
        codes: Level of each cell.
        values: The levels.
    """

    name: str
    codes: NDArray[np.intp]
    values: tuple[str | None, ...]

    def counted(self, counts: Floats) -> Floats:
        """A sum by level."""
        return np.asarray(np.bincount(self.codes, counts, len(self.values)), dtype=np.float64)


def coded(frame: pd.DataFrame, dimensions: Sequence[str]) -> list[Coded]:
    """The traits of cells in which they differ at all."""
    found = [_bands(name, frame[name]) for name in TRAITS]
    found += [_values(name, frame[column(name)], frame["asked"]) for name in dimensions]
    return [each for each in found if len(each.values) > 1]


def _bands(name: str, values: pd.Series[Any]) -> Coded:
    levels, codes = np.unique(values.to_numpy(), return_inverse=True)
    return Coded(name, codes, tuple(None if level < 0 else str(level) for level in levels))


def _values(name: str, values: pd.Series[Any], asked: pd.Series[Any]) -> Coded:
    """A dimension's values by how many were asked, the rare ones together."""
    order = asked.groupby(values).sum().sort_values(ascending=False, kind="stable").index
    kept = [str(value) for value in order[:MOST]]
    levels: list[str | None] = [
        *kept,
        *([OTHER] if len(order) > MOST else []),
        *([None] if values.isna().any() else []),
    ]
    place = {value: i for i, value in enumerate(levels)}
    codes = [place[None] if pd.isna(v) else place.get(str(v), len(kept)) for v in values]
    return Coded(name, np.asarray(codes, dtype=np.intp), tuple(levels))


def told(trait: Coded, asked: Floats, answered: Floats, deff: float) -> Trait:
    """Who answered on each level; the design effect is of answering, where people were asked more than once."""
    levels = [
        Level(value, n, k, wilson(k, n, deff=deff).scaled(100))
        for value, n, k in zip(
            trait.values, trait.counted(asked).tolist(), trait.counted(answered).tolist(), strict=True
        )
    ]
    return Trait(trait.name, tuple(levels), trait.name in TRAITS)


Shares = list[tuple[Coded, "Floats"]]


def asked_shares(traits: Sequence[Coded], asked: Floats) -> Shares:
    """The margins of all who were asked."""
    return [(trait, trait.counted(asked)) for trait in traits]


def customer_shares(traits: Sequence[Coded], everybody: pd.DataFrame) -> Shares:
    """The margins of all customers, in the traits that they have; levels that nobody asked is on come last."""
    there = [(trait, column(trait.name)) for trait in traits]
    known = [(trait, trait.name if trait.name in TRAITS else own) for trait, own in there]
    return [(trait, _shares(trait, everybody[name], everybody["asked"]))
            for trait, name in known if name in everybody and trait.name != "about"]  # fmt: skip


def _shares(trait: Coded, values: pd.Series[Any], counts: pd.Series[Any]) -> Floats:
    place = {value: i for i, value in enumerate(trait.values)}
    otherwise = place.get(OTHER, len(trait.values))
    codes = [place.get(_level(trait, value), otherwise) for value in values]
    return np.asarray(np.bincount(codes, counts.to_numpy(dtype=float), len(trait.values) + 1), dtype=np.float64)


def _level(trait: Coded, value: Any) -> str | None:
    return None if pd.isna(value) or (trait.name in TRAITS and value < 0) else str(value)


def features(traits: Sequence[Coded], asked: Floats, answered: Floats) -> Floats:
    """Levels as 0/1, one row a cell, but the first of each trait and those where all or none answered."""
    columns = [np.zeros((len(asked), 0))]
    for trait in traits:
        n, k = trait.counted(asked), trait.counted(answered)
        able = [level for level in range(1, len(n)) if 0 < k[level] < n[level]]
        columns.append((trait.codes[:, None] == np.asarray(able, dtype=np.intp)).astype(float))
    return np.hstack(columns)
