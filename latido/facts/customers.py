"""Customers' contracts and purchases: since when, until when, how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import extras, first_known, flag, join_columns, seconds, when
from latido.facts.tickets import CUSTOMER_DIMENSIONS

MONTH = 86400 * 365.25 / 12


def subscription_facts(tables: Mapping[str, Any]) -> Any:
    """One row per customer with a contract: when the first began, when the last was lost.

    A customer is lost when no contract of theirs runs any more. Where a file gives months and a
    flag instead of dates, `months` and `lost_flag` carry them.

    Returns:
        customer_id, started, ended (null while a contract runs), months, lost_flag, reason, plan,
        amount, currency, and the customer's dimensions.
    """
    rows = tables["subscriptions"]
    flagged = when(rows.ended.isnull() & rows.churned.fill_null(False), rows.reason)
    # A null in any of several contracts' ends means that the customer is still ours.
    spells = rows.group_by("customer_id").agg(
        started=rows.started.min(),
        last_ended=rows.ended.max(),
        running=flag(rows.ended.isnull()).max(),
        months=rows.months.max(),
        contracts=rows.subscription_id.count(),
        flagged=flag(rows.churned).min(),
        has_flag=flag(rows.churned.notnull()).max(),
        flagged_reason=flagged.max(),
        contract_plan=rows.plan.max(),
        amount=rows.amount.sum(),
        currency=rows.currency.max(),
        **{c: rows[c].max() for c in extras(rows)},
    )
    spells = join_columns(spells, _last_ended(rows), "customer_id", {"last_reason": "reason"})
    spells = spells.mutate(
        ended=when(spells.running == 0, spells.last_ended),
        lost_flag=when(spells.has_flag == 1, spells.flagged),
        # Of several contracts, the one that ended last says why.
        reason=ibis.ifelse(spells.last_ended.notnull(), spells.last_reason, spells.flagged_reason),
    ).drop("last_ended", "running", "flagged", "has_flag", "last_reason", "flagged_reason")
    facts = _with_customer(spells, tables["customers"])
    return facts.mutate(plan=first_known(facts.contract_plan, facts.plan)).drop("contract_plan")


def _last_ended(rows: Any) -> Any:
    """Each customer's contract that ended last."""
    ended = rows.filter(rows.ended.notnull())
    window = ibis.window(group_by="customer_id", order_by=["ended", "subscription_id"])
    ended = ended.mutate(_next=ended.subscription_id.nullif("").lead().over(window))
    return ended.filter(ended["_next"].isnull())


def order_facts(tables: Mapping[str, Any]) -> Any:
    """One row per purchase that was not cancelled, with the customer's dimensions and first purchase."""
    rows = tables["orders"]
    rows = rows.filter(~rows.cancelled.fill_null(False))
    window = ibis.window(group_by="customer_id", order_by=["ordered", "order_id"])
    rows = rows.mutate(next_ordered=rows.ordered.lead().over(window), earlier=rows.ordered.lag().over(window))
    return _with_customer(rows.mutate(first=flag(rows.earlier.isnull())).drop("earlier"), tables["customers"])


def customer_facts(tables: Mapping[str, Any]) -> Any:
    """One row per buying customer and currency: purchases, money, first and last purchase.

    Returns:
        customer_id, currency, orders, amount, amount_squares (Σ amount²), first_ordered,
        last_ordered, span_seconds; whatever the currencies: main (1 in the row of the currency of
        the first purchase), second_ordered (in that row), last_of_all; the customer's dimensions.
    """
    rows = order_facts(tables)
    second = when(rows["first"] == 1, rows.next_ordered)
    rows = rows.mutate(second=second, square=rows.amount * rows.amount, currency=rows.currency.fill_null(""))
    kept = [c for c in (*CUSTOMER_DIMENSIONS, *extras(rows)) if c in rows.columns]
    facts = rows.group_by("customer_id", "currency").agg(
        orders=rows.order_id.count(),
        amount=rows.amount.sum(),
        amount_squares=rows.square.sum(),
        first_ordered=rows.ordered.min(),
        second_ordered=rows.second.min(),
        last_ordered=rows.ordered.max(),
        main=rows["first"].max(),
        **{c: rows[c].max() for c in kept},
    )
    return facts.mutate(
        span_seconds=seconds(facts.first_ordered, facts.last_ordered),
        last_of_all=facts.last_ordered.max().over(ibis.window(group_by="customer_id")),
    )


def _with_customer(rows: Any, customers: Any) -> Any:
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in rows.columns}
    return join_columns(rows, customers, "customer_id", wanted)
