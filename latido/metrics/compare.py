"""Against the previous period, or the same one last year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from latido.errors import UsageError
from latido.i18n import _
from latido.metrics.measurement import Change, Figure, Period
from latido.metrics.periods import rolling_days, shifted
from latido.metrics.query import Query
from latido.metrics.scope import Scope
from latido.stats.difference import difference


def compared(figures: list[Figure], scope: Scope, ask: Callable[[Query], list[Figure]]) -> list[Figure]:
    """The figures, each with its change.

    Args:
        figures: This period's.
        scope: The question's surroundings.
        ask: Measures another question with the same metric.
    """
    query = scope.query
    if query.period is None and (query.start is None or query.end is None):
        raise UsageError(
            _("A comparison needs periods."),
            _("Ask by period (for example month), or give both a first and a last day."),
        )
    spans = [f.period for f in figures if f.period is not None]
    if not spans or query.compare is None:
        return figures
    earlier = [shifted(s, query.period, query.compare) for s in spans]
    other = replace(query, start=min(s.start for s in earlier), end=max(s.end for s in earlier), compare=None)
    found = {(f.period, _key(f)): f for f in ask(_covering(other))}
    return [_with_change(f, found, scope) for f in figures]


def _covering(query: Query) -> Query:
    """Windows that end on each day are asked from their last days on."""
    length = rolling_days(query.period or "")
    if length is None or query.start is None:
        return query
    return replace(query, start=query.start + timedelta(days=length - 1))


def _with_change(figure: Figure, found: dict[Any, Figure], scope: Scope) -> Figure:
    query = scope.query
    if figure.period is None or query.compare is None:
        return figure
    before: Period = shifted(figure.period, query.period, query.compare)
    base = found.get((before, _key(figure)))
    # Before the data began nothing was counted, which is not a count of nothing.
    if base is None or figure.withheld or base.withheld or before.end <= scope.first_day:
        return figure
    # The most frequent reason of now is compared with itself, not with the most frequent one of then.
    baseline = base.parts.get(figure.main)
    if baseline is None:
        return figure
    return replace(figure, change=Change(difference(figure.estimate, baseline), baseline, before))


def _key(figure: Figure) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(figure.keys.items()))
