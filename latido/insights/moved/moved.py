"""What moved: every metric and segment of one period against another, judged together.

Each difference has a p-value by the metric's own method, all of them are one family, and of those
that Benjamini & Hochberg's procedure calls discoveries only the ones are told whose own interval
leaves out zero. So where nothing moved, nothing is told in 95 of 100 periods, however many
segments there are; where something did, at most one in twenty of what is told is chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import RLock
from typing import TYPE_CHECKING, Any

import numpy as np

from latido.insights.moved.cells import Fetched, Question, UnfilteredError, question
from latido.insights.moved.comparing import Comparing, comparable, counted_by_day, settled
from latido.insights.moved.contributing import Breakdown, breakdowns, key
from latido.insights.moved.figures import Figures
from latido.insights.moved.move import Move, Moved, Reason, Untested
from latido.metrics.catalog import METRICS
from latido.metrics.measure import scope_of
from latido.metrics.query import Query
from latido.stats.discovery import q_values

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from latido.errors import UnknownNameError
    from latido.insights.moved.segments import Grouping
    from latido.insights.moved.sums import Floats
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.metrics.query import Condition
    from latido.metrics.scope import Scope
    from latido.metrics.settings import Settings

BY = ("channel", "team", "priority", "topic", "segment", "country")
LEVEL = 0.05
_WEEK = timedelta(days=7)


@dataclass(frozen=True, eq=False)
class _Judged:
    """One grouping of one metric with its p-values."""

    of: Comparing
    grouping: Grouping
    p: Floats


def moved(
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Callable[[Any], pd.DataFrame],
    now: Period,
    then: Period,
    *,
    metrics: Sequence[Metric] = (),
    by: Sequence[str] = BY,
    most: int = 2,
    where: tuple[Condition, ...] = (),
    calendar: str = "24x7",
    level: float = LEVEL,
) -> Moved:
    """Compare every metric and every segment of two periods.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        now: The period.
        then: What it is compared with.
        metrics: Which; all of them where none is named.
        by: Dimensions to divide by; a metric that lacks one does without.
        most: By how many at once.
        where: Only these rows.
        calendar: Of durations.
        level: Expected share of chance among what is told.

    Raises:
        UnknownNameError: No metric knows what is filtered by; those that do not, where others do, are not compared.
    """
    execute = _one_by_one(execute)
    asked: list[Question | Untested] = []
    refused: list[UnknownNameError] = []
    for metric in tuple(metrics) or tuple(METRICS.values()):
        query = Query(metric.name, start=now.start, end=now.end, where=where, calendar=calendar)
        try:
            asked.append(_asked(scope_of(query, tables, settings, execute), now, then, by))
        except UnfilteredError as error:
            asked.append(Untested(metric, "unfiltered"))
            refused.append(error.why)
    questions = [each for each in asked if isinstance(each, Question)]
    if refused and not questions:
        raise refused[0]
    judged = [each for answer in _answers(questions, execute) for each in _judged(answer, most)]
    return _together(judged, (now, then), level, tuple(each for each in asked if isinstance(each, Untested)))


def _asked(scope: Scope, now: Period, then: Period, by: Sequence[str]) -> Question | Untested:
    """What is asked about one metric, or why nothing is."""
    metric = scope.metric
    if reason := _untestable(metric):
        return Untested(metric, reason)
    if counted_by_day(metric.method) and not _covered(scope, now, then):
        return Untested(metric, "incomplete")
    return question(scope, scope.about(replace(scope.query, start=then.start, end=then.end)), by)


def _untestable(metric: Metric) -> Reason | None:
    """Why nothing of a metric is compared, whatever the data are."""
    if metric.protected:
        return "protected"
    if not comparable(metric.method):
        return "untestable"
    if metric.unsettled and not settled(metric.method):
        return "unsettled"
    return "long_run" if metric.long_run else None


def _covered(scope: Scope, now: Period, then: Period) -> bool:
    """Whether the data reach from end to end: before they began nothing was counted, which is no count of nothing."""
    gap = min(_WEEK, now.end - now.start)
    begun = scope.first_day - min(now.start, then.start) < gap
    return begun and max(now.end, then.end) - scope.last_day <= gap


def _one_by_one(execute: Callable[[Any], pd.DataFrame]) -> Callable[[Any], pd.DataFrame]:
    """Runs one expression at a time: what is looked at may ask the engine, too, while it is at the next question."""
    turn = RLock()

    def run(expression: Any) -> pd.DataFrame:
        with turn:
            return execute(expression)

    return run


def _answers(questions: Sequence[Question], execute: Callable[[Any], pd.DataFrame]) -> Iterator[Comparing]:
    """Each question's answer in its turn: while one is looked at, the engine is already at the next."""
    with ThreadPoolExecutor(1) as engine:
        asked: dict[Any, Future[Fetched]] = {}
        for each in questions:  # one curve read in two ways is one question
            if each.key not in asked:
                asked[each.key] = engine.submit(copy_context().run, each.fetched, execute)
        try:
            for each in questions:
                yield each.answered(asked[each.key].result())
        finally:
            engine.shutdown(cancel_futures=True)


def _judged(of: Comparing, most: int) -> Iterator[_Judged]:
    for grouping in of.found.groupings(most) if len(of.found.rows) else ():
        yield _Judged(of, grouping, of.differ(grouping))


def _together(
    judged: Sequence[_Judged], periods: tuple[Period, Period], level: float, untested: tuple[Untested, ...]
) -> Moved:
    """All comparisons as one family."""
    p = np.concatenate([each.p for each in judged]) if judged else np.zeros(0)
    found = list(_found(judged, q_values(p), level))
    holding = sorted((move for move in found if move.holds), key=lambda move: (move.q, move.p, -abs(_clarity(move))))
    totals = tuple(move for move in found if not _segment(move))
    metrics = {each.of.now.metric.name: each.of for each in judged}
    counts = int(np.isfinite(p).sum()), int(np.isnan(p).sum()), len(metrics)
    return Moved(*periods, tuple(holding), totals, *counts, untested, tuple(_divided(metrics, holding)))


def _found(judged: Sequence[_Judged], q: Floats, level: float) -> Iterator[Move]:
    """Those that the procedure discovers, and all totals."""
    first = 0
    for each in judged:
        own = q[first : first + len(each.p)]
        first += len(each.p)
        figures = Figures(each.of, each.grouping)
        total = set(each.grouping.names) <= set(each.of.found.splits)
        for segment in map(int, np.flatnonzero(np.isfinite(each.p) & ((own <= level) | total))):
            yield _move(figures, segment, float(each.p[segment]), float(own[segment]), level)


def _divided(metrics: Mapping[str, Comparing], holding: Sequence[Move]) -> Iterator[Breakdown]:
    """What the segments contributed to each total that is told."""
    told = {key(move.metric.name, move.where): move for move in holding}
    for name, of in metrics.items():
        yield from breakdowns(of, [m for m in holding if m.metric.name == name and not _segment(m)], told)


def _move(figures: Figures, segment: int, p: float, q: float, level: float) -> Move:
    now, then = figures.both(segment)
    change = figures.change(segment, now, then)
    holds = q <= level and (change.low > 0 or change.high < 0)
    return Move(figures.of.now.metric, figures.grouping.where(segment), now, then, change, p, q, holds)


def _segment(move: Move) -> dict[str, str | None]:
    return {name: value for name, value in move.where.items() if name not in move.metric.splits}


def _clarity(move: Move) -> float:
    width = move.difference.high - move.difference.low
    return move.difference.value / width if width > 0 else 0.0
