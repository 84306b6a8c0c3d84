"""Whether each segment of a metric differs between two periods: one p-value each, by the metric's method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from latido.insights.moved.waits import Waits
from latido.metrics.ces import Effort
from latido.metrics.first_contact_resolution import ResolvedAtOnce
from latido.metrics.methods import Count, Curve, Duration, Mean, Parts, Points, Rate, Share
from latido.metrics.methods.clusters import SUMS
from latido.metrics.methods.often import Often
from latido.stats.clusters import pooled_design_effect
from latido.stats.two_samples import Means, counts_differ, means_differ, shares_left_differ

if TYPE_CHECKING:
    from latido.insights.moved.segments import Finest, Grouping
    from latido.insights.moved.sums import Codes, Floats
    from latido.metrics.metric import Method
    from latido.metrics.scope import Scope

LEAST = 30  # values in each period; below it no test keeps what it promises
_FEW_EVENTS = 20  # in both periods together
_WEEK = 7
_FEW_WEEKS = 4  # fewer tell nothing of a spread


@dataclass(frozen=True)
class _Scale:
    """How a method's sums give n, Σx and Σx², and the scale of its values."""

    sums: Callable[[Mapping[str, Floats]], tuple[Floats, Floats, Floats]]
    ends: tuple[float, float] | None = None


_MEANS: dict[type[Method], _Scale] = {
    Share: _Scale(lambda s: (s["n"], s["k"], s["k"]), (0, 1)),
    Often: _Scale(lambda s: (s["n"], s["k"], s["k"]), (0, 1)),
    ResolvedAtOnce: _Scale(lambda s: (s["n"], s["at_once"], s["at_once"]), (0, 1)),
    Points: _Scale(
        lambda s: (s["n"], 100 * (s["promoters"] - s["detractors"]), 1e4 * (s["promoters"] + s["detractors"])),
        (-100, 100),
    ),
    Mean: _Scale(lambda s: (s["n_value"], s["t_value"], s["q_value"])),
    Effort: _Scale(lambda s: (s["n"], s["t"], s["q"])),
}
# Where what is not finished yet counts as a failure: the same, of what is finished alone.
_SETTLED: dict[type[Method], _Scale] = {
    ResolvedAtOnce: _Scale(lambda s: (s["k"], s["at_once"], s["at_once"]), (0, 1)),
}
_CURVES = (Duration, Curve)
_COUNTS = (Count, Parts)


def counted_by_day(method: Method) -> bool:
    """Whether the method counts events, whose spread from week to week is needed."""
    return type(method) in _COUNTS


def timed(method: Method) -> bool:
    """Whether the method reads a curve of waiting times."""
    return type(method) in _CURVES


def comparable(method: Method) -> bool:
    """Whether single segments can be compared; a census, a composition or a model has no test of its own."""
    return type(method) in {*_MEANS, *_CURVES, *_COUNTS, Rate}


def settled(method: Method) -> bool:
    """Whether periods can be compared by what is finished in them alone."""
    return type(method) in _SETTLED


def weights(method: Method, sums: Mapping[str, Floats]) -> Floats | None:
    """What each segment counts in the total, of which its figure is then a part; None where it is no such part.

    Answers for means, shares and points, exposure for rates; a count is its own part, and a median no sum at all.
    """
    if type(method) in _MEANS:
        return _MEANS[type(method)].sums(sums)[0]
    return sums["exposure"] if type(method) is Rate else None


@dataclass(frozen=True, eq=False)
class Comparing:
    """One metric in two periods.

    Attributes:
        found: Its finest cells.
        now: The question about this period.
        then: The same about the period to compare with.
        alike: By cell, how alike the waits of one ticket are; None where it has one at most.
    """

    found: Finest
    now: Scope
    then: Scope
    alike: Finest | None = None

    @property
    def method(self) -> Method:
        """The metric's statistic."""
        return self.now.metric.method

    def differ(self, grouping: Grouping) -> Floats:
        """The p-value of each segment's difference, NaN where there are too few values to test."""
        kind = type(self.method)
        if kind in _COUNTS:
            return self._counts(grouping)
        if kind is Rate:
            k, exposure = grouping.sums["k_value"], grouping.sums["exposure"]
            p = counts_differ(k[:, 0], k[:, 1], exposure[:, 0], exposure[:, 1])
            return np.where(k.sum(axis=1) >= _FEW_EVENTS, p, np.nan)
        return self._curves(grouping) if kind in _CURVES else self._means(grouping)

    @cached_property
    def waits(self) -> Waits:
        """The waiting times, of a metric that has some."""
        return Waits(self.found)

    @property
    def shown_from(self) -> int:
        """Of how many values a figure is shown."""
        return max(self.now.settings.min_n, self.now.metric.min_n)

    @property
    def _least(self) -> int:
        """How many values each side needs: for a test to hold, and for the figure to be shown at all."""
        return max(LEAST, self.shown_from)

    def _means(self, grouping: Grouping) -> Floats:
        """By the weaker evidence, where the method has two readings: the unfinished count against the latest."""
        kind = type(self.method)
        p = self._by_means(grouping, _MEANS[kind])
        return np.maximum(p, self._by_means(grouping, _SETTLED[kind])) if settled(self.method) else p

    def _by_means(self, grouping: Grouping, scale: _Scale) -> Floats:
        n, total, squares = scale.sums(grouping.sums)
        now, then = (_sample(grouping, n[:, side], total[:, side], squares[:, side], side) for side in (0, 1))
        return np.where(n.min(axis=1) >= self._least, means_differ(now, then, scale.ends), np.nan)

    def _curves(self, grouping: Grouping) -> Floats:
        """At the time by which half of both periods together have had the event, or the one that the metric reads."""
        steps = self.waits.steps(grouping.place, len(grouping))
        row = steps.half() if type(self.method) is Duration else steps.at(self._read)
        p = shares_left_differ(*steps.read(row, self._effect(grouping)))
        return np.where(grouping.sums["n"].min(axis=1) >= self._least, p, np.nan)

    def _effect(self, grouping: Grouping) -> Floats:
        """How many waits of each segment say no more than one."""
        effect = np.ones(len(grouping))
        if self.alike is not None:
            own = self.alike.grouping([name for name in grouping.names if name not in self.alike.splits])
            place = {keys: segment for segment, keys in enumerate(grouping.keys)}
            # A ticket lies in one cell, so that what is alike in a segment is the sum of its cells.
            effect[[place[keys] for keys in own.keys]] = pooled_design_effect(*(own.sums[name] for name in SUMS))
        return effect

    @cached_property
    def _read(self) -> int:
        """Place of the last time up to the one at which the metric reads its curve."""
        method = self.method
        assert isinstance(method, Curve)  # noqa: S101 - chosen by its type
        times = method.times(pd.DataFrame({"_t": self.waits.times}), self.now)
        return int(np.searchsorted(times, next(iter(method.read_at(self.now).values())), side="right")) - 1

    def _counts(self, grouping: Grouping) -> Floats:
        """Exact Poisson, and by the spread from week to week where events come in bursts: the less surprising one."""
        n = grouping.sums["n"]
        lengths = [(scope.periods[0].end - scope.periods[0].start).days for scope in (self.now, self.then)]
        p = counts_differ(n[:, 0], n[:, 1], lengths[0], lengths[1])
        if spread := self._bursts(grouping):
            t, degrees = spread
            p = np.fmax(p, 2 * stdtr(degrees, -np.abs(t)))
        return np.where(n.sum(axis=1) >= _FEW_EVENTS, p, np.nan)

    def reaches(self, grouping: Grouping) -> Floats | None:
        """How far the interval of each segment's difference reaches by the spread from week to week.

        So far that it leaves out zero exactly where the test does; NaN where the weeks say nothing of it.

        Returns:
            None where values do not come in weeks, and their own intervals say it all.
        """
        spread = self._bursts(grouping) if type(self.method) in _COUNTS else None
        if spread is None:
            return None
        t, degrees = spread
        change = np.abs(grouping.sums["n"][:, 0] - grouping.sums["n"][:, 1])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(stdtrit(degrees, 0.975) * change / np.abs(t), dtype=float)

    def _bursts(self, grouping: Grouping) -> tuple[Floats, Floats] | None:
        """Welch's t of the events a week, and its degrees of freedom; None where there are too few weeks."""
        spread = [_spread(weeks, grouping.place, len(grouping)) for weeks in self._weeks]
        if any(weeks < _FEW_WEEKS for _mean, _variance, weeks in spread):
            return None
        (m, u, f), (k, v, g) = spread
        with np.errstate(divide="ignore", invalid="ignore"):
            degrees = (u / f + v / g) ** 2 / ((u / f) ** 2 / (f - 1) + (v / g) ** 2 / (g - 1))
            return (m - k) / np.sqrt(u / f + v / g), degrees

    @cached_property
    def _weeks(self) -> tuple[Floats, Floats]:
        """Events of each cell by whole week of either period."""
        return _by_week(self.found, self.now, 0), _by_week(self.found, self.then, 1)


def _sample(grouping: Grouping, n: Floats, total: Floats, squares: Floats, side: int) -> Means:
    if "c_n" not in grouping.sums:
        return Means(n, total, squares, n, np.zeros_like(n))
    c = {name: values[:, side] for name, values in grouping.sums.items() if name.startswith("c_")}
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = c["c_total"] / c["c_n"]
    between = np.maximum(c["c_totals"] - 2 * mean * c["c_cross"] + mean**2 * c["c_sizes"], 0)
    # `value` may be on another scale than the sums (a share of 0/1): the design effect has none.
    with np.errstate(divide="ignore", invalid="ignore"):
        units = (squares - total**2 / n) / (c["c_squares"] - c["c_total"] ** 2 / c["c_n"])
    return Means(n, total, squares, c["c_clusters"], between * np.nan_to_num(units, nan=1.0, posinf=1.0))


def _by_week(found: Finest, scope: Scope, side: int) -> Floats:
    period = scope.periods[0]
    weeks = (period.end - period.start).days // _WEEK
    if "_day" not in found.rows or not weeks:
        return np.zeros((found.cells, 0))
    first = np.datetime64(period.start, "D")
    week = (found.rows["_day"].to_numpy().astype("datetime64[D]") - first).astype(np.int64) // _WEEK
    own = (found.side == side) & (week >= 0) & (week < weeks)
    at = found.cell[own] * weeks + week[own]
    counts = np.bincount(at, found.values("n")[own], found.cells * weeks)
    return np.asarray(counts, dtype=float).reshape(-1, weeks)


def _spread(weeks: Floats, place: Codes, segments: int) -> tuple[Floats, Floats, int]:
    """Mean and variance of each segment's events a week, and over how many weeks."""
    count = weeks.shape[1]
    if not count:
        return np.zeros(segments), np.zeros(segments), 0
    known = place >= 0
    at = (place[known, None] * count + np.arange(count)).ravel()
    counts = np.bincount(at, weeks[known].ravel(), segments * count).reshape(-1, count)
    return counts.mean(axis=1), counts.var(axis=1, ddof=1) if count > 1 else np.zeros(segments), count
