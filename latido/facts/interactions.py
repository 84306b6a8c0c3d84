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
        activity_id, customer_id, occurred, channel, kind, stage, place, previous_channel, previous_kind
        (the customer's interaction before), waited (seconds since it), and the customer's dimensions.
        An interaction knows the one before, not the one after: so the past stays as it is when more comes.
    """
    rows = union_all([_visits(tables), _tickets(tables), _orders(tables), _mentions(tables)])
    rows = rows.filter(rows.customer_id.notnull())
    window = ibis.window(group_by="customer_id", order_by=["occurred", "activity_id"])
    rows = rows.mutate(
        previous_channel=rows.channel.nullif("").lag().over(window),
        previous_kind=rows.kind.nullif("").lag().over(window),
        previous_occurred=rows.occurred.lag().over(window),
    )
    rows = rows.mutate(waited=seconds(rows.previous_occurred, rows.occurred)).drop("previous_occurred")
    customers = tables["customers"]
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in rows.columns}
    return join_columns(rows, customers, "customer_id", wanted)


def mention_facts(tables: Mapping[str, Any]) -> Any:
    """One row per public mention, with the seconds until we answered."""
    rows = tables["mentions"]
    return rows.mutate(reply_seconds=seconds(rows.occurred, rows.replied))


def _visits(tables: Mapping[str, Any]) -> Any:
    t = tables["touchpoints"]
    return _stream(t, "v", t.touchpoint_id, t.occurred, channel=t.channel, kind=t.kind.fill_null("visit"),
                   stage=t.stage, place=t.place)  # fmt: skip


def _tickets(tables: Mapping[str, Any]) -> Any:
    t = tables["tickets"]
    return _stream(t, "t", t.ticket_id, t.created, channel=t.channel, kind=ibis.literal("ticket"))


def _orders(tables: Mapping[str, Any]) -> Any:
    t = tables["orders"]
    return _stream(t, "o", t.order_id, t.ordered, channel=t.channel, kind=ibis.literal("order"), place=t.product)


def _mentions(tables: Mapping[str, Any]) -> Any:
    t = tables["mentions"]
    social, kind = ibis.literal("social"), ibis.literal("mention")
    return _stream(t, "m", t.mention_id, t.occurred, channel=social, kind=kind, place=t.network)


def _stream(t: Any, letter: str, key: Any, occurred: Any, **said: Any) -> Any:
    """One table's interactions in the columns that all of them share."""
    nothing = ibis.null("string")
    return t.select(
        activity_id=ibis.literal(f"{letter}:") + key, customer_id=t.customer_id, occurred=occurred,
        channel=said["channel"].fill_null("other"), kind=said["kind"],
        stage=said.get("stage", nothing), place=said.get("place", nothing),
    )  # fmt: skip
