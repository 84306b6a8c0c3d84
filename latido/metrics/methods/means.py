"""Means of answers and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.metrics.methods.clusters import degrees, effect
from latido.metrics.methods.shares import known
from latido.metrics.metric import Method
from latido.stats.estimate import Estimate
from latido.stats.means import mean

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


@dataclass(frozen=True)
class Mean(Method):
    """Mean of `value`, and of further columns, with t-intervals.

    Attributes:
        more: Part → column, means over the same rows shown beside the main one.
    """

    more: Mapping[str, str] | None = None

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for part, column in self._columns.items():
            x = rows.value.notnull().ifelse(rows[column], None).cast("float64")
            found |= {
                f"n_{part}": x.count(),
                f"t_{part}": x.sum(),
                f"q_{part}": (x * x).sum(),
                f"r_{part}": (x * x * x).sum(),
            }
        return found

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row = frame.iloc[0]
        return {part: self._mean(part, row, scope.query.confidence) for part in self._columns}

    def _mean(self, part: str, row: Any, confidence: float) -> Estimate:
        n, total, squares, cubes = (known(row[f"{sums}_{part}"]) for sums in "ntqr")
        clustered = part == "value" and self.cluster is not None
        return mean(
            n, total, squares, confidence, effect(row) if clustered else 1.0,
            cubes=cubes, degrees=degrees(row) if clustered else None,
        )  # fmt: skip

    @property
    def _columns(self) -> dict[str, str]:
        return {"value": "value", **(self.more or {})}
