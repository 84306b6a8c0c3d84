"""The course of a metric in a segment: a figure a week, and how long was waited where it is a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from latido.insights.watch.declared import Watch, by_week, counted, timed
from latido.metrics.measure import measure, population, scope_of
from latido.metrics.measurement import Period
from latido.metrics.methods import Duration
from latido.metrics.periods import floor, local_day
from latido.metrics.query import Query
from latido.stats.estimate import Estimate, unknown
from latido.stats.means import mean

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Figure, Measurement
    from latido.metrics.scope import Scope
    from latido.metrics.settings import Settings

Floats = NDArray[np.float64]
WEEK = timedelta(weeks=1)
_BRAND = "rated_brand"


class Week(NamedTuple):
    """One whole week.

    Attributes:
        start: Its Monday.
        figure: The metric's figure.
    """

    start: date
    figure: Estimate


class Waits(NamedTuple):
    """How long was waited in one week, by distinct times.

    Attributes:
        times: Seconds.
        ended: How many had what they waited for by then.
        censored: How many were last seen waiting.
    """

    times: Floats
    ended: Floats
    censored: Floats


@dataclass(frozen=True, eq=False)
class Course:
    """The weeks of a metric in a segment.

    Attributes:
        weeks: Whole ones, without a gap, up to the data's end.
        keys: Which of the metric's own splits, where it has several: the one with the most values.
        waits: Week → how long was waited; empty unless the figure is a time.
        figure: Gives the figure over some days.
    """

    weeks: tuple[Week, ...]
    keys: Mapping[str, str | None]
    waits: Mapping[date, Waits]
    figure: Callable[[Period], Estimate]

    @property
    def end(self) -> date | None:
        """Day after the last whole week; None without any."""
        return self.weeks[-1].start + WEEK if self.weeks else None

    def within(self, span: Period) -> tuple[Week, ...]:
        """The weeks of a span."""
        return tuple(week for week in self.weeks if span.start <= week.start < span.end)


def course(
    tables: Mapping[str, Any], settings: Settings, execute: Callable[[Any], pd.DataFrame], watch: Watch
) -> Course:
    """The whole course that the data know.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        watch: What is watched.
    """
    query = Query(watch.metric.name, where=watch.where, calendar=watch.calendar)
    scope = scope_of(query, tables, settings, execute)
    span = _whole_weeks(scope)
    if span.start >= span.end:
        return Course((), {}, {}, lambda _span: unknown())
    weekly = replace(query, period="week", start=span.start, end=span.end)
    found = measure(weekly, tables, settings, execute=execute)
    keys = _ours(found, settings.brand)
    weeks = _weeks(found, keys, span)

    def figure(asked: Period) -> Estimate:
        if by_week(watch.metric):
            return _a_week(weeks, asked)
        whole = measure(replace(query, start=asked.start, end=asked.end), tables, settings, execute=execute)
        return _of(whole.figures, keys)

    waits = _waits(replace(scope, query=weekly), keys) if timed(watch.metric) else {}
    return Course(weeks, keys, waits, figure)


def _whole_weeks(scope: Scope) -> Period:
    """From the first Monday of the data to the last; a week that they only touch says too little."""
    first = scope.first_day
    last = local_day(scope.data_end, scope.settings.time_zone) + timedelta(days=1)
    start = floor(first, "week")
    return Period(start if start == first else start + WEEK, floor(last, "week"))


def _ours(found: Measurement, brand: str | None) -> Mapping[str, str | None]:
    """The split with the most values, of the own brand where there are several."""
    ours = [f for f in found.figures if f.keys.get(_BRAND) in {None, brand}] or list(found.figures)
    counts: dict[tuple[tuple[str, str | None], ...], float] = {}
    for figure in ours:
        keys = tuple(figure.keys.items())
        counts[keys] = counts.get(keys, 0) + figure.estimate.n
    return dict(max(counts.items(), key=lambda pair: pair[1])[0]) if counts else {}


def _weeks(found: Measurement, keys: Mapping[str, str | None], span: Period) -> tuple[Week, ...]:
    """One a week, from the first that has anything."""
    known = {f.period.start: f.estimate for f in found.figures if f.period and f.keys == keys}
    nothing = Estimate(0, 0, 0, 0) if counted(found.metric) else unknown()
    begun = min((start for start, figure in known.items() if figure.n), default=span.end)
    count = (span.end - begun).days // WEEK.days
    return tuple(Week(start, known.get(start, nothing)) for start in (begun + i * WEEK for i in range(count)))


def _of(figures: tuple[Figure, ...], keys: Mapping[str, str | None]) -> Estimate:
    """The figure of these splits; of fewer weeks there may be only one, which then says nothing of them."""
    told = (f for f in figures if all(keys.get(name) == value for name, value in f.keys.items()))
    return next((f.estimate for f in told), unknown())


def _a_week(weeks: tuple[Week, ...], asked: Period) -> Estimate:
    """How many a week, or what share of a week's beginning."""
    own = [week.figure for week in weeks if asked.start <= week.start < asked.end and week.figure.known]
    if len(own) == 1:
        return own[0]
    values = np.array([figure.value for figure in own], dtype=float)
    return mean(len(values), float(values.sum()), float(values @ values))


def _waits(scope: Scope, keys: Mapping[str, str | None]) -> dict[date, Waits]:
    """How long was waited, week by week."""
    rows, groups = population(scope)
    method = scope.metric.method
    assert isinstance(method, Duration)  # noqa: S101 - it is asked of no other
    times = method.keys(rows, scope)
    counted_rows = rows.mutate(**times).filter(rows.value.notnull())
    frame = scope.execute(counted_rows.group_by([*groups, *times]).agg(**method.sums(counted_rows, scope)))
    for name, value in keys.items():
        frame = frame[frame[name].isna() if value is None else frame[name].astype(str) == value]
    return {_day(start): _wait(part, method, scope) for start, part in frame.groupby("period")}


def _wait(rows: pd.DataFrame, method: Duration, scope: Scope) -> Waits:
    n, ended = (rows[name].to_numpy(dtype=float) for name in ("n", "k"))
    return Waits(method.times(rows, scope), ended, n - ended)


def _day(value: Any) -> date:
    found: date = value.date() if hasattr(value, "date") else value
    return found
