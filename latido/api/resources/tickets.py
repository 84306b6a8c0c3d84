"""`/tickets`: tickets, and everything that happened to one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import ibis
from fastapi import Path, Query
from pydantic import BaseModel, create_model

from latido.api.call import Asking
from latido.api.groups import RECORDS
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Order, Page, Pages, begin, leaf
from latido.api.questions import SOUND, Name
from latido.api.records import record, rows_of, shape
from latido.api.within import within
from latido.errors import UnknownNameError
from latido.i18n import _
from latido.model import TABLES
from latido.workspace.listing import literal
from latido.workspace.search import holds, words_of

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.api.proposals import Row

NEWEST = (Order("created", descending=True), Order("ticket_id"))
OLDEST = (Order("occurred"), Order("event_id"))

TicketId = Annotated[str, Path(description=_("The ticket's identifier").template, pattern=SOUND)]

TICKET = shape("Ticket", TABLES["tickets"])
EVENT = shape("TicketEvent", TABLES["ticket_events"])


class Clocks(BaseModel):
    """What the events of a ticket add up to."""

    first_reply: datetime | None = about(_("First human reply"))
    first_solved: datetime | None = about(_("First solve"))
    solved: datetime | None = about(_("Last solve, if the ticket still stands solved"))
    closed: datetime | None = about(_("When it was closed for good"))
    status_now: str | None = about(_("Status that it stands in"))
    status_since: datetime | None = about(_("Since when"))
    last_event: datetime | None = about(_("When something happened last"))
    solves: int | None = about(_("How often it was solved"))
    reopens: int | None = about(_("How often it was reopened"))
    replies: int | None = about(_("Public messages of people who work here"))
    notes: int | None = about(_("Internal notes"))
    bot_turns: int | None = about(_("Messages of bots"))
    customer_messages: int | None = about(_("Messages of the customer"))
    transfers: int | None = about(_("How often it changed teams"))
    wait_seconds: float | None = about(_("Seconds for which the customer waited for us"))
    work_seconds: float | None = about(_("Seconds for which it was ours to work on"))
    hold_seconds: float | None = about(_("Seconds for which it was on hold"))


TICKETS_PAGE: Any = create_model(
    "Tickets",
    __base__=Page,
    items=(list[TICKET], about(_("The tickets, the newest first"))),  # type: ignore[valid-type]
)
TICKET_PAGE: Any = create_model(
    "TicketWithEvents",
    __base__=Page,
    ticket=(TICKET, about(_("The ticket"))),
    clocks=(Clocks, about(_("What its events add up to"))),
    items=(list[EVENT], about(_("What happened to it, the oldest first"))),  # type: ignore[valid-type]
)


class Wanted(Pages):
    """Which tickets are wanted."""

    q: Name = about(_("Only those with these words in their subject, or whose identifier begins so"), default="")
    status: list[Name] = about(_("Only those in one of these statuses"), default=[], max_length=10)
    team: list[Name] = about(_("Only those that one of these teams has"), default=[], max_length=50)
    customer: Name | None = about(_("Only those of this customer"), default=None)
    updated_since: datetime | None = about(_("Only those changed or created at this instant or later"), default=None)


def every(call: Asking, said: Annotated[Wanted, Query()]) -> BaseModel:
    """Tickets, the newest first."""
    at = begin(call, said, *([str, str] if said.cursor else []))
    call.tag(at, said)
    tables = call.workspace.tables(at.version)
    chosen = _chosen(within("tickets", tables, call.asker.teams), said)
    found = leaf(call, at, chosen, NEWEST, said.limit)
    told: BaseModel = TICKETS_PAGE(items=list(map(record, found.items)), next=found.next, version=at.version)
    return told


def one(call: Asking, ticket: TicketId, said: Annotated[Pages, Query()]) -> BaseModel:
    """A ticket, its clocks and its events."""
    at = begin(call, said, *([str, str] if said.cursor else []))
    call.tag(at, said)
    tables = call.workspace.tables(at.version)
    theirs = within("tickets", tables, call.asker.teams)
    known = rows_of(call, theirs.filter(theirs.ticket_id == ticket).limit(1))
    if not known:
        raise UnknownNameError(_("There is no ticket with the identifier “{id}”.", id=ticket))
    events, clocks = (tables[n].filter(tables[n].ticket_id == ticket) for n in ("ticket_events", "ticket_facts"))
    found = leaf(call, at, events, OLDEST, said.limit)
    told: BaseModel = TICKET_PAGE(
        ticket=record(known[0]), clocks=_clocks(call, clocks), items=list(map(record, found.items)), next=found.next,
        version=at.version,
    )  # fmt: skip
    return told


def _chosen(tickets: Any, said: Wanted) -> Any:
    tests: list[Any] = []
    if said.q:
        tests.append(holds(tickets.subject, words_of(said.q)) | tickets.ticket_id.startswith(said.q))
    if said.status:
        tests.append(tickets.status.isin(said.status))
    if said.team:
        tests.append(tickets.team.isin(said.team))
    if said.customer is not None:
        tests.append(tickets.customer_id == said.customer)
    if said.updated_since is not None:
        tests.append(ibis.coalesce(tickets.updated, tickets.created) >= _instant(said.updated_since))
    return tickets.filter(tests) if tests else tickets


def _instant(moment: datetime) -> Any:
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return literal(utc.replace(tzinfo=None))


def _clocks(call: Call, rows: Any) -> Row:
    found = rows_of(call, rows.select(*Clocks.model_fields).limit(1))
    return found[0] if found else dict.fromkeys(Clocks.model_fields)


OPERATIONS = (
    Operation(
        "GET", "/tickets", every, "rows", RECORDS,
        _("Tickets"),
        _("Tickets with all of their columns, the newest first; a lead sees those of their teams."),
        TICKETS_PAGE, tagged=True, example="/tickets?status=open&updated_since=2025-03-04T00:00:00Z&limit=50",
    ),
    Operation(
        "GET", "/tickets/{ticket:path}", one, "rows", RECORDS,
        _("One ticket"),
        _("A ticket with its clocks and, in pages, its events."),
        TICKET_PAGE, errors=(404,), tagged=True, example="/tickets/T-1042",
    ),
)  # fmt: skip
