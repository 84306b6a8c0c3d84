"""Stretches of a ticket's life: unsolved spells, and customers waiting for the next reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import extras, flag, join_columns, when
from latido.facts.timeline import DONE, valid_events

CARRIED = (
    "customer_id", "created", "channel", "topic", "subtopic", "product", "brand", "priority", "team", "agent_id",
    "status", "status_now", "segment", "country", "region", "language", "plan", "merged", "spam", "last_event",
    "next_reply_target",
)  # fmt: skip


def cycle_facts(tables: Mapping[str, Any]) -> Any:
    """One row per unsolved spell: from creation or reopening to the solve that ended it.

    Returns:
        ticket_id, cycle (event that began it), began, solved (null where it was closed unsolved or
        is still open), ended (null while it is open), reopening, and the ticket's dimensions.
    """
    segments = tables["status_facts"]
    done = flag(segments.status.isin(DONE))
    window = ibis.window(group_by="ticket_id", order_by=["began", "seq"])
    turns = segments.mutate(done=done, was=done.lag().over(window))
    turns = turns.filter(turns.was.isnull() | (turns.done != turns.was))
    turns = turns.mutate(ended=turns.began.lead().over(window), by=turns.status.nullif("").lead().over(window))
    cycles = turns.filter(turns.done == 0)
    cycles = cycles.select(
        "ticket_id", "began", "ended", cycle="seq", solved=when(cycles.by == "solved", cycles.ended),
        reopening=cycles.was.notnull(),
    )  # fmt: skip
    return _carry(cycles, tables["ticket_facts"])


def reply_facts(tables: Mapping[str, Any]) -> Any:
    """One row per stretch in which a customer waited for the next human reply.

    It begins with the earliest unanswered customer message and ends with the first public human
    reply after it. A message that nobody answered before the ticket was solved stops waiting at
    that solve: a closing "thanks" does not run the clock for ever.

    Returns:
        ticket_id, reply (event that began it), asked, replied (null until it happens), released
        (the solve that ended the wait without an answer), opening (it is the ticket's first), and
        the ticket's dimensions.
    """
    events, segments = valid_events(tables), tables["status_facts"]
    talk = events.filter((events.kind == "message") & events.public.fill_null(True))
    talk = talk.filter(talk.author_role.isin(("customer", "agent")))
    window = ibis.window(group_by="ticket_id", order_by=["occurred", "event_id"])
    turns = talk.mutate(before=talk.author_role.nullif("").lag().over(window))
    turns = turns.filter(turns.before.isnull() | (turns.before != turns.author_role))
    turns = turns.mutate(replied=turns.occurred.lead().over(window))
    asked = turns.filter(turns.author_role == "customer")
    asked = asked.select("ticket_id", "replied", reply="event_id", asked="occurred", opening=asked.before.isnull())
    return _carry(_released(asked, segments), tables["ticket_facts"])


def _released(asked: Any, segments: Any) -> Any:
    """Add the first solve at or after the question that came before any reply."""
    solves = segments.filter(segments.solve == 1).select(_ticket="ticket_id", _solved="began")
    pairs = asked.left_join(solves, (asked.ticket_id == solves["_ticket"]) & (solves["_solved"] >= asked.asked))
    unanswered = pairs.replied.isnull() | (pairs["_solved"] < pairs.replied)
    found = pairs.group_by("ticket_id", "reply").agg(released=when(unanswered, pairs["_solved"]).min())
    found = found.select(_ticket="ticket_id", _reply="reply", released="released")
    joined = asked.left_join(found, (asked.ticket_id == found["_ticket"]) & (asked.reply == found["_reply"]))
    return joined.drop("_ticket", "_reply")


def _carry(spells: Any, facts: Any) -> Any:
    return join_columns(
        spells, facts, "ticket_id", {c: c for c in (*CARRIED, *extras(facts)) if c not in spells.columns}
    )
