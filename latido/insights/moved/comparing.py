"""Whether each segment of a metric differs between two periods: one p-value each, by the metric's method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr

from latido.metrics.ces import Effort
from latido.metrics.first_contact_resolution import ResolvedAtOnce
from latido.metrics.methods import Count, Curve, Duration, Mean, Parts, Points, Rate, Share
from latido.metrics.methods.often import Often
from latido.stats.two_samples import Means, counts_differ, means_differ, shares_left_differ

if TYPE_CHECKING:
    from latido.insights.moved.segments import Codes, Finest, Floats, Grouping
    from latido.metrics.metric import Method
    from latido.metrics.scope import Scope

LEAST = 30  # values in each period; below it no test keeps what it promises
_FEW_EVENTS = 20  # in both periods together
_WEEK = 7
_NOBODY = 1e-12  # of those at risk
_ENDED = -50.0  # log S once everybody has ended
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
_CURVES = (Duration, Curve)
_COUNTS = (Count, Parts)


def counted_by_day(method: Method) -> bool:
    """Whether the method counts events, whose spread from week to week is needed."""
    return type(method) in _COUNTS


def comparable(method: Method) -> bool:
    """Whether single segments can be compared; a census, a composition or a model has no test of its own."""
    return type(method) in {*_MEANS, *_CURVES, *_COUNTS, Rate}


def compared(found: Finest, grouping: Grouping, now: Scope, then: Scope) -> tuple[Floats, Floats]:
    """How many values each segment has in each period, and the p-value of its difference.

    Returns:
        n by segment and side; p, NaN where there are too few values to test.
    """
    method = now.metric.method
    if type(method) in _COUNTS:
        return _counts(found, grouping, now, then)
    if type(method) is Rate:
        k, exposure = grouping.sums["k_value"], grouping.sums["exposure"]
        p = counts_differ(k[:, 0], k[:, 1], exposure[:, 0], exposure[:, 1])
        return k, np.where(k.sum(axis=1) >= _FEW_EVENTS, p, np.nan)
    if type(method) in _CURVES:
        return _curves(found, grouping, now)
    return _means(_MEANS[type(method)], grouping, _least(now))


def _least(scope: Scope) -> int:
    """How many values each side needs: for a test to hold, and for the figure to be shown at all."""
    return max(LEAST, scope.settings.min_n, scope.metric.min_n)


def _means(scale: _Scale, grouping: Grouping, least: int) -> tuple[Floats, Floats]:
    n, total, squares = scale.sums(grouping.sums)
    now, then = (_sample(grouping, n[:, side], total[:, side], squares[:, side], side) for side in (0, 1))
    p = means_differ(now, then, scale.ends)
    return n, np.where(n.min(axis=1) >= least, p, np.nan)


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


def _counts(found: Finest, grouping: Grouping, now: Scope, then: Scope) -> tuple[Floats, Floats]:
    """Exact Poisson, and by the spread from week to week where events come in bursts: the less surprising counts."""
    n = grouping.sums["n"]
    lengths = [(scope.periods[0].end - scope.periods[0].start).days for scope in (now, then)]
    p = counts_differ(n[:, 0], n[:, 1], lengths[0], lengths[1])
    spread = [_weekly(found, grouping, scope, side) for side, scope in enumerate((now, then))]
    if all(weeks >= _FEW_WEEKS for _mean, _variance, weeks in spread):
        (m, u, f), (k, v, g) = spread
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (m - k) / np.sqrt(u / f + v / g)
            degrees = (u / f + v / g) ** 2 / ((u / f) ** 2 / (f - 1) + (v / g) ** 2 / (g - 1))
            p = np.fmax(p, 2 * stdtr(degrees, -np.abs(t)))
    return n, np.where(n.sum(axis=1) >= _FEW_EVENTS, p, np.nan)


def _weekly(found: Finest, grouping: Grouping, scope: Scope, side: int) -> tuple[Floats, Floats, int]:
    """Mean and variance of a segment's events a week, over the whole weeks of the period."""
    period = scope.periods[0]
    weeks = (period.end - period.start).days // _WEEK
    rows = found.rows
    if "_day" not in rows or not weeks:
        return np.zeros(len(grouping)), np.zeros(len(grouping)), 0
    first = np.datetime64(period.start, "D")
    week = (rows["_day"].to_numpy().astype("datetime64[D]") - first).astype(np.int64) // _WEEK
    own = (grouping.place >= 0) & (rows["_side"].to_numpy() == side) & (week >= 0) & (week < weeks)
    counts = np.bincount(
        grouping.place[own] * weeks + week[own], rows["n"].to_numpy(float)[own], len(grouping) * weeks
    ).reshape(-1, weeks)
    return counts.mean(axis=1), counts.var(axis=1, ddof=1) if weeks > 1 else np.zeros(len(grouping)), weeks


def _curves(found: Finest, grouping: Grouping, scope: Scope) -> tuple[Floats, Floats]:
    """At the time by which half of both periods together have had the event, or the one that the metric reads."""
    rows, own = found.rows, grouping.place >= 0
    method = scope.metric.method
    assert isinstance(method, Curve)  # noqa: S101 - chosen by its type
    times, t = np.unique(method.times(rows, scope)[own], return_inverse=True)
    place, side = grouping.place[own], rows["_side"].to_numpy()[own]
    n, k = (rows[name].to_numpy(float)[own] for name in ("n", "k"))
    both = _survival(place, t, n, k, len(times))
    if type(method) is Duration:
        at = both.half(len(grouping))
    else:
        at = np.full(len(grouping), _last_before(times, method, scope))
    sides = _survival(place * 2 + side, t, n, k, len(times))
    read = sides.read(np.repeat(at, 2))
    survival, greenwood = (values.reshape(-1, 2) for values in read)
    p = shares_left_differ((survival[:, 0], greenwood[:, 0]), (survival[:, 1], greenwood[:, 1]))
    total = grouping.sums["n"]
    return total, np.where(total.min(axis=1) >= _least(scope), p, np.nan)


def _last_before(times: Floats, method: Curve, scope: Scope) -> int:
    """Place of the last time up to the one at which the metric reads its curve."""
    return int(np.searchsorted(times, next(iter(method.read_at(scope).values())), side="right")) - 1


@dataclass(frozen=True, eq=False)
class _Survival:
    """Kaplan–Meier of many groups at once: one row a distinct time of a group."""

    key: Codes  # group · times + time, ascending
    group: Codes
    log: Floats  # log S
    greenwood: Floats
    times: int

    def half(self, groups: int) -> Codes:
        """Of each group, the first time at which half of it has had the event; its last where it never has."""
        reached = self.log <= np.log(0.5) + 1e-12
        at = np.full(groups, self.times - 1)
        first = np.unique(self.group[reached], return_index=True)
        at[first[0]] = (self.key[reached] % self.times)[first[1]]
        return at

    def read(self, at: Codes) -> tuple[Floats, Floats]:
        """S and Greenwood's sum of each group at a time of its own."""
        row = np.searchsorted(self.key, np.arange(len(at)) * self.times + at, side="right") - 1
        theirs = (row >= 0) & (self.group[np.maximum(row, 0)] == np.arange(len(at)))
        return np.where(theirs, np.exp(self.log[row]), 1.0), np.where(theirs, self.greenwood[row], 0.0)


def _survival(group: Codes, time: Codes, n: Floats, k: Floats, times: int) -> _Survival:
    key, inverse = np.unique(group * times + time, return_inverse=True)
    n, k = (np.asarray(np.bincount(inverse, x), dtype=float) for x in (n, k))
    group = key // times
    whole = np.bincount(group, n)
    before = np.cumsum(n) - n
    start = np.searchsorted(group, group)
    risk = whole[group] - (before - before[start])
    left = risk - k
    gone = left <= _NOBODY * risk
    # Once nobody is left the logarithm has no end: a finite one, so that the next groups' sums keep their digits.
    log = np.where(gone, _ENDED, np.log(np.where(gone, 1, left) / risk))
    greenwood = np.where(gone, 0, k / (risk * np.where(gone, 1, left)))
    return _Survival(key, group, _within(log, start), _within(greenwood, start), times)


def _within(steps: Floats, start: Codes) -> Floats:
    """Running sums that begin anew with each group."""
    total = np.cumsum(steps)
    return total - (total[start] - steps[start])
