"""The finest cells of a metric in two periods, from one question to the engine.

The engine adds rows up to all dimensions at once, and to the customer where one may count several
times; every coarser segment is a sum of these (`segments.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import ibis
import ibis.expr.operations as ops
import pandas as pd

from latido.errors import UnknownNameError
from latido.facts.catalog import FACTS
from latido.facts.expr import digest, flag, when
from latido.insights.moved.comparing import Comparing, counted_by_day, timed
from latido.insights.moved.segments import Finest
from latido.metrics.measure import counted
from latido.metrics.methods.clusters import SUMS
from latido.metrics.scope import LOCAL
from latido.metrics.where import column, dimensions

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.query import Condition
    from latido.metrics.scope import Scope


class Fetched(NamedTuple):
    """What the engine gave: the cells, and how alike the waits of one ticket are."""

    rows: pd.DataFrame
    several: pd.DataFrame | None


class UnfilteredError(Exception):
    """A metric does not know what is filtered by.

    Args:
        why: What says so to people.
    """

    def __init__(self, why: UnknownNameError) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of the engine about one metric in two periods.

    Attributes:
        now: The question about this period.
        then: The same about the period to compare with.
        rows: The expression that gives the finest cells.
        by: What they are divided by.
        sums: Names of the columns that add up.
        several: The expression that says how alike the waits of one ticket are; None where it has one at most.
    """

    now: Scope
    then: Scope
    rows: Any
    by: tuple[str, ...]
    sums: tuple[str, ...]
    several: Any | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What is asked: two metrics may ask the same."""
        return self.rows.op(), None if self.several is None else self.several.op()

    def fetched(self, execute: Callable[[Any], pd.DataFrame]) -> Fetched:
        """What the engine gives."""
        return Fetched(execute(self.rows), None if self.several is None else execute(self.several))

    def answered(self, given: Fetched) -> Comparing:
        """The two periods, from what the engine gave."""
        rows, several = given
        if "_customer" in rows:
            rows["_customer"] = pd.factorize(rows["_customer"])[0]
        splits = tuple(name for name in self.by if name in self.now.metric.splits)
        divided = tuple(name for name in self.by if name not in splits)
        found = Finest(rows, divided, splits, self.sums)
        alike = None if several is None else Finest(several, divided, splits, SUMS)
        return Comparing(found, self.now, self.then, alike)


def question(now: Scope, then: Scope, by: Sequence[str]) -> Question:
    """What is asked of the engine about one metric in two periods.

    Args:
        now: The question about this period.
        then: The same about the period to compare with.
        by: Dimensions to divide by; what the metric lacks is left away.

    Raises:
        UnfilteredError: It lacks what is filtered by.
    """
    sides = (now, then)
    if now.metric.time is None:
        cells = [_cells(scope, by, _always(side)) for side, scope in enumerate(sides)]
        rows = cells[0].rows.union(cells[1].rows)
    else:
        cells = [_cells(_spanning(now, then), by, lambda rows: _side(rows, sides))]
        rows = cells[0].rows
    return Question(now, then, rows, tuple(cells[0].by), cells[0].sums, cells[0].several)


class _Cells(NamedTuple):
    rows: Any
    by: list[str]
    sums: tuple[str, ...]
    several: Any | None


def _spanning(now: Scope, then: Scope) -> Scope:
    """The same question about both periods and what lies between."""
    periods = (*now.periods, *then.periods)
    return now.about(replace(now.query, start=min(p.start for p in periods), end=max(p.end for p in periods)))


def _always(side: int) -> Callable[[Any], Any]:
    return lambda _rows: ibis.literal(side)


def _side(rows: Any, sides: Sequence[Scope]) -> Any:
    """Which period a row lies in; null for neither."""
    return ibis.cases(*((_in(rows, scope), side) for side, scope in enumerate(sides)), else_=ibis.null("int64"))


def _in(rows: Any, scope: Scope) -> Any:
    first, last = (scope.instant_of(day) for day in (scope.periods[0].start, scope.periods[0].end))
    return (rows[scope.metric.time] >= first) & (rows[scope.metric.time] < last)


def _cells(scope: Scope, by: Sequence[str], side: Callable[[Any], Any]) -> _Cells:
    """The cells of one question.

    Args:
        scope: The question, about all the days that are needed.
        by: Dimensions to divide by.
        side: Rows → the period in which each lies.
    """
    metric, method = scope.metric, scope.metric.method
    rows = metric.rows(scope.tables[metric.table], scope)
    there = tuple(name for name in by if name in dimensions(rows, metric))
    scope = scope.about(replace(scope.query, by=there))
    rows, groups = counted(_narrow(rows, scope), scope)
    keys = {**_times(rows, scope), "_side": side(rows).cast("int64")}
    if method.cluster is not None:
        who = rows[method.cluster]
        keys |= {"_named": flag(who.notnull()), "_customer": when(who.notnull(), digest(who)).fill_null(0)}
    rows = rows.mutate(**keys)
    rows = rows.filter(rows["_side"].notnull())
    several = _alike(rows, [*groups, "_side"], metric.key) if _has_several(metric) else None
    if daily := counted_by_day(method) and metric.time is not None:
        rows = scope.local(rows, metric.time, ("day",)).rename(_day="day")
    sums = {**method.sums(rows, scope), **(_answers(rows) if method.cluster is not None else {})}
    cells = rows.group_by([*groups, *keys, *(["_day"] if daily else [])]).agg(**sums)
    return _Cells(cells, groups, tuple(name for name in sums if name not in _OF_ANSWERS), several)


def _has_several(metric: Metric) -> bool:
    """Whether one ticket may have several of the metric's waits."""
    return timed(metric.method) and FACTS[metric.table].key != (metric.key,)


def _alike(rows: Any, by: list[str], key: str) -> Any:
    """How alike the waits of one ticket are, in doublings: the sums of `design_effect`, by cell and period."""
    long = (ibis.greatest(rows.value, 0).cast("float64") + 1.0).ln()
    each = rows.mutate(_x=long).group_by([*by, key])
    each = each.agg(m=lambda t: t["_x"].count(), s=lambda t: t["_x"].sum(), q=lambda t: (t["_x"] * t["_x"]).sum())
    m, s = each.m.cast("float64"), each.s
    sums = (m.sum(), s.sum(), each.q.sum(), m.count(), (s * s).sum(), (s * m).sum(), (m * m).sum())
    return each.group_by(by).agg(**dict(zip(SUMS, sums, strict=True)))


_OF_ANSWERS = ("_m", "_s", "_q")


def _answers(rows: Any) -> dict[str, Any]:
    """How many answers a customer gave, their sum, and their sum of squares."""
    value = rows.value.cast("float64")
    return dict(zip(_OF_ANSWERS, (rows.value.count(), value.sum(), (value * value).sum()), strict=True))


def _narrow(rows: Any, scope: Scope) -> Any:
    """The rows with only the columns that are read: each step on a wide table costs Ibis as much as all others."""
    metric, query = scope.metric, scope.query
    named = {column(rows, metric, name) for name in query.by} | _filtered_by(rows, metric, query.where)
    read = [*(rule.applies(rows, scope) for rule in metric.left_out), *_times(rows, scope).values(),
            *metric.method.sums(rows, scope).values()]  # fmt: skip
    fields = {f.name for x in read for f in x.op().find(ops.Field, filter=ops.Value) if f.rel == rows.op()}
    needed = {"value", "period", *(named - set(LOCAL)), *fields, *metric.splits, metric.time, metric.method.cluster}
    needed |= {metric.key} if _has_several(metric) else set()
    return rows.select(*(c for c in rows.columns if c in needed))


def _times(rows: Any, scope: Scope) -> Mapping[str, Any]:
    """The waiting time to group by, where curves are compared."""
    method = scope.metric.method
    return method.keys(rows, scope) if timed(method) else {}


def _filtered_by(rows: Any, metric: Metric, where: Sequence[Condition]) -> set[str]:
    try:
        return {column(rows, metric, condition.dimension, measured=True) for condition in where}
    except UnknownNameError as error:
        raise UnfilteredError(error) from error
