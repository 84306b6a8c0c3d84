"""Everything that customers do, on every channel, as one stream; and what they say in public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import extras, join_columns, seconds, union_all
from latido.facts.tickets import CUSTOMER_DIMENSIONS


def activity_facts(tables: Mapping[str, Any]) -> Any:
    """One row per interaction of a known customer: visits, tickets, purchases, mentions.

    Returns:
        activity_id, customer_id, occurred, channel, kind, stage, place, next_channel, next_kind
        (the customer's following interaction), wait (seconds until it), and the customer's dimensions.
    """
    rows = union_all([_visits(tables), _tickets(tables), _orders(tables), _mentions(tables)])
    rows = rows.filter(rows.customer_id.notnull())
    window = ibis.window(group_by="customer_id", order_by=["occurred", "activity_id"])
    rows = rows.mutate(
        next_channel=rows.channel.nullif("").lead().over(window),
        next_kind=rows.kind.nullif("").lead().over(window),
        next_occurred=rows.occurred.lead().over(window),
    )
    rows = rows.mutate(wait=seconds(rows.occurred, rows.next_occurred)).drop("next_occurred")
    customers = tables["customers"]
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in rows.columns}
    return join_columns(rows, customers, "customer_id", wanted)


def mention_facts(tables: Mapping[str, Any]) -> Any:
    """One row per public mention, with the seconds until we answered."""
    rows = tables["mentions"]
    return rows.mutate(reply_seconds=seconds(rows.occurred, rows.replied))


def _visits(tables: Mapping[str, Any]) -> Any:
    t = tables["touchpoints"]
    return _stream("v", t.touchpoint_id, t, t.occurred, t.channel, t.kind.fill_null("visit"), t.stage, t.place)


def _tickets(tables: Mapping[str, Any]) -> Any:
    t = tables["tickets"]
    nothing = ibis.null("string")
    return _stream("t", t.ticket_id, t, t.created, t.channel, ibis.literal("ticket"), nothing, nothing)


def _orders(tables: Mapping[str, Any]) -> Any:
    t = tables["orders"]
    nothing = ibis.null("string")
    return _stream("o", t.order_id, t, t.ordered, t.channel, ibis.literal("order"), nothing, t.product)


def _mentions(tables: Mapping[str, Any]) -> Any:
    t = tables["mentions"]
    nothing, social = ibis.null("string"), ibis.literal("social")
    return _stream("m", t.mention_id, t, t.occurred, social, ibis.literal("mention"), nothing, t.network)


def _stream(letter: str, key: Any, t: Any, occurred: Any, channel: Any, kind: Any, stage: Any, place: Any) -> Any:
    return t.select(
        activity_id=ibis.literal(f"{letter}:") + key, customer_id=t.customer_id, occurred=occurred,
        channel=channel.fill_null("other"), kind=kind, stage=stage, place=place,
    )  # fmt: skip
