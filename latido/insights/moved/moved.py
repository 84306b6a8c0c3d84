"""What moved: every metric and segment of one period against another, judged together.

Each difference has a p-value by the metric's own method, all of them are one family, and of those
that Benjamini & Hochberg's procedure calls discoveries only the ones are told whose own interval
leaves out zero. So where nothing moved, nothing is told in 95 of 100 periods, however many
segments there are; where something did, at most one in twenty of what is told is chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from latido.insights.moved.cells import Question, question
from latido.insights.moved.comparing import Comparing, comparable
from latido.insights.moved.figures import Figures
from latido.metrics.catalog import METRICS
from latido.metrics.measure import scope_of
from latido.metrics.measurement import Period
from latido.metrics.query import Query
from latido.stats.difference import difference
from latido.stats.discovery import q_values

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from latido.insights.moved.segments import Grouping
    from latido.insights.moved.sums import Floats
    from latido.metrics.metric import Metric
    from latido.metrics.query import Condition
    from latido.metrics.settings import Settings
    from latido.stats.estimate import Estimate

BY = ("channel", "team", "priority", "topic", "segment", "country")
LEVEL = 0.05


@dataclass(frozen=True)
class Move:
    """One segment of a metric in two periods.

    Attributes:
        metric: The metric.
        where: What the segment is, by dimension; empty for all rows. A metric's own splits are among them.
        now: The figure.
        then: What it is compared with.
        difference: Now minus then, with its interval.
        p: How surprising a difference like this is where there is none.
        q: The share of chance to be expected among all that are at least as clear.
        holds: Whether it is told as a change.
    """

    metric: Metric
    where: Mapping[str, str | None]
    now: Estimate
    then: Estimate
    difference: Estimate
    p: float
    q: float
    holds: bool


@dataclass(frozen=True)
class Moved:
    """What moved between two periods.

    Attributes:
        now: The period.
        then: What it is compared with.
        moves: The differences that are told, the clearest first.
        totals: Each metric as a whole, told or not.
        compared: How many differences were judged together.
        small: How many segments had too few values to be compared.
        metrics: How many metrics were compared.
        untested: Metrics whose segments have no test: a census, a composition, a long follow-up.
    """

    now: Period
    then: Period
    moves: tuple[Move, ...]
    totals: tuple[Move, ...]
    compared: int
    small: int
    metrics: int
    untested: tuple[Metric, ...] = ()

    @property
    def leading(self) -> tuple[Move, ...]:
        """Of each metric the clearest segments, without those that contain one of these or lie within it."""
        told: list[Move] = []
        for move in self.moves:
            if not any(_echoes(move, other) for other in told):
                told.append(move)
        return tuple(told)

    def records(self) -> list[dict[str, Any]]:
        """One flat record per change that is told, for tables and exports."""
        return [_record(move) for move in self.moves]

    def to_pandas(self) -> pd.DataFrame:
        """One row per change that is told."""
        import pandas as pd  # noqa: PLC0415 - needed for this alone

        return pd.DataFrame(self.records())


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
    """
    asked = tuple(metrics) or tuple(METRICS.values())
    tested = [metric for metric in asked if _testable(metric)]
    questions = []
    for metric in tested:
        query = Query(metric.name, start=now.start, end=now.end, where=where, calendar=calendar)
        scope = scope_of(query, tables, settings, execute)
        questions.append(question(scope, scope.about(replace(query, start=then.start, end=then.end)), by))
    judged = [each for answer in _answers(questions, execute) for each in _judged(answer, most)]
    return _together(judged, (now, then), level, tuple(metric for metric in asked if metric not in tested))


def _answers(questions: Sequence[Question], execute: Callable[[Any], pd.DataFrame]) -> Iterator[Comparing]:
    """Each question's answer in its turn: while one is looked at, the engine is already at the next."""
    with ThreadPoolExecutor(1) as engine:
        asked = [engine.submit(copy_context().run, question.fetched, execute) for question in questions]
        try:
            for each, answer in zip(questions, asked, strict=True):
                yield each.answered(answer.result())
        finally:
            engine.shutdown(cancel_futures=True)


def _together(
    judged: Sequence[_Judged], periods: tuple[Period, Period], level: float, untested: tuple[Metric, ...]
) -> Moved:
    """All comparisons as one family."""
    p = np.concatenate([each.p for each in judged]) if judged else np.zeros(0)
    told = list(_told(judged, q_values(p), level))
    holding = sorted((move for move in told if move.holds), key=lambda move: (move.q, move.p, -abs(_clarity(move))))
    totals = tuple(move for move in told if not _segment(move))
    metrics = {each.of.now.metric.name for each in judged}
    counts = int(np.isfinite(p).sum()), int(np.isnan(p).sum()), len(metrics)
    return Moved(*periods, tuple(holding), totals, *counts, untested)


def _testable(metric: Metric) -> bool:
    return comparable(metric.method) and not metric.long_run and not metric.protected


def _judged(of: Comparing, most: int) -> Iterator[_Judged]:
    for grouping in of.found.groupings(most) if len(of.found.rows) else ():
        yield _Judged(of, grouping, of.differ(grouping))


def _told(judged: Sequence[_Judged], q: Floats, level: float) -> Iterator[Move]:
    """Those that the procedure discovers, and all totals."""
    first = 0
    for each in judged:
        own = q[first : first + len(each.p)]
        first += len(each.p)
        figures = Figures(each.of, each.grouping)
        total = set(each.grouping.names) <= set(each.of.found.splits)
        for segment in map(int, np.flatnonzero(np.isfinite(each.p) & ((own <= level) | total))):
            yield _move(figures, segment, float(each.p[segment]), float(own[segment]), level)


def _move(figures: Figures, segment: int, p: float, q: float, level: float) -> Move:
    now, then = figures.both(segment)
    change = difference(now, then)
    holds = q <= level and (change.low > 0 or change.high < 0)
    return Move(figures.of.now.metric, figures.grouping.where(segment), now, then, change, p, q, holds)


def _segment(move: Move) -> dict[str, str | None]:
    return {name: value for name, value in move.where.items() if name not in move.metric.splits}


def _record(move: Move) -> dict[str, Any]:
    where = " ".join(f"{name}={'' if value is None else value}" for name, value in move.where.items())
    change = move.difference
    return {
        "metric": move.metric.name, "where": where, "before": move.then.value, "now": move.now.value,
        "change": change.value, "low": change.low, "high": change.high, "p": move.p, "q": move.q,
        "n_before": move.then.n, "n": move.now.n,
    }  # fmt: skip


def _echoes(move: Move, clearer: Move) -> bool:
    """Whether a move repeats a clearer one of the same metric: one's segment lies within the other's."""
    mine, other = (set(each.where.items()) for each in (move, clearer))
    return move.metric.name == clearer.metric.name and (mine <= other or other <= mine)


def _clarity(move: Move) -> float:
    width = move.difference.high - move.difference.low
    return move.difference.value / width if width > 0 else 0.0
