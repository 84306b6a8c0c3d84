"""The columns side by side: one row per ticket, customer, or team and week."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

import ibis

from latido.errors import UsageError
from latido.facts.catalog import Derived
from latido.facts.expr import scattered, union_all, when
from latido.i18n import _
from latido.metrics.measure import population
from latido.metrics.query import Condition, Query
from latido.metrics.scope import Scope

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Period
    from latido.metrics.settings import Settings
    from latido.metrics.units.grain import Grain
    from latido.metrics.units.variable import Variable

BLOCKS = 128


@dataclass(frozen=True, eq=False)
class Units:
    """Metrics side by side.

    Attributes:
        grain: What one row is.
        variables: The columns, in the order asked for.
        rows: Ibis table, one row a unit: the grain's keys; `block`, 0…127 by a hash of the customer, or of the week
            where a row is a team's week (so all rows of one customer are in one block, and drawing blocks draws
            customers); one float64 column per variable, by `columns`, null where nothing is known.
        columns: Variable's name → its column.
    """

    grain: Grain
    variables: tuple[Variable, ...]
    rows: Any
    columns: Mapping[str, str]


def units(
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Callable[[Any], pd.DataFrame],
    at: Grain,
    variables: Sequence[Variable],
    *,
    span: Period | None = None,
    after: Period | None = None,
    where: tuple[Condition, ...] = (),
    calendar: str = "24x7",
    keep: Sequence[str] = (),
) -> Units:
    """Put metrics side by side.

    A unit's value is the mean of the metric's rows that belong to it (their number, where the metric counts). What
    figures never merge is not merged here either: only the answers to the kind of survey that the grain is about
    count, on the most frequent scale, and only money in the most frequent currency.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        at: What one row is.
        variables: The columns.
        span: The days that are looked at; all data unless given.
        after: The days in which those are looked for that follow (who left cannot be asked any more).
        where: Filters that all columns must know.
        calendar: Of durations.
        keep: Dimensions that come along, the greatest value of each unit: to compare segments.

    Raises:
        UsageError: A metric does not know the grain.
        UnknownNameError: A filter or dimension that a metric does not know.
    """
    found = tables if isinstance(tables, Derived) else Derived(tables.get)
    parts = []
    for numbers in _together(variables):
        each = variables[numbers[0]]
        days = after if each.follows else span
        query = Query(
            each.metric.name, start=days.start if days else None, end=days.end if days else None,
            where=(*where, *_asked([variables[n] for n in numbers])), calendar=calendar,
        )  # fmt: skip
        which = {number: variables[number] for number in numbers}
        parts.append(_part(Scope(found, query, settings, each.metric, execute), which, at, keep))
    names = {each.name: f"v{number}" for number, each in enumerate(variables)}
    return Units(at, tuple(variables), _beside(parts, variables, at, keep), names)


def _together(variables: Sequence[Variable]) -> list[list[int]]:
    """Which columns are read at once: the answers to all questions are, since it is the same rows that say them."""
    questions = [number for number, each in enumerate(variables) if each.question is not None]
    if len({variables[number].question for number in questions}) < len(questions):
        questions = []
    return [[n] for n in range(len(variables)) if n not in questions] + ([questions] if questions else [])


def _asked(variables: Sequence[Variable]) -> tuple[Condition, ...]:
    """Conditions of the columns that are read at once."""
    wordings = tuple(each.question for each in variables if each.question is not None)
    return (Condition("question", "=", wordings),) if wordings else ()


def _part(scope: Scope, which: Mapping[int, Variable], at: Grain, keep: Sequence[str]) -> Any:
    """The rows of columns that are read at once: keys, customer, which column, value."""
    rows, _groups = population(replace(scope, query=replace(scope.query, by=tuple(keep))))
    each = next(iter(which.values()))
    keyed = at.keyed(_unmixed(rows, scope, each, at), scope)
    if keyed is None:
        raise UsageError(
            _("{metric} is not known by {grain}.", metric=each.label, grain=at.label),
            _("Choose another grain, or leave it out."),
        )
    keys = [f"_key{i}" for i in range(len(at.keys))]
    value = each.value(keyed)
    customer = (
        keyed["_key1"] if len(keys) > 1 else keyed.customer_id if "customer_id" in keyed.columns else keyed["_key0"]
    )
    found = keyed.select(
        *keys, _customer=ibis.coalesce(customer, keyed["_key0"]), _which=_numbered(keyed, which),
        _value=value, **{f"_by_{name}": keyed[name].cast("string") for name in keep},
    )  # fmt: skip
    return found.filter(found["_value"].notnull(), *(found[key].notnull() for key in keys))


def _numbered(rows: Any, which: Mapping[int, Variable]) -> Any:
    """The number of the column that a row belongs to."""
    first, *others = (ibis.literal(number).cast("int64") for number in which)
    if not others:
        return first
    pairs = zip(list(which.values())[1:], others, strict=True)
    return ibis.cases(*((rows.question == each.question, number) for each, number in pairs), else_=first)


def _unmixed(rows: Any, scope: Scope, each: Variable, at: Grain) -> Any:
    """Of what figures are split by, one value each."""
    if "rated_brand" in scope.metric.splits:
        own = rows.rated_brand == (scope.settings.brand or "") if each.preset == "blind" else rows.rated_brand.isnull()
        rows = rows.filter(own)
    if "survey_kind" in scope.metric.splits and each.preset is None:
        rows = rows.filter(rows.survey_kind == at.preset)
    for split in ("scale", "currency"):
        if split in scope.metric.splits:
            rows = _mostly(rows, split, scope)
    return rows


def _mostly(rows: Any, split: str, scope: Scope) -> Any:
    """The rows with the most frequent value; of several questions, that of each."""
    apart = ["question"] if scope.metric.name == "question" else []
    known = rows.filter(rows.value.notnull())
    counts = scope.execute(known.group_by([*apart, split]).agg(n=known.count()))
    ranked = counts.sort_values(["n", split], ascending=[False, True])
    main = ranked.drop_duplicates(apart) if apart else ranked.head(1)
    if len(main) == len(counts):
        return rows
    tests = [[rows[name] == one[name] for name in (*apart, split)] for one in main.to_dict("records")]
    return rows.filter(reduce(operator.or_, (reduce(operator.and_, test) for test in tests)))


def _beside(parts: Sequence[Any], variables: Sequence[Variable], at: Grain, keep: Sequence[str]) -> Any:
    rows = union_all(list(parts))
    keys = [f"_key{i}" for i in range(len(at.keys))]
    mine = [when(rows["_which"] == number, rows["_value"]) for number in range(len(variables))]
    columns = {
        f"v{number}": mine[number].sum().fill_null(0.0) if each.counted else mine[number].mean()
        for number, each in enumerate(variables)
    }
    brought = {name: rows[f"_by_{name}"].max() for name in keep}
    found = rows.group_by(keys).agg(_customer=rows["_customer"].max(), **brought, **columns)
    named = dict(zip(at.keys, keys, strict=True))
    return found.mutate(block=scattered(found["_customer"], BLOCKS)).rename(named).drop("_customer")
