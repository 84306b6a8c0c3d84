"""Watching: what is normal, whether the metric still is, and since when it is not.

A watch lasts a year of weeks, with up to a year before it as what is normal; a year without an alert becomes what is
normal for the next. Every week may be looked at: the chance of an alert in a quiet year is at most what the watch
allows (`level_evidence`). The limits (XmR), the running sums (CUSUM) and the changes of level are for the eye, and
alert nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from latido.insights.watch.course import WEEK, Course, Week, course
from latido.insights.watch.declared import YEAR, Restart, Watch, insist
from latido.insights.watch.judged import Judged, judged
from latido.metrics.measurement import Period
from latido.metrics.periods import floor
from latido.stats.change_points import change_points
from latido.stats.cusum import cusum
from latido.stats.estimate import Estimate
from latido.stats.level_evidence import level_evidence
from latido.stats.xmr import XmR, moving_ranges, xmr

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.settings import Settings
    from latido.stats.level_evidence import LevelEvidence

LEAST = 12  # weeks before a watch can begin
FEWEST = 5  # rows of an ordinary week
_TO_SIGMA = 1.128  # mean moving range of normal values, in standard deviations


class State(StrEnum):
    """How it stands with a watch."""

    QUIET = "quiet"
    ALERT = "alert"
    GATHERING = "gathering"  # too few weeks yet to know what is normal
    SPARSE = "sparse"  # too few rows a week to tell anything of a week
    EMPTY = "empty"  # the data say nothing of it


@dataclass(frozen=True)
class Alarm:
    """That a metric has left its course.

    Attributes:
        told: Day after the week after which it was certain enough.
        changed: First day of the week in which the change most likely began.
        earliest: First day of the first week that is plausible.
        latest: First day of the last one.
        rising: Whether the level is higher since.
        before: The figure before the watch; of a count, a week.
        after: The figure since the change, up to `told`.
        evidence: How many times more likely the weeks are with a change than without.
        baseline: The weeks that `before` is about.
    """

    told: date
    changed: date
    earliest: date
    latest: date
    rising: bool
    before: Estimate
    after: Estimate
    evidence: float
    baseline: Period


@dataclass(frozen=True)
class Changed:
    """A change of level that the eye may see, too.

    Attributes:
        week: First day of the first week of the new level.
        first: Earliest week that is plausible.
        last: Latest one.
        rising: Whether the new level is higher.
    """

    week: date
    first: date
    last: date
    rising: bool


@dataclass(frozen=True)
class Drift:
    """A small shift that lasts, as running sums show it.

    Attributes:
        since: First day of the week in which it seems to begin.
        rising: Whether the level is higher since.
    """

    since: date
    rising: bool


@dataclass(frozen=True, eq=False)
class Watched:
    """A watch and what it saw.

    Attributes:
        watch: The watch.
        state: How it stands with it.
        keys: Which of the metric's own splits it is about.
        weeks: The weeks of its baseline, and all since.
        baseline: What is normal; None where that is not known.
        begun: From when on it watches.
        end: Day after the last whole week of the data.
        limits: Natural limits of a week's figure, from the baseline.
        outside: The weeks of the watch outside of them.
        drift: What the running sums show; None for nothing.
        changes: Changes of level since the baseline began.
        alarm: The alert; None where there is none.
        evidence: How many times more likely the weeks are with a change than without; 1 says nothing.
    """

    watch: Watch
    state: State
    keys: Mapping[str, str | None]
    weeks: tuple[Week, ...]
    baseline: Period | None
    begun: date | None
    end: date | None
    limits: XmR
    outside: tuple[date, ...] = ()
    drift: Drift | None = None
    changes: tuple[Changed, ...] = ()
    alarm: Alarm | None = None
    evidence: float = 1.0


@dataclass(frozen=True)
class _Run:
    """A year of a watch, or what there is of it."""

    baseline: Period
    weeks: Period


def watched(
    tables: Mapping[str, Any], settings: Settings, execute: Callable[[Any], pd.DataFrame], watch: Watch
) -> Watched:
    """Look at a watch as the data are.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        watch: The watch.

    Raises:
        UsageError: The metric cannot be watched.
    """
    insist(watch)
    return seen(course(tables, settings, execute, watch), watch)


def seen(found: Course, watch: Watch) -> Watched:
    """Look at a watch, given the course of its metric."""
    if found.end is None:
        return Watched(watch, State.EMPTY, {}, (), None, None, None, xmr([]))
    years = [_year(found, watch, run) for run in _runs(watch, found.weeks[0].start, found.end)]
    return next((year for year in years if year.state is State.ALERT), years[-1])


def _runs(watch: Watch, first: date, end: date) -> Iterator[_Run]:
    """The years of a watch since it was declared, or since somebody saw its last alert."""
    restart = max(watch.restarts, key=lambda one: one.week, default=None)
    baseline, begun = _begun(watch, restart, first)
    begun = max(begun, baseline.start + LEAST * WEEK)
    if baseline.end < baseline.start + LEAST * WEEK:
        baseline = Period(baseline.start, begun)
    yield _Run(baseline, Period(begun, min(begun + YEAR * WEEK, max(end, begun))))
    while begun + YEAR * WEEK < end:
        baseline, begun = Period(begun, begun + YEAR * WEEK), begun + YEAR * WEEK
        yield _Run(baseline, Period(begun, min(begun + YEAR * WEEK, end)))


def _begun(watch: Watch, restart: Restart | None, first: date) -> tuple[Period, date]:
    """What is normal, and from when on is watched."""
    if restart is None:
        begun = floor(watch.since, "week") if watch.since else first + YEAR // 2 * WEEK
        return Period(max(first, begun - YEAR * WEEK), max(begun, first)), begun
    if restart.stays:
        begun = max(restart.week, restart.changed + LEAST * WEEK)
        return Period(max(restart.changed, begun - YEAR * WEEK), begun), begun
    return Period(max(first, restart.changed - YEAR * WEEK), max(restart.changed, first)), restart.week


def _year(found: Course, watch: Watch, run: _Run) -> Watched:
    baseline = Period(
        run.baseline.start, max(run.baseline.end, min(run.weeks.start, run.baseline.start + LEAST * WEEK))
    )
    weeks = found.within(Period(baseline.start, run.weeks.end))
    usual = found.within(baseline)
    limits = xmr([week.figure.value for week in usual])
    shown = (found.keys, weeks, baseline, run.weeks.start, found.end, limits)
    own = judged(found, watch, baseline, run.weeks)
    if usual and np.median([week.figure.n for week in usual]) < FEWEST:
        return Watched(watch, State.SPARSE, *shown)
    if own.known < LEAST:
        return Watched(watch, State.GATHERING, *shown)
    evidence = level_evidence(own.values, own.weights, own.before, alpha=watch.alpha, direction=watch.direction,
                              horizon=YEAR, rho=own.rho, drift=own.drift)  # fmt: skip
    alarm = _alarm(found, baseline, run.weeks.start, evidence, own)
    state = State.ALERT if alarm else State.QUIET
    later = [week for week in weeks if week.start >= run.weeks.start]
    outside = limits.outside([week.figure.value for week in later])
    return Watched(
        watch, state, *shown, tuple(week.start for week, out in zip(later, outside, strict=True) if out),
        _drift(own, later), _changes(own, weeks), alarm, float(evidence.e[-1]) if len(evidence.e) else 1.0,
    )  # fmt: skip


def _alarm(found: Course, baseline: Period, begun: date, evidence: LevelEvidence, own: Judged) -> Alarm | None:
    if (week := evidence.alarm) is None:
        return None
    changed, earliest, latest = (
        begun + int(weeks[week]) * WEEK for weeks in (evidence.since, evidence.earliest, evidence.latest)
    )
    told = begun + (week + 1) * WEEK
    since = own.before + int(evidence.since[week])
    rising = _level(own, slice(since, own.before + week + 1)) > _level(own, slice(0, since))
    before, after = found.figure(baseline), found.figure(Period(changed, told))
    return Alarm(told, changed, earliest, latest, rising, before, after, float(evidence.e[week]), baseline)


def _level(own: Judged, part: slice) -> float:
    weights = own.weights[part]
    return float(np.average(np.nan_to_num(own.values[part]), weights=weights)) if weights.any() else np.nan


def _drift(own: Judged, later: list[Week]) -> Drift | None:
    """What the running sums of the watch's weeks show, against the baseline's level (and slope)."""
    usual = np.where(own.weights > 0, own.values, np.nan)
    rest = usual - _expected(usual, own)
    sigma = float(np.nanmean(moving_ranges(rest[: own.before]))) / _TO_SIGMA
    if not sigma > 0:
        return None
    sums = cusum(rest[own.before :], 0.0, sigma)
    if sums.alarm is None or sums.since is None:
        return None
    return Drift(later[sums.since].start, sums.rising)


def _expected(usual: NDArray[np.float64], own: Judged) -> NDArray[np.float64]:
    week = np.arange(len(usual))
    known = ~np.isnan(usual[: own.before])
    fit = np.polynomial.Polynomial.fit(week[: own.before][known], usual[: own.before][known], int(own.drift))
    return np.asarray(fit(week), dtype=np.float64)


def _changes(own: Judged, weeks: tuple[Week, ...]) -> tuple[Changed, ...]:
    """Changes of level; of a count that may drift none are told, since a drift would be taken for steps."""
    if own.drift:
        return ()
    values = np.where(own.weights > 0, own.values, np.nan)
    return tuple(
        Changed(weeks[one.at].start, weeks[one.low].start, weeks[one.high].start, one.after > one.before)
        for one in change_points(values, own.weights)
    )
