"""Counts, snapshots and rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from latido.facts.expr import when
from latido.metrics.methods.shares import known, percent
from latido.metrics.metric import Method
from latido.stats.counts import poisson, rate
from latido.stats.estimate import NAN, Estimate
from latido.stats.shares import wilson

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


@dataclass(frozen=True)
class Count(Method):
    """How many rows count, with the exact Poisson interval."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"n": rows.value.count()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        return {"value": poisson(float(frame["n"].sum()), scope.query.confidence)}


@dataclass(frozen=True)
class Snapshot(Method):
    """How many there are at an instant: a census, so without an interval."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"n": rows.value.count()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        n = float(frame["n"].sum())
        return {"value": Estimate(n, NAN, NAN, n, method="census")}


@dataclass(frozen=True)
class Parts(Method):
    """A count, and beside it the shares of rows for which further 0/1 columns are 1.

    Attributes:
        shares: Part → column.
    """

    shares: Mapping[str, str] = field(default_factory=dict)

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        found = {"n": rows.value.count()}
        for part, column in self.shares.items():
            counted = when(rows.value.notnull(), rows[column])
            found |= {f"n_{part}": counted.count(), f"k_{part}": counted.sum()}
        return found

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row, confidence = frame.iloc[0], scope.query.confidence
        shares = {p: percent(wilson(known(row[f"k_{p}"]), row[f"n_{p}"], confidence)) for p in self.shares}
        return {"value": poisson(float(row["n"]), confidence), **shares}


@dataclass(frozen=True)
class Rate(Method):
    """Σ `value` per Σ `exposure`, per cent: events over time at risk, with the exact Poisson interval.

    Attributes:
        more: Part → column of further events over the same exposure.
    """

    more: Mapping[str, str] = field(default_factory=dict)

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        there = rows.value.notnull()
        counted = {f"k_{part}": when(there, rows[column]).sum() for part, column in self._columns.items()}
        return {**counted, "exposure": when(there, rows.exposure).sum()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row, confidence = frame.iloc[0], scope.query.confidence
        exposure = known(row.exposure)
        return {p: rate(known(row[f"k_{p}"]), exposure, confidence).scaled(100) for p in self._columns}

    @property
    def _columns(self) -> dict[str, str]:
        return {"value": "value", **self.more}
