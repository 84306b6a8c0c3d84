"""What a watch is: a metric, a segment, a direction, and how seldom it may be wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from latido.errors import UsageError
from latido.i18n import _
from latido.metrics.engagement import Active
from latido.metrics.methods import Count, Curve, Duration, Mean, Parts, Points, Share, Snapshot
from latido.metrics.metric import Metric
from latido.metrics.query import Condition
from latido.stats.e_process import Direction

Way = Literal["worse", "better", "rise", "fall", "either"]

YEAR = 52  # weeks that a watch lasts before it is begun anew, with those as what is normal
LEVELS = (2, 5, 20, 100)  # years in which one false alarm is to be expected at most
USUAL = 20
_COUNTS = (Count, Parts, Snapshot, Active)
_WATCHED = (Share, Points, Mean, Curve, *_COUNTS)


@dataclass(frozen=True)
class Restart:
    """Somebody has seen an alert, and the watch looks on.

    Attributes:
        week: First day of the first week that is watched again.
        changed: Since when the level was another.
        stays: Whether that is normal now; else what was normal before is normal again.
    """

    week: date
    changed: date
    stays: bool


@dataclass(frozen=True)
class Watch:
    """One watch.

    Attributes:
        name: Its name.
        metric: What it watches.
        where: Filters: the segment.
        way: Which changes count: `worse` or `better` as the metric means it, `rise`, `fall`, or `either`.
        years: One false alarm in so many years at most; the fewer, the sooner a change is told.
        since: From when on it watches; None for half a year after the data begin.
        calendar: Business calendar of durations.
        restarts: When it began again, after an alert.
    """

    name: str
    metric: Metric
    where: tuple[Condition, ...] = ()
    way: Way = "either"
    years: float = USUAL
    since: date | None = None
    calendar: str = "24x7"
    restarts: tuple[Restart, ...] = field(default=())

    @property
    def alpha(self) -> float:
        """Chance of a false alarm in a year."""
        return 1 / self.years

    @property
    def direction(self) -> Direction:
        """Which way the figure moves when it counts."""
        if self.way in {"worse", "better"}:
            return "rise" if (self.way == "better") == (self.metric.better == "higher") else "fall"
        return "both" if self.way == "either" else "rise" if self.way == "rise" else "fall"


def counted(metric: Metric) -> bool:
    """Whether the metric counts, and so grows with the company: a steady drift is no change then."""
    return isinstance(metric.method, _COUNTS)


def by_week(metric: Metric) -> bool:
    """Whether a figure depends on how long the span is, so that only figures of weeks can be compared."""
    return counted(metric) or metric.time is None


def watchable(metric: Metric) -> bool:
    """Whether a metric has a course of weeks that can be watched."""
    unfit = metric.protected or metric.long_run or metric.unsettled
    return isinstance(metric.method, _WATCHED) and not unfit


def timed(metric: Metric) -> bool:
    """Whether the figure is how long something took, or has been waited for."""
    return type(metric.method) is Duration


def insist(watch: Watch) -> None:
    """Refuse a watch that cannot be.

    Raises:
        UsageError: The metric cannot be watched, or has no better and worse.
    """
    if not watchable(watch.metric):
        raise UsageError(
            _("{metric} cannot be watched.", metric=watch.metric.label),
            _("It protects people, divides into parts, needs a long follow-up, or its latest weeks are not settled."),
        )
    if watch.way in {"worse", "better"} and watch.metric.better is None:
        raise UsageError(
            _("{metric} has no better and worse.", metric=watch.metric.label), _("Choose rise, fall or either.")
        )
