"""How the company does now on each link of the chain."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from latido.metrics.measure import measure
from latido.metrics.methods import Duration
from latido.metrics.query import Query

if TYPE_CHECKING:
    from latido.insights.chain.declaration import Part
    from latido.insights.chain.links import Rows
    from latido.insights.chain.occasions import Source
    from latido.metrics.units import Variable

HOUR = 3600.0


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
        return Present(each, _median(source, each), "s", n)
    points = part.points
    if points is not None:
        return Present(points, side.mean(part.key(points)), "points", n)
    return Present(each, side.mean(key), each.unit, n)


def _median(source: Source, each: Variable) -> float:
    """The median of a time in seconds, as the metric itself tells it: who waits still is counted as waiting."""
    span = source.span
    query = Query(
        each.metric.name, start=span.start if span else None, end=span.end if span else None, where=source.where,
        calendar=source.calendar, preset=each.preset,
    )  # fmt: skip
    found = measure(query, source.derived, source.settings, execute=source.execute).figures
    return found[0].parts["median"].value if found else nan
