"""Every segment of a metric in two periods, from one question to the engine.

The engine adds rows up to the finest cells (all dimensions at once, and the customer where one may
count several times); every coarser segment, by any one or two dimensions, is a sum of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import ibis
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from latido.facts.expr import digest, flag, when
from latido.metrics.measure import population

if TYPE_CHECKING:
    from latido.metrics.scope import Scope

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
NOW, THEN = 0, 1


@dataclass(frozen=True, eq=False)
class Grouping:
    """One way to divide a metric's rows: by no, one or two dimensions, and its own splits.

    Attributes:
        names: The dimensions and splits.
        keys: Their values, one row a segment.
        sums: Sum → its value by segment and side (`NOW`, `THEN`).
        place: Segment of each of the finest rows, −1 where a dimension is unknown there.
    """

    names: tuple[str, ...]
    keys: tuple[tuple[str | None, ...], ...]
    sums: Mapping[str, Floats]
    place: Codes

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Finest:
    """A metric's finest cells in both periods.

    Attributes:
        rows: One row per cell, side, further key of the method, and customer.
        dimensions: What can be divided by.
        splits: What is always divided by.
        sums: Names of the columns that add up.
    """

    rows: pd.DataFrame
    dimensions: tuple[str, ...]
    splits: tuple[str, ...]
    sums: tuple[str, ...]

    def groupings(self, most: int = 2) -> Iterator[Grouping]:
        """Every grouping by up to `most` dimensions, the undivided one first."""
        codes = {name: _coded(self.rows[name]) for name in (*self.splits, *self.dimensions)}
        for size in range(most + 1):
            for chosen in combinations(self.dimensions, size):
                yield self._grouping(chosen, codes)

    def frame(self, grouping: Grouping, segment: int, side: int) -> pd.DataFrame:
        """One segment and side as the metric's method reads it: one row of sums, or one row a waiting time."""
        own: pd.DataFrame = self.rows[(grouping.place == segment) & (self.rows["_side"].to_numpy() == side)]
        if "_t" in own:
            return own
        extremes = {name: getattr(own[name], kind)() for name in self.sums if (kind := _extreme(name))}
        added = {name: values[segment, side] for name, values in grouping.sums.items()}
        return pd.DataFrame([added | extremes])

    def _grouping(self, chosen: Sequence[str], codes: Mapping[str, tuple[Codes, list[Any]]]) -> Grouping:
        names = (*chosen, *self.splits)
        number, known = np.zeros(len(self.rows), dtype=np.int64), np.ones(len(self.rows), dtype=bool)
        for name in names:
            own, values = codes[name]
            number = number * (len(values) + 1) + own + 1
            known &= (own >= 0) | (name in self.splits)
        ids, first, inverse = np.unique(number[known], return_index=True, return_inverse=True)
        place = np.full(len(self.rows), -1, dtype=np.int64)
        place[known] = inverse
        at = np.flatnonzero(known)[first]
        keys = tuple(tuple(_value(codes[name], i) for name in names) for i in at)
        return Grouping(names, keys, self._added(place, len(ids)), place)

    def _added(self, place: Codes, segments: int) -> dict[str, Floats]:
        known = place >= 0
        at = place[known] * 2 + self.rows["_side"].to_numpy()[known]
        plain = [name for name in self.sums if not _extreme(name)]
        added = {name: _sum(at, self.rows[name].to_numpy(float)[known], segments) for name in plain}
        return added | (self._clustered(place, segments) if "_customer" in self.rows else {})

    def _clustered(self, place: Codes, segments: int) -> dict[str, Floats]:
        """The sums over customers that a design effect takes; see `metrics.methods.clusters`."""
        rows, known = self.rows, place >= 0
        at = (place * 2 + rows["_side"].to_numpy())[known]
        customer, named = rows["_customer"].to_numpy()[known], rows["_named"].to_numpy(bool)[known]
        m, s, q = (rows[name].to_numpy(float)[known] for name in ("_m", "_s", "_q"))
        pairs = at[named] * (int(customer.max(initial=0)) + 1) + customer[named]
        ids, inverse = np.unique(pairs, return_inverse=True)
        own_m, own_s = (np.asarray(np.bincount(inverse, x[named], len(ids)), dtype=float) for x in (m, s))
        where = ids // (int(customer.max(initial=0)) + 1)
        alone = at[~named], m[~named], s[~named], q[~named]

        def both(theirs: Floats, unknown: Floats) -> Floats:
            return _sum(where, theirs, segments) + _sum(alone[0], unknown, segments)

        return {
            "c_n": _sum(at, m, segments), "c_total": _sum(at, s, segments), "c_squares": _sum(at, q, segments),
            "c_clusters": both(np.ones(len(ids)), alone[1]), "c_totals": both(own_s**2, alone[3]),
            "c_cross": both(own_s * own_m, alone[2]), "c_sizes": both(own_m**2, alone[1]),
        }  # fmt: skip


def finest(now: Scope, then: Scope, *, daily: bool = False) -> Finest:
    """The finest cells of one metric in two periods.

    Args:
        now: The question about this period, with the dimensions to divide by.
        then: The same about the period to compare with.
        daily: Also by local day, for counts.
    """
    if now.metric.time is None:
        cells = [
            _cells(scope, population(scope), ibis.literal(side), daily=daily) for side, scope in enumerate((now, then))
        ]
        expression = cells[0].rows.union(cells[1].rows)
    else:
        whole = _spanning(now, then)
        found, groups = population(whole)
        cells = [_cells(whole, (_within(found, whole, now, then), groups), _side(found, whole, now), daily=daily)]
        expression = cells[0].rows
    rows, by = now.execute(expression), cells[0].by
    if "_customer" in rows:
        rows["_customer"] = pd.factorize(rows["_customer"])[0]
    splits = tuple(name for name in by if name in now.metric.splits)
    return Finest(rows, tuple(name for name in by if name in now.query.by), splits, cells[0].sums)


def _spanning(now: Scope, then: Scope) -> Scope:
    """The same question about both periods and what lies between."""
    periods = (*now.periods, *then.periods)
    query = replace(now.query, start=min(p.start for p in periods), end=max(p.end for p in periods))
    return replace(now, query=query)


def _side(rows: Any, scope: Scope, now: Scope) -> Any:
    return ibis.ifelse(_in(rows, scope, now), NOW, THEN)


def _within(rows: Any, scope: Scope, now: Scope, then: Scope) -> Any:
    return rows.filter(_in(rows, scope, now) | _in(rows, scope, then))


def _in(rows: Any, scope: Scope, side: Scope) -> Any:
    first, last = (scope.instant_of(day) for day in (side.periods[0].start, side.periods[0].end))
    return (rows[scope.metric.time] >= first) & (rows[scope.metric.time] < last)


class _Cells(NamedTuple):
    rows: Any
    by: list[str]
    sums: tuple[str, ...]


def _cells(scope: Scope, found: tuple[Any, list[str]], side: Any, *, daily: bool) -> _Cells:
    rows, groups = found
    method, metric = scope.metric.method, scope.metric
    keys = method.keys(rows, scope)
    rows = rows.mutate(**keys)
    if daily and metric.time is not None:
        rows = scope.local(rows, metric.time, ("day",)).rename(_day="day")
    sums, more = dict(method.sums(rows, scope)), ["_day"] if daily and metric.time is not None else []
    if method.cluster is not None:
        value, who = rows.value.cast("float64"), rows[method.cluster]
        rows = rows.mutate(_named=flag(who.notnull()), _customer=when(who.notnull(), digest(who)).fill_null(0))
        sums |= {"_m": rows.value.count(), "_s": value.sum(), "_q": (value * value).sum()}
        more += ["_named", "_customer"]
    counted = rows.filter(rows.value.notnull())
    counted = counted.mutate(_side=side.cast("int64"))
    return _Cells(counted.group_by(["_side", *groups, *keys, *more]).agg(**sums), groups, tuple(sums))


def _extreme(name: str) -> str:
    """`min` or `max` where a sum is the least or greatest of its rows, and adds up to nothing."""
    kind = name.rpartition("_")[2]
    return kind if kind in {"min", "max"} else ""


def _coded(values: pd.Series[Any]) -> tuple[Codes, list[Any]]:
    codes, distinct = pd.factorize(values)
    return codes.astype(np.int64), list(distinct)


def _value(coded: tuple[Codes, list[Any]], row: int) -> str | None:
    codes, values = coded
    return None if codes[row] < 0 else str(values[codes[row]])


def _sum(at: Codes, weights: Floats, segments: int) -> Floats:
    return np.asarray(np.bincount(at, weights, 2 * segments), dtype=float).reshape(-1, 2)
