"""A ticket's statuses as a time line: what it was, from when, until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import flag, union_all, when

DONE = ("solved", "closed", "deleted")
OPEN = ("new", "open", "pending", "hold")


def status_facts(tables: Mapping[str, Any]) -> Any:
    """One row per stretch of one status of a ticket.

    A ticket begins as `new` at its creation. Where the source gives no status events but says
    when the ticket was solved, that solve is its one change, unless its status is an open one: then
    it was reopened. Events before the creation count for nothing.

    Returns:
        ticket_id, status, began, ended (null while it lasts), seq (event_id, breaks ties),
        before (the previous status), solve and reopen (1 where the stretch begins with one).
    """
    tickets, stated = tables["tickets"], _stated(tables)
    born = tickets.select("ticket_id", began="created", seq=ibis.literal(""), status=ibis.literal("new"))
    rows = union_all([born, stated, _unstated(tickets, stated)])
    window = ibis.window(group_by="ticket_id", order_by=["began", "seq"])
    rows = rows.mutate(ended=rows.began.lead().over(window), before=rows.status.nullif("").lag().over(window))
    done, was_done = rows.status.isin(DONE), rows.before.isin(DONE).fill_null(False)
    return rows.mutate(
        solve=flag((rows.status == "solved") & (rows.before != "solved")),
        reopen=flag(~done & was_done),
    )


def status_ends(segments: Any) -> Any:
    """One row per ticket: solves, reopenings, and where its time line stands now.

    Returns:
        ticket_id, first_solved, last_solved (null where a reopening came after it), reopened,
        solves, reopens, ended (when it was last closed or deleted without further change),
        status_now, status_since.
    """
    last = segments.ended.isnull()
    ends = segments.group_by("ticket_id").agg(
        first_solved=when(segments.solve == 1, segments.began).min(),
        last_solved=when(segments.solve == 1, segments.began).max(),
        last_reopened=when(segments.reopen == 1, segments.began).max(),
        solves=segments.solve.sum(),
        reopens=segments.reopen.sum(),
        status_now=when(last, segments.status).max(),
        status_since=when(last, segments.began).max(),
    )
    finished = ends.status_now.isin(DONE)
    stands = finished & (ends.last_reopened.isnull() | (ends.last_solved >= ends.last_reopened))
    return ends.mutate(
        last_solved=when(stands, ends.last_solved),
        closed=when(finished, ends.status_since),
    )


def valid_events(tables: Mapping[str, Any]) -> Any:
    """Events of known tickets that do not come before their ticket's creation."""
    known = tables["tickets"].select(_ticket="ticket_id", _created="created")
    events = tables["ticket_events"]
    joined = events.join(known, events.ticket_id == known["_ticket"])
    return joined.filter(joined.occurred >= joined["_created"]).drop("_ticket", "_created")


def _stated(tables: Mapping[str, Any]) -> Any:
    events = valid_events(tables)
    changes = events.filter((events.kind == "status") & events.value.notnull())
    return changes.select("ticket_id", began="occurred", seq="event_id", status="value")


def _unstated(tickets: Any, stated: Any) -> Any:
    told = stated.select(_told="ticket_id").distinct()
    solved = tickets.filter((tickets.solved >= tickets.created) & ~tickets.status.isin(OPEN).fill_null(False))
    rest = solved.anti_join(told, solved.ticket_id == told["_told"])
    return rest.select("ticket_id", began="solved", seq=ibis.literal("~"), status=ibis.literal("solved"))
