"""Churn rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ibis

from latido.facts.expr import flag, when
from latido.i18n import _
from latido.metrics.methods import Rate, Share
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.scope import Scope

ENDS = (("subscription_facts", "started"), ("subscription_facts", "ended"))


def rows(customers: Any, scope: Scope) -> Any:
    """Customers of each period's starting cohort: 1 where lost within it."""
    return _cohort(scope.crossed(customers), scope)


def all_losses(customers: Any, scope: Scope) -> Any:
    """All losses of each period, whenever the customer was won, over the customers at its start."""
    found = scope.crossed(customers)
    at_start = (found.started < found.begins) & (found.ended.isnull() | (found.ended >= found.begins))
    lost = (found.ended >= found.begins) & (found.ended < found.ends) & (found.ended <= scope.end)
    found = found.mutate(value=flag(lost), exposure=flag(at_start).cast("float64"))
    return found.filter(at_start | lost.fill_null(False) | found.started.isnull())


def silent(customers: Any, scope: Scope) -> Any:
    """Without contracts: lost when a whole horizon has passed since the last purchase."""
    return _cohort(scope.crossed(_purchases(customers, scope)), scope)


def _purchases(customers: Any, scope: Scope) -> Any:
    """Since the first purchase, until a whole horizon after the last."""
    customers = customers.filter(customers.main == 1)
    gone = customers.last_of_all + ibis.interval(days=scope.settings.horizon_days)
    return customers.mutate(started=customers.first_ordered, ended=when(gone <= scope.end, gone))


def _contracts(customers: Any, scope: Scope) -> Any:
    """Since the first contract, until the end of the last."""
    return customers.mutate(ended=scope.seen(customers.ended))


def flagged(customers: Any, scope: Scope) -> Any:
    """1 where the file says that the customer is lost."""
    return customers.mutate(value=customers.lost_flag, started=customers.started)


def _cohort(found: Any, scope: Scope) -> Any:
    at_start = (found.started < found.begins) & (found.ended.isnull() | (found.ended >= found.begins))
    found = found.filter(at_start | found.started.isnull())
    return found.mutate(value=flag((found.ended < found.ends) & (found.ended <= scope.end)))


UNDATED = LeftOut("undated", _("without a start date"), lambda t, _s: t.started.isnull())
UNFLAGGED = LeftOut("unflagged", _("the file does not say"), lambda t, _s: t.value.isnull())

CHURN_RATE = Metric(
    name="churn_rate",
    family="experience",
    label=_("Churn rate"),
    formula=_(
        "Customers of the starting cohort lost in the period ÷ customers at its start × 100. A customer is lost when "
        "the last contract ends. Without a period, the year up to the data's end."
    ),
    unit="%",
    better="lower",
    range=(0, 100),
    interval=_("Wilson; Poisson where losses of newcomers are counted too"),
    source=_("Gupta, Lehmann & Stuart (2004), Journal of Marketing Research 41:7"),
    traps=(
        _(
            "Losses among customers won inside the period belong to another cohort; counting them moves the rate with "
            "growth."
        ),
        _("Who still has another contract, or signs one within 31 days, is not lost."),
    ),
    table="subscription_facts",
    rows=rows,
    method=Share(),
    time=None,
    key="customer_id",
    left_out=(UNDATED,),
    presets=(
        Preset(
            "all_losses", _("Losses of customers won inside the period count too."),
            {"rows": all_losses, "method": Rate(), "range": (0, float("inf"))},
        ),
        Preset(
            "silent", _("Without contracts: lost after a year without a purchase."),
            {"rows": silent, "table": "customer_facts", "ends": (("order_facts", "ordered"),)},
        ),
        Preset("flagged", _("As the file flags it, without dates."), {"rows": flagged, "left_out": (UNFLAGGED,)}),
    ),
    ends=ENDS,
)  # fmt: skip

SPELLS: Mapping[str, Callable[[Any, Scope], Any]] = {"": _contracts, "silent": _purchases}
"""Preset → when each customer was one: `started` and `ended` (null while they are), where there are dates."""
