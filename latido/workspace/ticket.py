"""One ticket: what it is, what happened to it, when it had which status, and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from latido.workspace import reach
from latido.workspace.bands import Band, banded
from latido.workspace.listing import literal
from latido.workspace.tickets import data_end

if TYPE_CHECKING:
    from latido.workspace.workspace import Workspace

EVENTS = 400  # of one page of a conversation
SPELLS = 2_000  # stretches of one status, and waits, that a drawing can show


@dataclass(frozen=True)
class Event:
    """Something that happened; see the table `ticket_events`. `author` is a name, where one is known."""

    event_id: str
    occurred: datetime
    kind: str
    author_id: str | None
    author_role: str | None
    public: bool | None
    value: str | None
    team: str | None
    agent_id: str | None
    channel: str | None
    text: str | None


@dataclass(frozen=True)
class Spell:
    """A stretch of one status; `ended` is None while it lasts."""

    status: str
    began: datetime
    ended: datetime | None
    solve: bool
    reopen: bool


@dataclass(frozen=True)
class Wait:
    """A stretch in which the customer waited for the next reply; see `reply_facts`."""

    asked: datetime
    replied: datetime | None
    released: datetime | None
    opening: bool


@dataclass(frozen=True)
class Said:
    """What was answered to a survey about the ticket."""

    answer_id: str
    kind: str
    survey: str | None
    question: str | None
    score: float | None
    scale_low: float
    scale_high: float
    band: Band | None
    comment: str | None
    answered: datetime | None


@dataclass(frozen=True)
class Facts:
    """The facts of a ticket; see `ticket_facts`. Instants are UTC and naive."""

    ticket_id: str
    customer_id: str | None
    subject: str | None
    channel: str | None
    topic: str | None
    subtopic: str | None
    product: str | None
    brand: str | None
    priority: str | None
    status: str | None
    status_now: str
    team: str | None
    team_now: str | None
    reply_team: str | None
    agent_id: str | None
    agent_now: str | None
    created: datetime
    first_reply: datetime | None
    first_solved: datetime | None
    solved: datetime | None
    closed: datetime | None
    last_event: datetime
    proactive: bool
    merged: bool
    spam: bool
    replies: int
    notes: int
    bot_turns: int
    customer_messages: int
    transfers: int
    reopens: int
    solves: int
    segment: str | None
    country: str | None


@dataclass(frozen=True)
class Ticket:
    """A ticket as a whole.

    Attributes:
        facts: What is derived from its events.
        spells: Its statuses, in order.
        waits: Its customer's waits, in order.
        events: A page of what happened, in order.
        first: How many events come before them.
        all: How many events there are.
        said: Answers to surveys about it.
        customer: The customer's name.
        names: Names of the agents, and of tickets' authors, by number.
        end: Instant up to which the data speak.
    """

    facts: Facts
    spells: tuple[Spell, ...]
    waits: tuple[Wait, ...]
    events: tuple[Event, ...]
    first: int
    all: int
    said: tuple[Said, ...]
    customer: str | None
    names: Mapping[str, str]
    end: datetime


def facts_of(
    workspace: Workspace, ticket_id: str, teams: tuple[str, ...] = (), version: int | None = None
) -> Facts | None:
    """The facts of a ticket; None where there is none of this number, or it is no ticket of these teams."""
    rows = reach.tickets(workspace.tables(version), teams)
    mine = rows.filter(rows.ticket_id == ticket_id).select(*_names(Facts)).limit(1)
    found = workspace.engine.arrow(mine).to_pylist()
    return Facts(**found[0]) if found else None


def whole(workspace: Workspace, facts: Facts, first: int = 0, version: int | None = None) -> Ticket:
    """All about a ticket.

    Args:
        workspace: Where it is.
        facts: Its facts.
        first: How many events to skip.
        version: Of the data; None for the last.
    """
    tables, arrow = workspace.tables(version), workspace.engine.arrow
    happened = own_events(tables, facts)
    events = [Event(**row) for row in arrow(_page(happened, first)).to_pylist()]
    return Ticket(
        facts=facts,
        spells=tuple(Spell(**row) for row in arrow(_spells(tables, facts)).to_pylist()),
        waits=tuple(Wait(**row) for row in arrow(_waits(tables, facts)).to_pylist()),
        events=tuple(events),
        first=first,
        all=int(workspace.engine.execute(happened.count())),
        said=tuple(Said(**row) for row in arrow(_answers(workspace, tables, facts)).to_pylist()),
        customer=_customer(workspace, tables, facts),
        names=_agents(workspace, tables, _people(facts, events)),
        end=data_end(workspace, version),
    )


def own_events(tables: Mapping[str, Any], facts: Facts) -> Any:
    """What happened to a ticket since its creation; so only files of these months are read."""
    events = tables["ticket_events"]
    return events.filter((events.ticket_id == facts.ticket_id) & _since(events.occurred, facts))


def _page(events: Any, first: int) -> Any:
    return events.order_by("occurred", "event_id").limit(EVENTS, offset=first).select(*_names(Event))


def _spells(tables: Mapping[str, Any], facts: Facts) -> Any:
    rows = tables["status_facts"]
    mine = rows.filter((rows.ticket_id == facts.ticket_id) & _since(rows.began, facts))
    told = mine.order_by("began", "seq").limit(SPELLS)
    return told.select("status", "began", "ended", solve=told.solve == 1, reopen=told.reopen == 1)


def _waits(tables: Mapping[str, Any], facts: Facts) -> Any:
    rows = tables["reply_facts"]
    mine = rows.filter((rows.ticket_id == facts.ticket_id) & _since(rows.asked, facts))
    return mine.order_by("asked", "reply").limit(SPELLS).select(*_names(Wait))


def _answers(workspace: Workspace, tables: Mapping[str, Any], facts: Facts) -> Any:
    rows = banded(reach.answers(tables), tables, workspace.settings)
    mine = rows.filter((rows.subject == "ticket") & (rows.subject_id == facts.ticket_id))
    return mine.order_by("answered", "answer_id").limit(EVENTS).select(*_names(Said))


def _customer(workspace: Workspace, tables: Mapping[str, Any], facts: Facts) -> str | None:
    rows = tables["customers"]
    found = workspace.engine.arrow(rows.filter(rows.customer_id == facts.customer_id).select("name").limit(1))
    return next((row["name"] for row in found.to_pylist()), None) if facts.customer_id else None


def _agents(workspace: Workspace, tables: Mapping[str, Any], people: set[str]) -> dict[str, str]:
    rows = tables["agents"]
    named = rows.filter(rows.agent_id.isin(sorted(people)) & rows.name.notnull()).order_by("valid_from")
    # Somebody may have had several names: the last one stays.
    told = named.select("agent_id", "name").limit(SPELLS)
    return {row["agent_id"]: row["name"] for row in workspace.engine.arrow(told).to_pylist()} if people else {}


def _people(facts: Facts, events: list[Event]) -> set[str]:
    authors = {event.author_id for event in events} | {facts.agent_id, facts.agent_now}
    given = {event.value for event in events if event.kind in {"assignment", "transfer"}}
    return {name for name in authors | given if name}


def _since(time: Any, facts: Facts) -> Any:
    return time >= literal(facts.created)


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]
