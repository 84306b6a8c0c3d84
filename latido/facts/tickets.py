"""One row per ticket: its clocks, its counts, and who had it when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import extras, first_known, flag, join_columns, seconds, when
from latido.facts.timeline import status_ends, valid_events
from latido.model.calendar import DAY

if TYPE_CHECKING:
    from latido.facts.catalog import Derived

DIMENSIONS = ("channel", "topic", "subtopic", "product", "brand", "priority", "team", "agent_id", "status")
LONGEST = 90
"""Days after a solve within which another contact may undo it."""
CUSTOMER_DIMENSIONS = ("segment", "country", "region", "language", "plan")


def ticket_facts(tables: Derived) -> Any:
    """Derive the facts of every ticket.

    Args:
        tables: `tickets`, `ticket_events` and `customers`, conformed; `status_facts`; where these are some
            tickets only, `neighbours` are the `contacts` of their customers' other ones.

    Returns:
        Keys and dimensions; instants `created`, `first_reply`, `first_solved`, `solved` (last
        solve, null while open or closed unsolved), `closed`, `last_event`, `next_contact` (the customer's
        next ticket on the topic, null while unsolved and where it came later than `LONGEST` days after the
        solve, so that a new ticket changes nothing of what is long past); counts
        `replies`, `notes`, `bot_turns`, `customer_messages`, `transfers`, `reopens`, `solves`;
        seconds `wait_seconds` (new, open, hold), `work_seconds` (new, open), `hold_seconds` up to
        `status_since`; `status_now`; teams and agents at the first reply and at the solve.
    """
    tickets, segments = tables["tickets"], tables["status_facts"]
    facts = tickets.select(
        "ticket_id", "customer_id", "created", *DIMENSIONS, *extras(tickets), "subject", "opened_by", "spam", "sla_met",
        "first_reply_target", "next_reply_target", "resolution_target",
        merged=tickets.merged_into.notnull(), stated_solved="solved", stated_reply="first_replied",
        stated_reopens="reopens", stated_transfers="reassignments",
    )  # fmt: skip
    for part in (status_ends(segments), _clocks(segments), _talk(tables), _moves(tables), _merged(tables)):
        facts = join_columns(facts, part, "ticket_id", {c: c for c in part.columns if c != "ticket_id"})
    # Kept once: read three times from here on, it would be compiled and computed as often.
    facts = tables.keep(_settled(facts))
    for part in (_team_at(tables, facts, "first_reply", "reply"), _team_at(tables, facts, "solved", "solve")):
        facts = join_columns(facts, part, "ticket_id", {c: c for c in part.columns if c != "ticket_id"})
    return _with_customers(_with_next_contact(_placed(facts), tables.get("neighbours")), tables["customers"])


def _clocks(segments: Any) -> Any:
    """Seconds spent in each kind of status, finished stretches only."""
    lasted = seconds(segments.began, segments.ended)
    return segments.filter(segments.ended.notnull()).group_by("ticket_id").agg(
        wait_seconds=ibis.ifelse(segments.status.isin(("new", "open", "hold")), lasted, 0).sum(),
        work_seconds=ibis.ifelse(segments.status.isin(("new", "open")), lasted, 0).sum(),
        hold_seconds=ibis.ifelse(segments.status == "hold", lasted, 0).sum(),
    )  # fmt: skip


def _talk(tables: Mapping[str, Any]) -> Any:
    """Messages by role; the first two public ones of a human agent; notes."""
    events = valid_events(tables)
    message, public = events.kind == "message", events.public.fill_null(True)
    human, asked = message & public & (events.author_role == "agent"), message & (events.author_role == "customer")
    spoken = events.filter(human)
    earlier = spoken.occurred.lag().over(ibis.window(group_by="ticket_id", order_by=["occurred", "event_id"]))
    second = spoken.mutate(earlier=earlier).filter(lambda t: t.earlier.notnull())
    second = second.group_by("ticket_id").agg(second_agent_message=second.occurred.min())
    talk = events.group_by("ticket_id").agg(
        first_agent_message=when(human, events.occurred).min(),
        replies=flag(human).sum(),
        notes=flag((events.author_role == "agent") & ((events.kind == "note") | (message & ~public))).sum(),
        bot_turns=flag(message & (events.author_role == "bot")).sum(),
        customer_messages=flag(asked).sum(),
        first_customer_message=when(asked, events.occurred).min(),
        last_event=events.occurred.max(),
    )
    return join_columns(talk, second, "ticket_id", {"second_agent_message": "second_agent_message"})


def _moves(tables: Mapping[str, Any]) -> Any:
    events = valid_events(tables)
    return events.group_by("ticket_id").agg(moved=flag(events.kind == "transfer").sum())


def _merged(tables: Mapping[str, Any]) -> Any:
    events = valid_events(tables)
    return events.filter(events.kind == "merge").group_by("ticket_id").agg(merges=flag(events.kind == "merge").sum())


def _settled(facts: Any) -> Any:
    """Decide between what the events show and what the source states."""
    proactive = _proactive(facts)
    spoke = ibis.ifelse(proactive, facts.second_agent_message, facts.first_agent_message)
    stated = when(facts.first_agent_message.isnull() & (facts.stated_reply >= facts.created), facts.stated_reply)
    finished = facts.status_now.isin(("solved", "closed"))
    facts = facts.mutate(
        first_reply=first_known(spoke, stated),
        proactive=proactive,
        solved=when(finished, first_known(facts.stated_solved, facts.last_solved)),
        merged=facts.merged | (facts.merges.fill_null(0) > 0),
        spam=facts.spam.fill_null(False),
        status=first_known(facts.status, facts.status_now),
        reopens=first_known(facts.stated_reopens, facts.reopens).cast("int64"),
        transfers=first_known(facts.stated_transfers, facts.moved, ibis.literal(0)).cast("int64"),
        **{c: facts[c].fill_null(0).cast("int64") for c in _COUNTS},
    )
    facts = facts.mutate(first_solved=first_known(facts.first_solved, facts.solved))
    facts = facts.mutate(last_event=_latest(facts, "created", "last_event", "first_reply", "solved", "status_since"))
    return facts.drop(
        "stated_solved", "stated_reply", "stated_reopens", "stated_transfers", "last_solved", "last_reopened", "moved",
        "merges", "first_agent_message", "second_agent_message", "first_customer_message",
    )  # fmt: skip


_COUNTS = (
    "replies", "notes", "bot_turns", "customer_messages", "solves", "wait_seconds", "work_seconds", "hold_seconds",
)  # fmt: skip


def _proactive(facts: Any) -> Any:
    """Whether an agent opened it publicly: spoke to the customer before the customer said anything."""
    before = (facts.first_agent_message < facts.first_customer_message) | facts.first_customer_message.isnull()
    opened = (facts.opened_by == "agent") | (facts.first_agent_message == facts.created)
    return (before & opened & facts.first_agent_message.notnull()).fill_null(False)


def _latest(facts: Any, *names: str) -> Any:
    return ibis.greatest(*(first_known(facts[n], facts[names[0]]) for n in names))


def _team_at(tables: Mapping[str, Any], facts: Any, instant: str, prefix: str) -> Any:
    """Team and assignee that the events show in force at an instant of the ticket."""
    events = valid_events(tables)
    events = events.filter(events.team.notnull() | events.agent_id.notnull())
    marks = facts.filter(facts[instant].notnull()).select(_ticket="ticket_id", _mark=instant)
    upto = events.join(marks, events.ticket_id == marks["_ticket"])
    upto = upto.filter(upto.occurred <= upto["_mark"])
    window = ibis.window(group_by="ticket_id", order_by=["occurred", "event_id"])
    last = upto.mutate(_next=upto.event_id.nullif("").lead().over(window))
    last = last.filter(last["_next"].isnull())
    return last.select("ticket_id", **{f"{prefix}_team": last.team, f"{prefix}_agent": last.agent_id})


def _placed(facts: Any) -> Any:
    return facts.mutate(
        team_now=facts.team,
        team=first_known(facts.solve_team, facts.team),
        agent_now=facts.agent_id,
        agent_id=first_known(facts.solve_agent, facts.agent_id),
        reply_team=first_known(facts.reply_team, facts.team),
        reply_agent=first_known(facts.reply_agent, facts.agent_id),
    ).drop("solve_team", "solve_agent")


def _with_next_contact(facts: Any, neighbours: Any | None) -> Any:
    """When the same customer next opened a ticket on the same topic."""
    rows = contacts(facts)
    rows = rows.union(neighbours) if neighbours is not None else rows
    window = ibis.window(group_by=["customer_id", "topic"], order_by=["created", "ticket_id"])
    follows = rows.select("ticket_id", follows=rows.created.lead().over(window))
    facts = join_columns(facts, follows, "ticket_id", {"follows": "follows"})
    soon = seconds(facts.solved, facts.follows) <= LONGEST * DAY
    return facts.mutate(next_contact=when(soon, facts.follows)).drop("follows")


def contacts(facts: Any) -> Any:
    """Of the facts of tickets, what decides which of them is another one's next contact."""
    rows = facts.filter(facts.customer_id.notnull() & ~facts.merged & ~facts.spam)
    # An engine that keeps rows may forget how fine an instant is; a union asks for the same.
    created = rows.created.cast("timestamp(6)")
    return rows.select("ticket_id", "customer_id", created=created, topic=rows.topic.fill_null(""))


def _with_customers(facts: Any, customers: Any) -> Any:
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in facts.columns}
    return join_columns(facts, customers, "customer_id", wanted)
