"""Customers' contracts and purchases: since when, until when, how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import extras, first_known, flag, join_columns, seconds, when
from latido.facts.tickets import CUSTOMER_DIMENSIONS
from latido.model.calendar import DAY

MONTH = DAY * 365.25 / 12
BETWEEN_CONTRACTS = 31
"""Days within which another contract is a change of contract, and nobody was lost."""


def subscription_facts(tables: Mapping[str, Any]) -> Any:
    """One row per time that a customer had contracts: since when, and when the last of them was lost.

    A customer is lost when no contract of theirs runs any more. Another one that begins within
    `BETWEEN_CONTRACTS` days is a change of contract; who comes back later is a customer again, in a
    row of its own. Where a file gives months and a flag instead of dates, `months` and `lost_flag`
    carry them.

    Returns:
        customer_id, spell (1, 2, …), started, ended (null while a contract runs), months,
        contracts, lost_flag, reason (of the contract that ended last), plan, amount, currency, and
        the customer's dimensions.
    """
    rows = _in_spells(tables["subscriptions"])
    last = rows.ended.max().over(ibis.window(group_by=["customer_id", "spell"]))
    says_why = (rows.ended == last) | (rows.ended.isnull() & rows.churned.fill_null(False))
    rows = rows.mutate(_why=when(says_why, rows.reason))
    spells = rows.group_by("customer_id", "spell").agg(
        started=rows.started.min(),
        last_ended=rows.ended.max(),
        running=flag(rows.ended.isnull()).max(),
        months=rows.months.max(),
        contracts=rows.subscription_id.count(),
        flagged=flag(rows.churned).min(),
        has_flag=flag(rows.churned.notnull()).max(),
        why=rows["_why"].max(),
        contract_plan=rows.plan.max(),
        amount=rows.amount.sum(),
        currency=rows.currency.max(),
        **{c: rows[c].max() for c in extras(rows)},
    )
    spells = spells.mutate(
        ended=when(spells.running == 0, spells.last_ended), lost_flag=when(spells.has_flag == 1, spells.flagged)
    )
    lost = spells.ended.notnull() | (spells.lost_flag == 1).fill_null(False)
    spells = spells.mutate(reason=when(lost, spells.why)).drop("last_ended", "running", "flagged", "has_flag", "why")
    facts = _with_customer(spells, tables["customers"])
    return facts.mutate(plan=first_known(facts.contract_plan, facts.plan)).drop("contract_plan")


def _in_spells(contracts: Any) -> Any:
    """Contracts with the number of the spell that each belongs to; all that say no start are in one."""
    whole = ibis.window(group_by="customer_id")
    rows = contracts.mutate(_from=first_known(contracts.started, contracts.started.min().over(whole)))
    rows = rows.mutate(_to=first_known(rows.ended, ibis.literal("9999-01-01 00:00:00").cast("timestamp(6)")))
    ordered = {"group_by": "customer_id", "order_by": ["_from", "subscription_id"]}
    rows = rows.mutate(_reach=rows["_to"].max().over(ibis.cumulative_window(**ordered)))
    rows = rows.mutate(_before=rows["_reach"].lag().over(ibis.window(**ordered)))
    gap = seconds(rows["_before"], rows["_from"]) > BETWEEN_CONTRACTS * DAY
    rows = rows.mutate(_new=flag(gap))
    spell = rows["_new"].sum().over(ibis.cumulative_window(**ordered)) + 1
    return rows.mutate(spell=spell.cast("int64")).drop("_from", "_to", "_reach", "_before", "_new")


def customers_at(moment: Any, tables: Mapping[str, Any]) -> Any:
    """The customers who have come and not left at an instant.

    One with contracts counts while one of them is in force; one without counts from when they became one.

    Args:
        moment: The instant.
        tables: `customers`, conformed, and `subscription_facts`.
    """
    customers, spells = tables["customers"], tables["subscription_facts"]
    begun = spells.started.isnull() | (spells.started <= moment)
    runs = (spells.ended > moment) | (spells.ended.isnull() & (spells.lost_flag.fill_null(0) == 0))
    own = spells.group_by("customer_id").agg(_in_force=flag(begun & runs).max())
    come = customers.filter(customers.created.isnull() | (customers.created <= moment))
    rows = join_columns(come, own, "customer_id", {"_in_force": "_in_force"})
    return rows.filter(rows["_in_force"].fill_null(1) == 1).drop("_in_force")


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
