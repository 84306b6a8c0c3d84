"""Every pair of metrics with its correlation, judged as one family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata

from latido.insights.correlation.course import course
from latido.insights.correlation.pair import Delay, Pair, Within
from latido.insights.correlation.usual import linked
from latido.insights.correlation.within import within
from latido.metrics.units.table import BLOCKS
from latido.stats.association import Association, bonett_wright, spearman
from latido.stats.discovery import q_values
from latido.stats.estimate import NAN, unknown

if TYPE_CHECKING:
    from latido.insights.correlation.rows import Rows
    from latido.insights.correlation.weeks import Panel
    from latido.metrics.units import Grain, Variable

_PLENTY = 30_000  # units that are enough to say what is left within groups


def over_units(rows: Rows, at: Grain, variables: Sequence[Variable], least: int) -> tuple[Pair, ...]:
    """Each with each over tickets or customers.

    Args:
        rows: The units.
        at: What they are.
        variables: The metrics, a column each.
        least: Fewest units of a pair that is judged.
    """
    numbers = range(len(variables))
    pairs = [_over_units(rows, (i, j), at, (variables[i], variables[j]), least) for i, j in combinations(numbers, 2)]
    q = q_values([pair.p for pair in pairs])
    judged = [replace(pair, q=float(value)) for pair, value in zip(pairs, q, strict=True)]
    column = {each.name: number for number, each in enumerate(variables)}
    return tuple(
        replace(pair, within=tuple(_within(rows, *(column[name] for name in pair.names)))) if pair.holds else pair
        for pair in judged
    )


def _over_units(rows: Rows, ij: tuple[int, int], at: Grain, both: tuple[Variable, Variable], least: int) -> Pair:
    i, j = ij
    of = float(rows.of[i, j])
    nothing = Pair(*both, unknown(of, "spearman"), NAN, NAN, of)
    if linked(*both, at):
        return replace(nothing, untold="linked")
    if of < least:
        return replace(nothing, untold="few")
    here = rows.pair(i, j)
    x, y, block = rows.values[here, i], rows.values[here, j], rows.block[here]
    found = _cautious(spearman(x, y, block))
    if np.isnan(found.p):
        return replace(nothing, untold="flat")
    return Pair(*both, found.estimate, found.p, NAN, of, course=course(x, y, block))


def _cautious(found: Association) -> Association:
    """The same with no narrower an interval than units that have nothing to do with each other would give.

    An error that is estimated to be less is chance, as it is of a mean (`latido.stats.clusters`); with it, of a
    thousand simulated companies in which nothing goes together, seven in a hundred would be told something.
    """
    alone = bonett_wright(found.estimate.value, found.estimate.n)
    wider = alone.estimate.high - alone.estimate.low > found.estimate.high - found.estimate.low
    return replace(found, estimate=replace(alone.estimate, method=found.estimate.method), p=alone.p) if wider else found


def _within(rows: Rows, i: int, j: int) -> Iterator[Within]:
    here = rows.pair(i, j, min(_PLENTY / (rows.of[i, j] * rows.share[i, j]), 1))
    if not rows.groups:
        return
    ranks = np.stack([rankdata(rows.values[here, column]) for column in (i, j)], axis=1)
    found = (within(name, ranks, group[here], rows.block[here]) for name, group in rows.groups.items())
    yield from (each for each in found if each)


def over_weeks(
    panel: Panel, at: Grain, variables: Sequence[Variable], least: int, lags: Sequence[int]
) -> tuple[Pair, ...]:
    """Each with each over the weeks of teams.

    Args:
        panel: The weeks of teams.
        at: Team and week.
        variables: The metrics.
        least: Fewest weeks of teams of a pair that is judged.
        lags: Weeks by which the second of each pair is moved.
    """
    pairs = [_over_weeks(panel, at, both, least) for both in combinations(variables, 2)]
    q = q_values([pair.p for pair in pairs])
    judged = [replace(pair, q=float(value)) for pair, value in zip(pairs, q, strict=True)]
    delays = [[] if pair.untold or not lags else _delays(panel, pair, lags) for pair in judged]
    all_q = iter(q_values([each.p for moved in delays for each in moved]).tolist())
    return tuple(
        replace(pair, lags=tuple(replace(each, q=next(all_q)) for each in moved))
        for pair, moved in zip(judged, delays, strict=True)
    )


def _over_weeks(panel: Panel, at: Grain, both: tuple[Variable, Variable], least: int) -> Pair:
    first, second = (each.name for each in both)
    known = panel.known(first, second)
    of = float(known.sum())
    nothing = Pair(*both, unknown(of, "effective_n"), NAN, NAN, of)
    if linked(*both, at):
        return replace(nothing, untold="linked")
    if of < least:
        return replace(nothing, untold="few")
    (found,) = panel.at(first, second, (0,))
    if np.isnan(found.p):
        return replace(nothing, untold="flat" if _flat(panel, both) else "few")
    x, y = panel.usual[first][known], panel.usual[second][known]
    shown = course(x, y, np.repeat(np.arange(known.shape[0]) % BLOCKS, known.sum(axis=1)))
    return Pair(*both, found.estimate, found.p, NAN, of, course=shown)


def _flat(panel: Panel, both: tuple[Variable, Variable]) -> bool:
    return any(float(np.nanmax(v) - np.nanmin(v)) == 0 for v in (panel.usual[each.name] for each in both))


def _delays(panel: Panel, pair: Pair, lags: Sequence[int]) -> list[Delay]:
    found = panel.at(*pair.names, lags)
    return [Delay(lag, each.estimate, each.p, NAN) for lag, each in zip(lags, found, strict=True)]
