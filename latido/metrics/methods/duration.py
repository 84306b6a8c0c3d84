"""Waiting times: those that have not ended are censored, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
from numpy.typing import NDArray

from latido.facts.expr import flag
from latido.metrics.methods.shares import percent
from latido.metrics.metric import Method
from latido.stats.buckets import EXACT_BELOW, LOG_STEP, MOST_DISTINCT, NUDGE, representative
from latido.stats.estimate import Estimate
from latido.stats.survival import SurvivalCurve, kaplan_meier

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


@dataclass(frozen=True)
class Curve(Method):
    """Kaplan–Meier curve of `value` seconds, ended where `ended` is 1; read at fixed times, per cent.

    Attributes:
        at: Part → seconds at which the curve is read, the main one first; None for the settings'
            `unresolved_hours`.
    """

    at: Mapping[str, float] | None = None

    def keys(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"_t": _time(rows, scope)}

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"n": rows.value.count(), "k": ibis.ifelse(rows.value.notnull(), rows.ended, 0).sum()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        curve = self.curve(frame, scope)
        return {part: percent(curve.at(t)) for part, t in self.read_at(scope).items()}

    def curve(self, frame: pd.DataFrame, scope: Scope) -> SurvivalCurve:
        """The curve of one group."""
        rows = frame[frame["n"] > 0]
        k = rows["k"].to_numpy(dtype=float)
        censored = rows["n"].to_numpy(dtype=float) - k
        return kaplan_meier(self.times(rows, scope), k, censored, scope.query.confidence)

    def times(self, frame: pd.DataFrame, scope: Scope) -> NDArray[np.float64]:
        """The waiting time of each row, seconds."""
        times = frame["_t"].to_numpy(dtype=float)
        return representative(times) if _coarse(scope) else times

    def read_at(self, scope: Scope) -> Mapping[str, float]:
        """Part → seconds at which the curve is read, the main one first."""
        return self.at or {f"{hours:g}h": hours * 3600 for hours in scope.settings.unresolved_hours}


@dataclass(frozen=True)
class Duration(Curve):
    """Median and p90 of `value` seconds by Kaplan–Meier, the mean of the ended ones beside them."""

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        curve = self.curve(frame, scope)
        return {"median": curve.quantile(0.5), "p90": curve.quantile(0.9), "mean_finished": curve.mean_finished}

    def main(self, frame: pd.DataFrame, scope: Scope) -> Estimate:
        return self.curve(frame, scope).quantile(0.5)


def _time(rows: Any, scope: Scope) -> Any:
    """The time to group by: to the second, or in 1 % buckets where there are too many rows for that."""
    seconds = ibis.greatest(rows.value, 0).cast("int64")
    if not _coarse(scope):
        return seconds
    fine = ((ibis.greatest(seconds, 1) / float(EXACT_BELOW)).ln() / LOG_STEP + NUDGE).floor().cast("int64")
    return ibis.ifelse(seconds < EXACT_BELOW, seconds, fine + EXACT_BELOW)


def _coarse(scope: Scope) -> bool:
    return scope.rows_in_table > MOST_DISTINCT


def ended(column: Any) -> Any:
    """1 where the event has happened."""
    return flag(column.notnull())
