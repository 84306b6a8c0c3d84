"""Periods, filters and dimensions: which rows a question asks for, and which columns it may name."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _
from latido.metrics.metric import Metric
from latido.metrics.query import Condition
from latido.metrics.scope import LOCAL, Scope
from latido.model import TABLES

DERIVED = frozenset({
    "survey_kind", "rated_brand", "scale", "clock", "ticket_channel", "status_now", "cause", "departure_reason",
    "currency", "proactive", "reopening", "promise", "previous_kind", "previous_channel", "reply_team", "team_now",
    "sentiment",
})  # fmt: skip
DECLARED = frozenset(c for t in TABLES.values() for c in t.dimensions) | DERIVED
MEASURED = frozenset({"score", "better", "amount", "items", "replies", "reopens", "transfers", "months"})

_TESTS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


def dimensions(rows: Any, metric: Metric) -> dict[str, str]:
    """What a question may split by: name → column."""
    own = {c: c for c in rows.columns if c in DECLARED}
    extra = {c.removeprefix("x_"): c for c in rows.columns if c.startswith("x_")}
    local = {} if metric.time is None else {n: n for n in LOCAL}
    return {**local, **extra, **own, **{n: c for n, c in metric.aliases.items() if c in rows.columns}}


def column(rows: Any, metric: Metric, name: str, *, measured: bool = False) -> str:
    """The column of a dimension, or an error that names the nearest ones."""
    known = dimensions(rows, metric)
    if measured:
        known |= {c: c for c in rows.columns if c in MEASURED}
    key = name.removeprefix("x_") if name not in known else name
    if key not in known:
        raise UnknownNameError.among(_("dimension of {metric}", metric=metric.name), name, known)
    return known[key]


def asked(rows: Any, scope: Scope) -> Any:
    """The rows that the question asks for: in its span, with `period`, and where its conditions hold."""
    metric, query = scope.metric, scope.query
    if metric.time is not None:
        rows = scope.placed(rows, metric.time)
        named = (*query.by, *(c.dimension for c in query.where))
        local = tuple(dict.fromkeys(n for n in named if n in LOCAL))
        rows = scope.local(rows, metric.time, local) if local else rows
    return filtered(rows, metric, query.where)


def filtered(rows: Any, metric: Metric, conditions: tuple[Condition, ...]) -> Any:
    """Rows for which all conditions hold; what a protected person answered is no condition."""
    measured = not metric.protected
    tests = [_test(rows[column(rows, metric, c.dimension, measured=measured)], c) for c in conditions]
    return rows.filter(reduce(operator.and_, tests)) if tests else rows


def _test(value: Any, condition: Condition) -> Any:
    if condition.operator in _TESTS:
        return _TESTS[condition.operator](value, _bound(value, condition))
    named = [_as(value, v) for v in condition.values if v is not None]
    is_one = value.isin(named).fill_null(False)
    if None in condition.values:
        is_one = is_one | value.isnull()
    return is_one if condition.operator == "=" else ~is_one


def _as(value: Any, given: Any) -> Any:
    """The given value in the column's type."""
    kind = value.type()
    if kind.is_string():
        return str(given)
    if kind.is_boolean():
        return given if isinstance(given, bool) else str(given).lower() in {"true", "yes", "1", "sí", "si"}
    try:
        return date.fromisoformat(str(given)) if kind.is_date() else float(given)
    except ValueError:
        raise _misfit(value, given) from None


def _misfit(value: Any, given: Any) -> UsageError:
    if value.type().is_date():
        return UsageError(_("“{value}” is not a date such as 2026-03-04.", value=given))
    return UsageError(_("“{value}” is not a number.", value=given))


def _bound(value: Any, condition: Condition) -> Any:
    """The one value that an order compares with: a number, or a day."""
    kind, given = value.type(), condition.values[0] if len(condition.values) == 1 else None
    if given is None or not (kind.is_numeric() or kind.is_date()):
        raise UsageError(
            _("{dimension} {operator} needs numbers, not “{value}”.",
              dimension=condition.dimension, operator=condition.operator,
              value=", ".join(map(str, condition.values)))
        )  # fmt: skip
    return _as(value, given)
