"""The shape behind a figure: how many still wait after each time, and how often each score was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.metrics.measure import population, scope_of
from latido.metrics.measurement import refuse_protected
from latido.metrics.methods import Curve

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.query import Query
    from latido.metrics.settings import Settings
    from latido.stats.survival import SurvivalCurve

Tables = Mapping[str, Any]
Execute = Callable[[Any], "pd.DataFrame"]


@dataclass(frozen=True)
class Shape:
    """How the rows of a figure are spread.

    Attributes:
        curve: The share still waiting after each time; None for what is no duration.
        scores: Score → how many gave it; empty for what is no score.
    """

    curve: SurvivalCurve | None = None
    scores: Mapping[float, int] | None = None


def shape(query: Query, tables: Tables, settings: Settings, execute: Execute) -> Shape:
    """The shape of a metric's rows; an empty one where it has none that tells more than the figure.

    Args:
        query: The question; its periods and dimensions are left aside.
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.

    Raises:
        ProtectedError: The rows are what single people said.
    """
    scope = scope_of(query, tables, settings, execute)
    refuse_protected(scope.metric)
    rows, _groups = population(scope)
    method = scope.metric.method
    if isinstance(method, Curve):
        keys = method.keys(rows, scope)
        rows = rows.mutate(**keys)
        counted = rows.group_by(list(keys)).agg(**method.sums(rows, scope))
        return Shape(curve=method.curve(execute(counted), scope))
    if "score" in rows.columns:
        counted = rows.filter(rows.value.notnull()).group_by("score").agg(n=lambda t: t.count()).order_by("score")
        frame = execute(counted)
        return Shape(scores={float(s): int(n) for s, n in zip(frame["score"], frame["n"], strict=True)})
    return Shape()
