"""Against the previous period, or the same one last year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from latido.errors import UsageError
from latido.i18n import _
from latido.metrics.measurement import Change, Figure, Period
from latido.metrics.periods import shifted
from latido.metrics.query import Query
from latido.metrics.scope import Scope
from latido.stats.difference import difference


def compared(
    figures: tuple[Figure, ...], scope: Scope, ask: Callable[[Query], tuple[Figure, ...]]
) -> tuple[Figure, ...]:
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
    if query.period is None:
        other = replace(other, period=None)
    found = {(f.period, _key(f)): f for f in ask(_covering(other))}
    return tuple(_with_change(f, found, query) for f in figures)


def _covering(query: Query) -> Query:
    """Windows that end on each day are asked from their last days on."""
    if query.period is None or query.start is None or not query.period.endswith("d"):
        return query
    return replace(query, start=query.start + timedelta(days=int(query.period[:-1]) - 1))


def _with_change(figure: Figure, found: dict[Any, Figure], query: Query) -> Figure:
    if figure.period is None or query.compare is None:
        return figure
    before: Period = shifted(figure.period, query.period, query.compare)
    base = found.get((before, _key(figure)))
    if base is None or figure.withheld or base.withheld:
        return figure
    return replace(figure, change=Change(difference(figure.estimate, base.estimate), base.estimate, before))


def _key(figure: Figure) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(figure.keys.items()))
