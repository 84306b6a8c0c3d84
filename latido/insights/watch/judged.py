"""What a watch judges: one value a week, on a scale on which weeks can be compared, and how much each counts.

Shares, scores and means as they are. Counts by their square root, on which a count of 20 and one of 2,000 scatter
alike. Times by how long was waited compared with the weeks before the watch: the chance that one of this week waited
longer than one of those. Medians of few and uneven waits jump; this does not, and it misses no shift of the tail.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latido.insights.watch.course import Course, Waits, Week
from latido.insights.watch.declared import Watch, counted, timed
from latido.metrics.measurement import Period
from latido.stats.critical import normal
from latido.stats.estimate import Estimate
from latido.stats.level_evidence import persistence, spread_between
from latido.stats.survival import SurvivalCurve, kaplan_meier

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_OF_RANKS = 1 / 12  # variance of one rank, evenly spread over 0…1


@dataclass(frozen=True, eq=False)
class Judged:
    """The values of some weeks.

    Attributes:
        values: One a week; NaN where a week has none.
        weights: How much each counts, 0 for weeks that are left out.
        before: How many are from before the watch.
        rho: How much neighbouring weeks resembled each other before it.
        drift: Whether a steady rise or fall is no change.
    """

    values: Floats
    weights: Floats
    before: int
    rho: float
    drift: bool

    @property
    def known(self) -> int:
        """How many weeks before the watch say anything."""
        return int(np.count_nonzero(self.weights[: self.before] > 0))


def judged(course: Course, watch: Watch, baseline: Period, begun: Period) -> Judged:
    """The weeks from a baseline on.

    Args:
        course: All weeks.
        watch: What is watched.
        baseline: What is normal; weeks between it and the watch are left out.
        begun: The weeks that are watched.
    """
    weeks = course.within(Period(baseline.start, begun.end))
    own = np.array([baseline.start <= week.start < baseline.end for week in weeks], dtype=bool)
    left = np.array([baseline.end <= week.start < begun.start for week in weeks], dtype=bool)
    values, variances = _values(course, watch, weeks, own)
    between = spread_between(values[own], variances[own])
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.where(np.isnan(values) | left, 0.0, 1 / (variances + between))
    weights = np.nan_to_num(weights, posinf=0.0)
    drift = counted(watch.metric)
    rho = persistence(values[own], weights[own], drift=drift)
    return Judged(values, weights, int(np.count_nonzero(own | left)), rho, drift)


def _values(course: Course, watch: Watch, weeks: tuple[Week, ...], own: Flags) -> tuple[Floats, Floats]:
    """The values, and the variance that each has by its number of rows alone."""
    figures = [week.figure for week in weeks]
    if counted(watch.metric):
        values = np.sqrt(np.maximum([figure.value for figure in figures], 0.0))
        return values, np.ones(len(values))
    n = np.array([figure.n for figure in figures], dtype=float)
    if timed(watch.metric):
        return _ranks(course, weeks, own), _per(n, _OF_RANKS)
    values = np.array([figure.value if isfinite(figure.value) else np.nan for figure in figures])
    return values, _per(n, _of_one([figure for figure, mine in zip(figures, own, strict=True) if mine]))


def _per(n: Floats, one: float) -> Floats:
    """Variance of a week's value, given that of one row's."""
    with np.errstate(divide="ignore"):
        return np.where(n > 0, one / n, np.inf)


def _of_one(figures: list[Estimate]) -> float:
    """Variance of one row, as the intervals before the watch have it; 1 where they say nothing."""
    reaches = np.array([(f.high - f.low) / 2 / normal(f.confidence) for f in figures], dtype=float)
    each = np.array([f.n for f in figures], dtype=float) * reaches**2
    each = each[np.isfinite(each) & (each > 0)]
    return float(np.median(each)) if len(each) else 1.0


def _ranks(course: Course, weeks: tuple[Week, ...], own: Flags) -> Floats:
    """The mean rank of each week's waits among those of the baseline: ½ where they are alike."""
    theirs = [course.waits.get(week.start) for week in weeks]
    usual = _joined([waits for waits, mine in zip(theirs, own, strict=True) if mine and waits])
    if usual is None:
        return np.full(len(weeks), np.nan)
    return np.array([_rank(waits, usual) if waits else np.nan for waits in theirs], dtype=float)


def _joined(waits: list[Waits]) -> SurvivalCurve | None:
    if not waits:
        return None
    times, ended, censored = (np.concatenate(parts) for parts in zip(*waits, strict=True))
    return kaplan_meier(times, ended, censored)


def _rank(waits: Waits, usual: SurvivalCurve) -> float:
    """Who still waits gets the mean rank of those who waited longer."""
    after = _survival(usual, waits.times, "right")
    score = waits.ended @ (1 - (after + _survival(usual, waits.times, "left")) / 2) + waits.censored @ (1 - after / 2)
    n = float(waits.ended.sum() + waits.censored.sum())
    return float(score) / n if n else np.nan


def _survival(curve: SurvivalCurve, times: Floats, side: Literal["left", "right"]) -> Floats:
    """The share that waits longer than each time, or as long as it."""
    return np.concatenate([[1.0], curve.survival])[np.searchsorted(curve.times, times, side=side)]
