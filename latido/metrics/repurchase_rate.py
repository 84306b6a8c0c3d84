"""Repurchase rate."""

from __future__ import annotations

from typing import Any

import ibis

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.methods import Share
from latido.metrics.metric import LeftOut, Metric
from latido.metrics.scope import Scope


def rows(customers: Any, scope: Scope) -> Any:
    """1 where the customer bought again within the horizon."""
    customers = customers.filter((customers.main == 1) & (customers.first_ordered <= scope.end))
    limit = customers.first_ordered + ibis.interval(days=scope.settings.horizon_days)
    return customers.mutate(value=flag(customers.second_ordered <= limit), matures=limit)


REPURCHASE_RATE = Metric(
    name="repurchase_rate",
    family="experience",
    label=_("Repurchase rate"),
    formula=_("Customers with a second purchase within a year of the first ÷ customers whose year has passed × 100."),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson"),
    source=_("Wilson (1927), JASA 22:209"),
    traps=(_("Who bought first less than a year ago is unknown, not a failure."),),
    table="customer_facts",
    rows=rows,
    method=Share(),
    time="first_ordered",
    key="customer_id",
    left_out=(LeftOut("too_young", _("too young to know"), lambda t, s: t.matures > s.end),),
    long_run=True,
    ends=(("order_facts", "ordered"),),
)
