"""Shares and the net promoter score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from latido.facts.expr import flag
from latido.metrics.methods.clusters import effect
from latido.metrics.metric import Method
from latido.stats.estimate import Estimate
from latido.stats.nps import nps
from latido.stats.shares import wilson

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


@dataclass(frozen=True)
class Share(Method):
    """Rows whose `value` is 1, of those whose `value` is 0 or 1; per cent, Wilson."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"n": rows.value.count(), "k": rows.value.sum()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row = frame.iloc[0]
        return {
            "value": percent(wilson(known(row.k), row.n, scope.query.confidence, effect(row, scope.query.confidence)))
        }


@dataclass(frozen=True)
class Points(Method):
    """Mean of `value`, +100, 0 or −100 an answer: adjusted Wald, score interval below 30 answers."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {
            "n": rows.value.count(),
            "promoters": flag(rows.value > 0).sum(),
            "detractors": flag(rows.value < 0).sum(),
        }

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row = frame.iloc[0]
        promoters, detractors = known(row.promoters), known(row.detractors)
        passives = row.n - promoters - detractors
        deff = effect(row, scope.query.confidence)
        return {
            "value": nps(promoters, passives, detractors, scope.query.confidence, deff),
            "promoters": percent(wilson(promoters, row.n, scope.query.confidence, deff)),
            "detractors": percent(wilson(detractors, row.n, scope.query.confidence, deff)),
        }


@dataclass(frozen=True)
class Composition(Method):
    """How the rows divide among the values of a column: one part each, per cent of all rows.

    Attributes:
        of: The column.
        none: Name of the part of the rows that have no value there.
        most: The most frequent ones are named; the rest is one part.
    """

    of: str = ""
    none: str = "(none)"
    most: int = 20

    def keys(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"_of": rows[self.of].fill_null(self.none)}

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {"n": rows.value.count()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        counts = frame.groupby("_of")["n"].sum()
        counts = counts[counts > 0]
        order = sorted(counts.index, key=lambda name: (-counts[name], name))
        shown = {name: counts[name] for name in order[: self.most]}
        if rest := counts.sum() - sum(shown.values()):
            shown["(other)"] = rest
        return {
            name: percent(wilson(k, counts.sum(), scope.query.confidence)) for name, k in shown.items()
        } or {"value": wilson(0, 0)}  # fmt: skip

    def aligned(self, parts: Sequence[Mapping[str, Estimate]], confidence: float) -> list[Mapping[str, Estimate]]:
        """The most frequent of all groups together comes first in each, also where it is none there."""
        totals: Counter[str] = Counter()
        for own in parts:
            totals.update({name: e.numerator for name, e in own.items() if e.numerator})
        order = sorted(totals, key=lambda name: (-totals[name], name))
        return [_completed(own, order, confidence) for own in parts]


def _completed(parts: Mapping[str, Estimate], order: Sequence[str], confidence: float) -> Mapping[str, Estimate]:
    n = next(iter(parts.values())).n
    if not any(e.numerator for e in parts.values()):
        return parts
    return {name: parts.get(name) or percent(wilson(0, n, confidence)) for name in order}


def percent(share: Estimate) -> Estimate:
    """A share in per cent."""
    return share.scaled(100)


def known(value: Any) -> float:
    """A sum over no rows is nothing."""
    return 0.0 if value is None or isnan(value) else float(value)
