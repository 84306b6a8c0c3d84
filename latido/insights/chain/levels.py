"""How the company does now on each link of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from latido.metrics.methods import Duration

if TYPE_CHECKING:
    from latido.insights.chain.declaration import Part
    from latido.insights.chain.known import Known
    from latido.insights.chain.links import Rows
    from latido.insights.chain.occasions import Source
    from latido.metrics.units import Variable

HOUR = 3600.0
_STEPS = 200  # of a doubling: the median is read to a third of a per cent


@dataclass(frozen=True)
class Present:
    """The level of one metric.

    Attributes:
        variable: The metric.
        value: Median of a time, in seconds; net promoter score of a recommendation; else the mean.
        unit: `s`, `points`, `%`, or the metric's way of counting.
        n: How many rows know it.
    """

    variable: Variable
    value: float
    unit: str
    n: float

    @property
    def hours(self) -> float:
        """The median of a time, in hours."""
        return self.value / HOUR


def present(source: Source, rows: Rows, part: Part) -> tuple[Present, ...]:
    """The present level of each metric of a construct."""
    return tuple(_present(source, rows, part, each) for each in part.variables)


def _present(source: Source, rows: Rows, part: Part, each: Variable) -> Present:
    side, key = rows.of(part), part.key(each)
    assert side is not None  # noqa: S101 - what is used is known
    n = side.rows([key])
    if isinstance(each.metric.method, Duration):
        return Present(each, _median(source, side, key, each) * HOUR, "s", n)
    points = part.points
    if points is not None:
        return Present(points, side.mean(part.key(points)), "points", n)
    return Present(each, side.mean(key), each.unit, n)


def _median(source: Source, side: Known, key: str, each: Variable) -> float:
    """The median of a time in hours, from how many lie in each small step of its logarithm."""
    value = side.kept[side.columns[key]]
    doublings = (value + 1.0).log2() if each.reading == "hours" else value
    steps = (doublings * _STEPS).floor().cast("int64")
    found = side.kept.filter(value.notnull()).mutate(_step=steps)
    frame = source.execute(found.group_by("_step").agg(n=found.count())).sort_values("_step")
    below = np.cumsum(frame["n"].to_numpy(float))
    at = int(np.searchsorted(below, below[-1] / 2))
    return float(2 ** ((frame["_step"].to_numpy(float)[at] + 0.5) / _STEPS) - 1)
