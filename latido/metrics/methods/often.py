"""Whether it happened, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.facts.expr import when
from latido.metrics.methods.shares import Share, known
from latido.stats.estimate import Estimate
from latido.stats.means import mean

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


@dataclass(frozen=True)
class Often(Share):
    """Share of rows with at least one, and beside it the mean of `times`."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        times = when(rows.value.notnull(), rows.times).cast("float64")
        return {
            **super().sums(rows, scope),
            "t": times.sum(),
            "q": (times * times).sum(),
            "r": (times * times * times).sum(),
        }

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row = frame.iloc[0]
        times = mean(row.n, known(row.t), known(row.q), scope.query.confidence, cubes=known(row.r))
        return {**super().estimates(frame, scope), "mean": times}
