"""Teams over weeks: what goes together in the same team from week to week, at once or some weeks later.

Three things make series go together that have nothing to do with each other: some teams always have
more of both; both drift over the years; and both follow the same seasons. So of each metric its team's
mean, the week's mean over all teams, and its team's straight line are taken out, and what is left is
ranked within each team. Where there is one team alone, waves of a year and of half a year are taken out
instead of the week's mean. And one week resembles the next, so that n weeks are worth fewer
(`latido.stats.lags`); and what is taken out of the week leaves of T teams only T − 1 that are free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atanh, isnan, sqrt, tanh
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from latido.stats.association import Association, fisher
from latido.stats.estimate import NAN, unknown
from latido.stats.lags import Lag, lagged
from latido.stats.moments import Floats

if TYPE_CHECKING:
    from collections.abc import Callable

    from latido.metrics.units import Units

LEAST = 12  # weeks of a team that counts
_YEAR = 365.25 / 7
_ROUNDS = 5  # of taking out the means of teams and weeks where some are missing
_NEARLY_ONE = 1 - 1e-12
_METHOD = "effective_n"


@dataclass(frozen=True, eq=False)
class Panel:
    """Each metric as teams × weeks.

    Attributes:
        usual: What is over and above what is usual for the team and the week, plus the metric's mean; NaN
            where there is nothing.
        ranks: The same less each team's straight line, ranked within the team.
        teams: Their names.
        weeks: How many weeks there are.
    """

    usual: Mapping[str, Floats]
    ranks: Mapping[str, Floats]
    teams: tuple[str, ...]
    weeks: int

    def at(self, first: str, second: str, lags: Sequence[int]) -> tuple[Association, ...]:
        """The correlation of two metrics within teams, at each lag."""
        x, y = self.ranks[first], self.ranks[second]
        found = [lagged(a, b, lags, trend=True) for a, b in zip(x, y, strict=True)]
        return tuple(_together(each, len(self.teams)) for each in zip(*found, strict=True)) if found else ()

    def known(self, first: str, second: str) -> Any:
        """Where both are known."""
        return ~np.isnan(self.usual[first]) & ~np.isnan(self.usual[second])


def panel(found: Units, execute: Callable[[Any], pd.DataFrame]) -> Panel:
    """Fetch the weeks of each team."""
    columns = {each.name: found.columns[each.name] for each in found.variables}
    frame = execute(found.rows.select("team", "week", *columns.values()))
    frame["week"] = pd.to_datetime(frame.week)
    counts = frame.team.value_counts()
    teams = tuple(sorted(counts[counts >= LEAST].index))
    if not teams:
        return Panel(dict.fromkeys(columns, np.zeros((0, 0))), dict.fromkeys(columns, np.zeros((0, 0))), (), 0)
    frame = frame[frame.team.isin(teams)]
    weeks = pd.date_range(frame.week.min(), frame.week.max(), freq="7D")
    whole = frame.set_index(["team", "week"]).reindex(pd.MultiIndex.from_product([teams, weeks]))
    shape = (len(teams), len(weeks))
    usual = {name: _usual(whole[column].to_numpy(float).reshape(shape)) for name, column in columns.items()}
    return Panel(usual, {name: _ranks(values) for name, values in usual.items()}, teams, len(weeks))


def _usual(values: Floats) -> Floats:
    """A metric less the means of teams and of weeks, plus its own mean."""
    left = values
    with np.errstate(invalid="ignore"):
        for _round in range(_ROUNDS if len(values) > 1 else 1):
            left = left - _mean(left, 1)
            left = left - _mean(left, 0) if len(values) > 1 else _without(left[0], _seasons(left.shape[1]))[None]
    known = ~np.isnan(values)
    return left + (values[known].mean() if known.any() else 0.0)


def _mean(values: Floats, axis: int) -> Floats:
    known = ~np.isnan(values)
    count = known.sum(axis=axis, keepdims=True)
    total = np.where(known, values, 0.0).sum(axis=axis, keepdims=True)
    return np.asarray(np.divide(total, count, out=np.zeros_like(total), where=count > 0), dtype=np.float64)


def _ranks(values: Floats) -> Floats:
    return np.stack([_ranked(series) for series in values])


def _ranked(series: Floats) -> Floats:
    """The ranks of what a series is above or below its own straight line."""
    known = ~np.isnan(series)
    ranks = np.full(series.shape, NAN)
    if known.sum() < LEAST:
        return ranks
    left = _without(series, np.ones((len(series), 1)))
    # What is only rounding is the same rank.
    ranks[known] = rankdata(np.round(left[known], 9))
    return ranks


def _without(series: Floats, shapes: Floats) -> Floats:
    """A series less its straight line, and less these shapes."""
    known = ~np.isnan(series)
    if known.sum() < LEAST:
        return series
    design = np.column_stack([shapes, np.linspace(-1, 1, len(series))])
    return np.asarray(series - design @ np.linalg.lstsq(design[known], series[known], rcond=None)[0], dtype=np.float64)


def _seasons(weeks: int) -> Floats:
    """A level, and where there is more than a year, waves of a year and of half a year."""
    turn = 2 * np.pi * np.arange(weeks) / _YEAR
    waves = [wave(turn * times) for times in (1, 2) for wave in (np.cos, np.sin)] if weeks > _YEAR else []
    return np.column_stack([np.ones(weeks), *waves])


def _together(found: Sequence[Lag], teams: int) -> Association:
    """The correlations of all teams as one: their Fisher z, each as much as its independent weeks are worth."""
    there = [each for each in found if not isnan(each.association.p)]
    n = sum(each.association.estimate.n for each in there)
    if not there:
        return Association(unknown(sum(each.association.estimate.n for each in found), _METHOD), NAN, 0)
    free = (teams - 1) / teams if teams > 1 else 1.0
    weight = np.array([each.effective - 3 for each in there])
    z = [atanh(max(min(each.association.estimate.value, _NEARLY_ONE), -_NEARLY_ONE)) for each in there]
    effective = free * sum(each.effective for each in there)
    return fisher(
        tanh(float(weight @ z) / float(weight.sum())), 1 / sqrt(free * float(weight.sum())), n,
        max(effective - 2, 1.0), clusters=effective, method=_METHOD,
    )  # fmt: skip
