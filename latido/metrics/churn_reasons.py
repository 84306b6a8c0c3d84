"""Churn reasons."""

from __future__ import annotations

from typing import Any

import ibis

from latido.i18n import _
from latido.metrics.churn_rate import ENDS
from latido.metrics.methods import Composition
from latido.metrics.metric import Metric
from latido.metrics.scope import Scope


def rows(customers: Any, scope: Scope) -> Any:
    """Lost customers."""
    lost = customers.filter((customers.ended <= scope.end) | (customers.lost_flag == 1))
    return lost.mutate(value=ibis.literal(1).cast("int64"))


CHURN_REASONS = Metric(
    name="churn_reasons",
    family="experience",
    label=_("Churn reasons"),
    formula=_("Lost customers by stated reason ÷ lost customers × 100, with the share that gave none."),
    unit="%",
    better=None,
    range=(0, 100),
    interval=_("Wilson"),
    source=_("Wilson (1927), JASA 22:209"),
    traps=(_("Those who gave no reason stay in the denominator and are shown."),),
    table="subscription_facts",
    rows=rows,
    method=Composition(of="reason"),
    time="ended",
    key="customer_id",
    ends=ENDS,
)
