"""The units in memory: all of them, or of each pair so many that more would say nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from latido.facts.expr import flag, scattered
from latido.stats.association import Whole
from latido.stats.moments import Floats

if TYPE_CHECKING:
    from latido.metrics.units import Units

MOST = 200_000  # units of a pair; the interval of ρ is then ±0.005 wide
AT_ONCE = 1_000_000  # rows behind the metrics, up to which units are not counted before they are fetched
_PLACES = 2**20


@dataclass(frozen=True, eq=False)
class Rows:
    """Units with at least two metrics known.

    Attributes:
        values: One row a unit, one column a metric; NaN where nothing is known.
        block: Which block of customers each is of.
        place: Where each stands in a line drawn by lot, 0…1: the same one every time.
        groups: Its value of each dimension, as a number; −1 where it has none.
        share: Of each pair, up to which place units take part.
        of: Of each pair, how many units there are.
    """

    values: Floats
    block: Whole
    place: Floats
    groups: Mapping[str, Whole]
    share: Floats
    of: Floats

    def pair(self, i: int, j: int, most: float = 1.0) -> Whole:
        """The units that take part in a pair.

        Args:
            i: Column of one metric.
            j: Column of the other.
            most: Only this share of them, where fewer will do.
        """
        known = ~np.isnan(self.values[:, i]) & ~np.isnan(self.values[:, j])
        return np.flatnonzero(known & (self.place < self.share[i, j] * most))


def fetched(
    found: Units, execute: Callable[[Any], pd.DataFrame], dimensions: Sequence[str], *, most: int = MOST, large: bool
) -> Rows:
    """Fetch the units.

    Where a pair has more than `most` units, it gets those that stand first by a hash of their name. All
    pairs share the line, so that what is fetched hardly grows with their number, and a pair of which there
    are few loses none of them.

    Args:
        found: The metrics side by side.
        execute: Runs an expression.
        dimensions: Those that came along.
        most: Units of a pair.
        large: Whether there may be more units than fit in memory, so that they have to be counted first.
    """
    rows, columns = found.rows, [found.columns[each.name] for each in found.variables]
    known = [rows[column].notnull() for column in columns]
    key = found.rows[found.grain.keys[0]]
    # By another text than the block, since blocks and places have nothing to do with each other.
    place = scattered(key.cast("string") + "|place", _PLACES).cast("float64") / _PLACES
    here = rows.filter(sum(map(flag, known)) >= 2)
    if large:
        of = _counted(rows, known, execute)
        share = _share(of, most)
        parts = [known[i] & known[j] & (place < share[i, j]) for i, j in combinations(range(len(columns)), 2)]
        here = rows.filter(reduce(or_, parts))
    frame = execute(here.select("block", *columns, *dimensions, _place=place))
    values = frame[columns].to_numpy(dtype=float)
    if not large:
        there = (~np.isnan(values)).astype(float)
        of = there.T @ there
        share = _share(of, most)
    groups = {name: pd.factorize(frame[name])[0] for name in dimensions}
    return Rows(values, frame.block.to_numpy(dtype=np.intp), frame["_place"].to_numpy(float), groups, share, of)


def _share(of: Floats, most: int) -> Floats:
    return np.asarray(np.minimum(most / np.maximum(of, 1), 1), dtype=np.float64)


def _counted(rows: Any, known: Sequence[Any], execute: Callable[[Any], pd.DataFrame]) -> Floats:
    """How many units know both of each pair, from how many know which metrics."""
    which = reduce(lambda a, b: a + b, [flag(each) * 2**bit for bit, each in enumerate(known)])
    frame = execute(rows.group_by(which=which).agg(n=rows.count()))
    bits = (frame.which.to_numpy(np.int64)[:, None] >> np.arange(len(known))) & 1
    return np.asarray((bits * frame.n.to_numpy(float)[:, None]).T @ bits, dtype=np.float64)
