"""Retention."""

from __future__ import annotations

from typing import Any

from latido.facts.customers import MONTH
from latido.facts.expr import first_known, flag, seconds, when
from latido.i18n import _
from latido.metrics.churn_rate import ENDS
from latido.metrics.methods import Curve
from latido.metrics.metric import LeftOut, Metric
from latido.metrics.scope import Scope

MONTHS = (12, 1, 3, 6, 24, 36, 72)


def rows(customers: Any, scope: Scope) -> Any:
    """Seconds as a customer; censored while still one. Where there are no dates, months and a flag."""
    ended, flagged = scope.seen(customers.ended), customers.lost_flag == 1
    # Who is flagged as lost, but not since when, did not stay until the data's end.
    until = when(ended.notnull() | ~flagged.fill_null(False), first_known(ended, scope.end))
    stated = (customers.months * MONTH).cast("int64")
    found = customers.mutate(
        value=first_known(seconds(customers.started, until), stated),
        ended=flag(ended.notnull() | flagged),
        gone=customers.ended,
    )
    return found.filter((found.started <= scope.end).fill_null(True))


RETENTION = Metric(
    name="retention",
    family="experience",
    label=_("Retention"),
    formula=_(
        "Share of customers still with us so many months after they started, by the Kaplan–Meier curve of each cohort."
    ),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Greenwood, log-log"),
    source=_("Kaplan & Meier (1958), JASA 53:457"),
    traps=(_("Customers who are still with us are censored, not counted as staying for ever."),),
    table="subscription_facts",
    rows=rows,
    method=Curve(at={f"{m}m": m * MONTH for m in MONTHS}),
    time="started",
    key="customer_id",
    left_out=(LeftOut("undated", _("without dates or months"), lambda t, _s: t.value.isnull()),),
    long_run=True,
    ends=ENDS,
)
