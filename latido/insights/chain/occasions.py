"""What a customer said of the company on a day, how the half-year before it was, and what came of it after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from latido.facts.catalog import Derived
from latido.facts.expr import epoch, flag
from latido.i18n import _
from latido.insights.chain.declaration import CUSTOMER
from latido.metrics.churn_rate import SPELLS
from latido.metrics.measurement import Period
from latido.metrics.periods import local_day
from latido.metrics.query import Query
from latido.metrics.scope import Scope
from latido.metrics.units import Grain, Variable, units, variable
from latido.model.calendar import DAY

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.query import Condition
    from latido.metrics.settings import Settings

HALF_YEAR = 183  # days


@dataclass(frozen=True, eq=False)
class Source:
    """Where rows come from, and which of them are asked for.

    Attributes:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        span: The days that are looked at; all data where there is none.
        where: Filters on what happened and on what was answered.
        calendar: Of durations.
    """

    tables: Mapping[str, Any]
    settings: Settings
    execute: Callable[[Any], pd.DataFrame]
    span: Period | None = None
    where: tuple[Condition, ...] = ()
    calendar: str = "24x7"

    @property
    def derived(self) -> Derived:
        """The tables with their facts."""
        return self.tables if isinstance(self.tables, Derived) else Derived(self.tables.get)

    def columns(self, at: Grain, asked: Sequence[Variable], prefix: str, back: int = 0) -> tuple[Any, dict[str, str]]:
        """Metrics side by side, and their columns by name.

        Args:
            at: What one row is.
            asked: The metrics.
            prefix: Of the columns' names.
            back: How many days before the span count, too.
        """
        span = Period(self.span.start - timedelta(days=back), self.span.end) if self.span else None
        found = units(self.derived, self.settings, self.execute, at, asked,
                      span=span, where=self.where, calendar=self.calendar)  # fmt: skip
        names = {each.name: f"{prefix}{i}" for i, each in enumerate(asked)}
        rows = found.rows.rename({names[name]: column for name, column in found.columns.items()})
        return (rows.mutate(day=rows.day.cast("int64")) if "day" in at.keys else rows), names


class _Day(Grain):
    """What one customer said or lived on one day, which is counted from 1970.

    Of two keys the second says whose block a row is in: the customer's.
    """

    def keyed(self, rows: Any, scope: Scope) -> Any | None:
        time = scope.metric.time
        if time is None or not {time, "customer_id"} <= set(rows.columns):
            return None
        return rows.mutate(_key0=(epoch(rows[time]) // DAY).cast("int64").cast("string"), _key1=rows.customer_id)


ON_A_DAY = _Day("customer_day", _("customer and day"), ("day", "customer_id"), "relationship")


def occasions(
    source: Source, said: Sequence[Variable], before: Sequence[Variable], after: Sequence[Variable]
) -> tuple[Any, Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    """One row per customer and day on which something was said.

    Args:
        source: Where rows come from.
        said: What was answered on the day.
        before: Means of the customer's tickets in the half-year before.
        after: Who left in the half-year after; and what is known of the customer as a whole.

    Returns:
        Rows with `block`, and the columns of what was said, of what was before and of what came after, by name.
    """
    rows, told = source.columns(ON_A_DAY, said, "d")
    lived: Mapping[str, str] = {}
    came: dict[str, str] = {}
    if before:
        rows, lived = _with_half_year_before(source, rows, before)
    for number, each in enumerate(after):
        came[each.name] = f"a{number}"
        add = _with_who_left if each.follows else _with_customer
        rows = add(source, rows, each, f"a{number}")
    return rows, told, lived, came


def customers(source: Source) -> int:
    """How many customers wrote in the last half-year of the days that are looked at."""
    volume = variable("ticket_volume")
    scope = Scope(source.derived, Query(volume.metric.name), source.settings, volume.metric, source.execute)
    over = local_day(scope.data_end, source.settings.time_zone) + timedelta(days=1)
    end = min(source.span.end, over) if source.span else over
    span = Period(end - timedelta(days=HALF_YEAR), end)
    found = units(source.derived, source.settings, source.execute, CUSTOMER, [volume], span=span, where=source.where)
    rows = found.rows.filter(found.rows.customer_id.notnull())
    counted: Any = source.execute(rows.aggregate(n=rows.count())).iloc[0, 0]
    return int(counted)


def _with_half_year_before(source: Source, rows: Any, before: Sequence[Variable]) -> tuple[Any, dict[str, str]]:
    lived, names = source.columns(ON_A_DAY, before, "b", back=HALF_YEAR)
    days = lived.select(_who=lived.customer_id, _on=lived.day, **{c: lived[c] for c in names.values()})
    here = rows.select("customer_id", "day")
    beside = here.inner_join(
        days,
        [here.customer_id == days["_who"], days["_on"] < here.day, days["_on"] >= here.day - HALF_YEAR],
    )
    means = beside.group_by("customer_id", "day").agg(**{c: beside[c].mean() for c in names.values()})
    return _joined(rows, means, ("customer_id", "day")), names


def _with_who_left(source: Source, rows: Any, each: Variable, column: str) -> Any:
    """100 where a customer of that day was lost within the half-year after it, 0 where not, null where too early."""
    scope = Scope(source.derived, Query(each.metric.name), source.settings, each.metric, source.execute)
    spells = SPELLS[each.preset or ""](scope.tables[each.metric.table], scope)
    spells = spells.select(_who=spells.customer_id, _from=epoch(spells.started) // DAY, _to=epoch(spells.ended) // DAY)
    here = rows.select("customer_id", "day")
    late = epoch(scope.end) // DAY - HALF_YEAR
    there = here.inner_join(spells, [here.customer_id == spells["_who"], spells["_from"] <= here.day])
    there = there.filter((there["_to"].isnull() | (there["_to"] > there.day)) & (there.day <= late))
    lost = flag(there["_to"] <= there.day + HALF_YEAR).cast("float64") * 100.0
    found = there.mutate(_lost=lost).group_by("customer_id", "day").agg(**{column: lambda t: t["_lost"].max()})
    return _joined(rows, found, ("customer_id", "day"))


def _with_customer(source: Source, rows: Any, each: Variable, column: str) -> Any:
    """What is known of the customer as a whole."""
    found = units(source.derived, source.settings, source.execute, CUSTOMER, [each]).rows
    return _joined(rows, found.select("customer_id", **{column: found["v0"]}), ("customer_id",))


def _joined(rows: Any, more: Any, keys: tuple[str, ...]) -> Any:
    """Rows with what is known of their keys."""
    there = more.rename({f"_{key}": key for key in keys})
    found = rows.left_join(there, [rows[key] == there[f"_{key}"] for key in keys])
    return found.drop(*(f"_{key}" for key in keys))
