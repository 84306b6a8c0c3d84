"""All customers there are at a moment, by the same traits as those who were asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import first_known, flag, join_columns
from latido.insights.nonresponse.behaviour import TRAITS, Before, with_behaviour
from latido.insights.nonresponse.cells import column
from latido.metrics.where import dimensions, filtered

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


def everybody(scope: Scope, before: Before, by: Sequence[str]) -> pd.DataFrame:
    """How many customers there are on each combination of levels, as `asked`.

    A customer with contracts counts while one of them is in force; one without counts from when they
    became one. Filters that customers know hold for them too.

    Args:
        scope: The question about those who were asked; customers are taken as they were at its end.
        before: How far to look back.
        by: Dimensions; those that customers lack are left out.
    """
    end = ibis.least(scope.end, scope.instant_of(scope.span.end)) if scope.span else scope.end
    nothing = ibis.null("string")
    people = _there(scope.tables["customers"], scope.tables["subscription_facts"], end)
    people = people.mutate(asked=end, subject=nothing, subject_id=nothing)
    known = dimensions(people, scope.metric)
    people = filtered(people, scope.metric, tuple(c for c in scope.query.where if c.dimension in known))
    rows = with_behaviour(people, scope, before, "customer_id")
    named = [name for name in by if name in known and known[name] in rows.columns]
    rows = rows.mutate(**{column(name): rows[known[name]].cast("string") for name in named})
    counted: pd.DataFrame = scope.execute(rows.group_by([*TRAITS, *map(column, named)]).agg(asked=rows.count()))
    return counted


def _there(customers: Any, contracts: Any, end: Any) -> Any:
    """The customers who have come and not left."""
    begun = first_known(customers.created <= end, ibis.literal(value=True))
    begun_too = contracts.started.isnull() | (contracts.started <= end)
    runs = (contracts.ended > end) | (contracts.ended.isnull() & (contracts.lost_flag.fill_null(0) == 0))
    own = contracts.group_by("customer_id").agg(_in_force=flag(begun_too & runs).max())
    rows = join_columns(customers.filter(begun), own, "customer_id", {"_in_force": "_in_force"})
    return rows.filter(rows["_in_force"].fill_null(1) == 1).drop("_in_force")
