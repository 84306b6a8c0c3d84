"""All customers there are at a moment, by the same traits as those who were asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis

from latido.errors import UsageError
from latido.facts.customers import customers_at
from latido.i18n import _
from latido.insights.nonresponse.behaviour import TRAITS, Before, with_behaviour
from latido.insights.nonresponse.cells import column, in_order
from latido.metrics.where import dimensions, filtered

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope


def everybody(scope: Scope, before: Before, by: Sequence[str]) -> pd.DataFrame:
    """How many customers there are on each combination of levels, as `asked`.

    Filters that customers know hold for them too.

    Raises:
        UsageError: There are none.

    Args:
        scope: The question about those who were asked; customers are taken as they were at its end.
        before: How far to look back.
        by: Dimensions; those that customers lack are left out.
    """
    end = ibis.least(scope.end, scope.instant_of(scope.span.end)) if scope.span else scope.end
    nothing = ibis.null("string")
    people = customers_at(end, scope.tables).mutate(asked=end, subject=nothing, subject_id=nothing)
    known = dimensions(people, scope.metric)
    people = filtered(people, scope.metric, tuple(c for c in scope.query.where if c.dimension in known))
    rows = with_behaviour(people, scope, before, "customer_id")
    named = [name for name in by if name in known and known[name] in rows.columns]
    rows = rows.mutate(**{column(name): rows[known[name]].cast("string") for name in named})
    by = (*TRAITS, *map(column, named))
    counted = in_order(scope.execute(rows.group_by(by).agg(asked=rows.count())), by)
    if counted.empty:
        raise UsageError(
            _("There are no customers to weight to."), _("Import customers, or weight to those who were asked.")
        )
    return counted
