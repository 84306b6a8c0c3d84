"""Measuring: from a question to figures. What all metrics share stands here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Literal

import ibis
import numpy as np
import pandas as pd

from latido.facts.catalog import Derived
from latido.facts.expr import flag
from latido.i18n import Message, _
from latido.metrics.catalog import metric as find_metric
from latido.metrics.compare import compared
from latido.metrics.measurement import Figure, Measurement, Period, TracePage, refuse_protected
from latido.metrics.methods import Count, Parts, Rate, Snapshot
from latido.metrics.methods.clusters import by_customer
from latido.metrics.metric import Metric
from latido.metrics.periods import add, rolling_days
from latido.metrics.protect import in_blocks, whole_blocks
from latido.metrics.query import Query
from latido.metrics.scope import Scope
from latido.metrics.settings import Settings
from latido.metrics.where import asked, column
from latido.stats.estimate import Estimate, unknown
from latido.stats.means import clip

Tables = Mapping[str, Any]
Order = Literal["", "value", "-value"]

# A count of nothing is a figure: none of these is withheld for want of rows.
_CENSUS = (Count, Parts, Rate, Snapshot)

# What a trace shows beside the value, where a metric's rows have it.
_TELLING = (
    "started", "ended", "score", "better", "at_once", "times", "clock", "promise", "target", "spent", "exposure",
    "comment", "subject",
)  # fmt: skip


def measure(
    query: Query | str,
    tables: Tables,
    settings: Settings | None = None,
    *,
    execute: Callable[[Any], pd.DataFrame] | None = None,
    **more: Any,
) -> Measurement:
    """Answer a question from tables.

    Args:
        query: The question, or a metric's name with the question's other fields as keywords.
        tables: Name → Ibis table: canonical tables with whatever columns they have, or facts.
        settings: Time zone, calendars, promises; the defaults where there is no workspace.
        execute: Runs an expression; None for the engine that the tables belong to.
        **more: Fields of `Query`, where `query` is a name.

    Raises:
        UnknownNameError: No such metric, preset, dimension, calendar or period; names the nearest.
    """
    scope = scope_of(_asked(query, more), tables, settings, execute)
    figures, nothing = _figures(scope)
    figures = _aligned(figures, scope)
    if scope.query.compare:
        figures = compared(figures, scope, lambda other: _figures(scope.about(other))[0])
    return Measurement(
        metric=scope.metric, query=scope.query, figures=_sorted(_filled(_told(figures, scope), scope, nothing)),
        time_zone=scope.settings.time_zone, data_end=scope.data_end,
        tracer=None if scope.metric.protected else partial(_traced, scope),
    )  # fmt: skip


def trace(
    query: Query | str,
    tables: Tables,
    settings: Settings | None = None,
    *,
    execute: Callable[[Any], pd.DataFrame] | None = None,
    **more: Any,
) -> pd.DataFrame:
    """The rows behind a question's figures, each with the reason it is in or out."""
    return measure(query, tables, settings, execute=execute, **more).trace()


def _asked(query: Query | str, more: Mapping[str, Any]) -> Query:
    if isinstance(query, Query):
        return replace(query, **more)
    by = more.get("by", ())
    return Query(query, **{**more, "by": (by,) if isinstance(by, str) else tuple(dict.fromkeys(by))})


def scope_of(query: Query, tables: Tables, settings: Settings | None, execute: Any) -> Scope:
    """All that the question's metric may know while it is measured; see `measure` for what is given."""
    found = tables if isinstance(tables, Derived) else Derived(tables.get)
    metric = find_metric(query.metric).preset(query.preset)
    return Scope(found, query, settings or Settings(), metric, execute or _default_execute(tables))


def _default_execute(tables: Tables) -> Callable[[Any], pd.DataFrame]:
    """The engine that the tables belong to; the embedded one where they are only data."""
    first = next(iter(tables.values()), None)
    run: Callable[[Any], pd.DataFrame] = (ibis.get_backend(first) if first is not None else ibis.get_backend()).execute
    return run


def population(scope: Scope) -> tuple[Any, list[str]]:
    """Rows that the question is about, with their reason to be left out, and the columns to group by."""
    metric = scope.metric
    rows = metric.rows(scope.tables[metric.table], scope)
    rows = rows.mutate(left_out=_reason(rows, scope))
    rows, groups = _divided(asked(in_blocks(rows, scope) if metric.protected else rows, scope), scope)
    if metric.protected:
        rows = whole_blocks(rows, groups)
    return rows.mutate(value=rows.left_out.isnull().ifelse(rows.value, None)), groups


def counted(rows: Any, scope: Scope) -> tuple[Any, list[str]]:
    """Only the rows that count, and the columns to group by: less to compute where nobody asks about the others.

    Args:
        rows: The metric's rows, or those columns of them that the question needs; of no protected metric.
        scope: The question.
    """
    left_out = [~rule.applies(rows, scope).fill_null(False) for rule in scope.metric.left_out]
    return _divided(asked(rows.filter(rows.value.notnull(), *left_out), scope), scope)


def _divided(rows: Any, scope: Scope) -> tuple[Any, list[str]]:
    """The rows with the dimensions that are asked for, and all columns to group by."""
    dimensions = {name: column(rows, scope.metric, name) for name in scope.query.by}
    rows = rows.mutate(**{name: rows[c] for name, c in dimensions.items() if name != c})
    return rows, [*(["period"] if "period" in rows.columns else []), *_splits(scope), *scope.query.by]


def _figures(scope: Scope) -> tuple[list[Figure], dict[str, Estimate]]:
    """The figures, with the value of every split; and the parts of a figure over no rows."""
    rows, groups = population(scope)
    method, metric = scope.metric.method, scope.metric
    keys = method.keys(rows, scope)
    by = [*groups, *keys]
    rows = method.folded(rows.mutate(**keys), by)
    sums = {**method.sums(rows, scope), **_left_out_sums(rows, metric)}
    if method.cluster is not None:
        frame = scope.execute(by_customer(rows, by, sums, method.cluster))
    else:
        frame = scope.execute(rows.group_by(by).agg(**sums) if by else rows.aggregate(**sums))
    # No row of a survival curve, one row of sums that are all zero.
    none = pd.DataFrame(0, index=range(0 if keys else 1), columns=[*keys, *sums])
    nothing = method.estimates(none, scope)
    return _filled(_grouped(frame, groups, scope, nothing), scope, nothing), nothing


def _aligned(figures: list[Figure], scope: Scope) -> list[Figure]:
    parts = scope.metric.method.aligned([f.parts for f in figures], scope.query.confidence)
    return [replace(figure, parts=own) for figure, own in zip(figures, parts, strict=True)]


def _grouped(frame: pd.DataFrame, groups: list[str], scope: Scope, nothing: dict[str, Estimate]) -> list[Figure]:
    if not groups:
        return [_figure(frame, {}, scope)]
    if frame.empty:
        return [] if scope.query.period else [_empty_figure(scope.span, scope, nothing)]
    named = frame.groupby(groups, dropna=False, sort=False)
    return [_figure(part, dict(zip(groups, key, strict=True)), scope) for key, part in named]


def _figure(frame: pd.DataFrame, key: dict[str, Any], scope: Scope) -> Figure:
    period = key.pop("period", None)
    parts = scope.metric.method.estimates(frame, scope)
    left_out = {r.reason: int(frame[f"out_{i}"].sum()) for i, r in enumerate(scope.metric.left_out)}
    if "out_protected" in frame.columns:
        left_out["protected"] = int(frame["out_protected"].sum())
    return Figure(
        keys={name: _plain(value) for name, value in key.items()},
        period=_period(period, scope),
        parts=_shown(parts, scope),
        left_out={reason: n for reason, n in left_out.items() if n},
        withheld=_withheld(parts, scope),
    )


def _shown(parts: dict[str, Estimate], scope: Scope) -> dict[str, Estimate]:
    """Bounds within the metric's range; no value where there is too little evidence."""
    hidden = _withheld(parts, scope) is not None
    plain = {name: _in_floats(unknown(e.n, e.method) if hidden else e) for name, e in parts.items()}
    main = next(iter(plain))
    return {**plain, main: clip(plain[main], *scope.metric.range)}


def _in_floats(e: Estimate) -> Estimate:
    """The same estimate in Python's own numbers."""
    k, n = (None if x is None else float(x) for x in (e.numerator, e.denominator))
    return Estimate(float(e.value), float(e.low), float(e.high), float(e.n), k, n, e.confidence, e.method)


def _withheld(parts: dict[str, Estimate], scope: Scope) -> Message | None:
    least = max(scope.query.min_n or scope.settings.min_n, scope.metric.min_n)
    n = next(iter(parts.values())).n
    if isinstance(scope.metric.method, _CENSUS) or n >= least:
        return None
    return _("not enough answers: {n} of at least {least}", n=n, least=least)


def _reason(rows: Any, scope: Scope) -> Any:
    rules = [(r.applies(rows, scope).fill_null(False), r.reason) for r in scope.metric.left_out]
    nothing = ibis.null("string")
    return ibis.cases(*rules, else_=nothing) if rules else nothing


def _left_out_sums(rows: Any, metric: Metric) -> dict[str, Any]:
    sums = {f"out_{i}": flag(rows.left_out == r.reason).sum() for i, r in enumerate(metric.left_out)}
    return {**sums, "out_protected": flag(rows.left_out == "protected").sum()} if metric.protected else sums


def _splits(scope: Scope) -> list[str]:
    return [s for s in scope.metric.splits if s not in scope.query.by]


def _told(figures: list[Figure], scope: Scope) -> list[Figure]:
    """The figures without splits over which there is only one value: they say nothing."""
    mute = {s for s in _splits(scope) if len({f.keys.get(s) for f in figures if f.estimate.n}) <= 1}
    told: dict[Any, Figure] = {}
    for figure in figures:
        keys = {name: value for name, value in figure.keys.items() if name not in mute}
        place = (figure.period, *keys.items())
        told[place] = _joined(told.get(place), replace(figure, keys=keys))
    return list(told.values())


def _joined(one: Figure | None, other: Figure) -> Figure:
    """Of two figures for the same keys at most one counts rows; what both left out is added up."""
    if one is None:
        return other
    left_out = Counter(one.left_out) + Counter(other.left_out)
    return replace(one if one.estimate.n else other, left_out=dict(left_out))


def _period(first: Any, scope: Scope) -> Period | None:
    if first is None:
        return scope.span
    start: date = first.date() if hasattr(first, "date") else first
    grain = scope.query.period or "day"
    if scope.query.period is None:
        return scope.span
    return Period(start, add(start, "day", rolling_days(grain) or 0) if rolling_days(grain) else add(start, grain, 1))


def _filled(figures: list[Figure], scope: Scope, nothing: dict[str, Estimate]) -> list[Figure]:
    """Without dimensions, a period without rows is shown as one: nothing happened, or nothing is known."""
    if scope.query.by or scope.query.period is None or any(f.keys for f in figures):
        return figures
    seen = {f.period for f in figures}
    return [*figures, *(_empty_figure(p, scope, nothing) for p in scope.periods if p not in seen)]


def _empty_figure(period: Period | None, scope: Scope, nothing: dict[str, Estimate]) -> Figure:
    return Figure(keys={}, period=period, parts=_shown(nothing, scope), withheld=_withheld(nothing, scope))


def _sorted(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    def order(figure: Figure) -> tuple[Any, ...]:
        keys = [(v is None, str(v)) for v in figure.keys.values()]
        return (figure.period.start if figure.period else date.min, keys)

    return tuple(sorted(figures, key=order))


def _plain(value: Any) -> str | None:
    """A group's value as text; None for none."""
    if pd.isna(value):
        return None
    if hasattr(value, "date"):
        return str(value.date())
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _traced(scope: Scope, **keys: str | None) -> pd.DataFrame:
    return _told_rows(scope.execute(_row_by_row(scope, keys)), scope)


def page(
    query: Query,
    tables: Tables,
    settings: Settings | None = None,
    *,
    execute: Callable[[Any], pd.DataFrame] | None = None,
    keys: Mapping[str, str | None] | None = None,
    counted: bool | None = None,
    search: str = "",
    first: int = 0,
    most: int = 50,
    order: Order = "",
) -> TracePage:
    """Some of the rows behind a question's figures, and how many there are.

    Args:
        query: The question.
        tables: As for `measure`.
        settings: As for `measure`.
        execute: As for `measure`.
        keys: Only the rows of one group.
        counted: Only the rows that count, only those left out, or both (None).
        search: Only the rows whose name (the ticket's, the answer's) begins with it.
        first: How many to skip.
        most: At most so many.
        order: By value, the smallest or (`-value`) the largest first; else the latest first.

    Raises:
        ProtectedError: The rows are what single people said.
    """
    scope = scope_of(query, tables, settings, execute)
    refuse_protected(scope.metric)
    rows = _row_by_row(scope, keys or {})
    if search:
        rows = rows.filter(rows[scope.metric.key].cast("string").startswith(search))
    counts = rows.left_out.isnull() & rows.value.notnull()
    told = scope.execute(rows.aggregate(all=rows.count(), counted=flag(counts).sum()))
    shown = rows if counted is None else rows.filter(counts == ibis.literal(counted))
    frame = scope.execute(shown.order_by(_ranks(rows, scope, order)).limit(most, offset=first))
    return TracePage(_told_rows(frame, scope), int(told["all"].iloc[0]), int(told["counted"].fillna(0).iloc[0]))


def _ranks(rows: Any, scope: Scope, order: Order) -> list[Any]:
    """By what rows are ordered; those without a value come last, and ties are broken by time and by name."""
    valued = {"": [], "value": ["value"], "-value": [ibis.desc("value")]}[order]
    known = [rows.value.isnull()] if valued else []
    latest = [ibis.desc(scope.metric.time)] if scope.metric.time in rows.columns else []
    return [*known, *valued, *latest, scope.metric.key]


def _row_by_row(scope: Scope, keys: Mapping[str, str | None]) -> Any:
    """The rows behind the figures, of one group where `keys` say so."""
    rows, groups = population(scope)
    for name, wanted in keys.items():
        value = rows[name if name in groups else column(rows, scope.metric, name)]
        rows = rows.filter(value.isnull() if wanted is None else value.cast("string") == str(wanted))
    shown = [scope.metric.key, *([scope.metric.time] if scope.metric.time else []), *groups]
    unique = dict.fromkeys([*shown, *_TELLING, "value", "left_out"])
    return rows.select(*(c for c in unique if c in rows.columns))


def _told_rows(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The same with whether each counts, and why not in words."""
    labels = {r.reason: str(r.label) for r in scope.metric.left_out}
    frame.insert(0, "counted", frame["left_out"].isna() & frame["value"].notna())
    frame["left_out"] = frame["left_out"].map(labels).where(frame["left_out"].notna(), None)
    return frame
