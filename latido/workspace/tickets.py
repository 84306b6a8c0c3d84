"""Looking for tickets: by number, words and customer, within filters, in three orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal

import ibis

from latido.facts.expr import flag, join_columns, seconds
from latido.facts.timeline import DONE, OPEN
from latido.metrics.ticket_volume import TICKET_VOLUME
from latido.workspace import listing, reach
from latido.workspace.listing import PAGE, Span, by_dimension, choices, fitting, literal, narrowed
from latido.workspace.search import fold, folded, holds, words_of

if TYPE_CHECKING:
    from latido.metrics.query import Condition
    from latido.workspace.workspace import Workspace

Sort = Literal["latest", "waiting", "touches"]
DIMENSIONS = ("status", "channel", "team", "topic", "priority")
WAITING = ("new", "open", "hold")


@dataclass(frozen=True)
class TicketSearch:
    """What is looked for.

    Attributes:
        text: A ticket's number or its beginning; words of the subject; a customer's number, name or address.
        where: Filters.
        span: When it was created.
        sort: The latest first, those that wait longest, or those with the most replies.
        teams: Whose tickets; empty for all.
        first: How many to skip.
    """

    text: str = ""
    where: tuple[Condition, ...] = ()
    span: Span = field(default_factory=Span)
    sort: Sort = "latest"
    teams: tuple[str, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class TicketLine:
    """A ticket in a list; instants are UTC and naive."""

    ticket_id: str
    subject: str | None
    customer_id: str | None
    customer: str | None
    channel: str | None
    team: str | None
    topic: str | None
    priority: str | None
    status: str | None
    created: datetime
    first_reply: datetime | None
    solved: datetime | None
    closed: datetime | None
    proactive: bool
    merged: bool
    replies: int

    def stopped(self, end: datetime) -> datetime | None:
        """When it was solved or closed, as far as the data speak; None while it is open."""
        return next((at for at in (self.solved, self.closed) if at is not None and at <= end), None)

    @property
    def done(self) -> bool:
        """Whether its status says that it is done, also where nothing says since when."""
        return self.status in DONE


@dataclass(frozen=True)
class TicketPage:
    """Some of the tickets that were looked for.

    Attributes:
        lines: They.
        all: How many there are.
        end: Instant up to which the data speak; UTC, naive.
    """

    lines: tuple[TicketLine, ...]
    all: int
    end: datetime


def found(workspace: Workspace, asked: TicketSearch, version: int | None = None) -> TicketPage:
    """The tickets that are looked for.

    Raises:
        UnknownNameError: Tickets have no dimension that is filtered by.
    """
    tables, end = workspace.tables(version), data_end(workspace, version)
    rows = matching(tables, asked)
    count = int(workspace.engine.execute(rows.count()))
    shown = workspace.engine.arrow(_shown(rows, tables, asked, end)).to_pylist() if count else []
    return TicketPage(tuple(TicketLine(**row) for row in shown), count, end)


def known_values(
    workspace: Workspace, teams: tuple[str, ...], version: int | None = None
) -> dict[str, tuple[str, ...]]:
    """Values that tickets can be filtered by."""
    rows = reach.tickets(workspace.tables(version), teams)
    return by_dimension(workspace.engine.arrow(choices(rows, DIMENSIONS)).to_pylist())


def segments(workspace: Workspace, version: int | None = None) -> tuple[str, ...]:
    """Names of the saved segments that tickets can be filtered by."""
    return fitting(reach.tickets(workspace.tables(version)), workspace.segments)


def data_end(workspace: Workspace, version: int | None = None) -> datetime:
    """Instant up to which the data speak of tickets; UTC, naive."""
    return listing.data_end(workspace, TICKET_VOLUME, version)


def matching(tables: Mapping[str, Any], asked: TicketSearch) -> Any:
    """Facts of the tickets that are looked for."""
    rows = narrowed(asked.span.of(reach.tickets(tables, asked.teams), "created"), "tickets", asked.where)
    text = asked.text.strip()
    return rows.filter(_speaks_of(rows, tables, text)) if text else rows


def _speaks_of(rows: Any, tables: Mapping[str, Any], text: str) -> Any:
    customers = people(tables["customers"], text)
    ours = (rows.customer_id == text) | rows.customer_id.isin(customers.customer_id)
    return _begins(rows, text) | holds(rows.subject, words_of(text)) | ours.fill_null(False)


def _begins(rows: Any, text: str) -> Any:
    """Whether the number begins so, in small letters, capitals or as typed: other ways cost a pass over all numbers."""
    return reduce(or_, (rows.ticket_id.startswith(way) for way in _ways(text)))


def _ways(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((text, text.lower(), text.upper())))


def people(customers: Any, text: str) -> Any:
    """Customers whose number or telephone this is, whose name has all of its words, whose address begins with it."""
    name = holds(customers.name, words_of(text))
    address = folded(customers.email).startswith(fold(text)) | (customers.phone == text)
    return customers.filter((customers.customer_id == text) | name | address.fill_null(False))


def _shown(rows: Any, tables: Mapping[str, Any], asked: TicketSearch, end: datetime) -> Any:
    order = _order(rows, asked, end)
    page = rows.mutate(**order).order_by([ibis.desc(name) for name in order]).limit(PAGE, offset=asked.first)
    named = join_columns(page, tables["customers"], "customer_id", {"customer": "name"})
    wanted = [name for name in TicketLine.__dataclass_fields__ if name in named.columns]
    # A join may give back its rows in any order.
    return named.order_by([ibis.desc(name) for name in order]).select(*wanted)


def _order(rows: Any, asked: TicketSearch, end: datetime) -> dict[str, Any]:
    """Columns by which the tickets are ordered, the greatest first; the number that was typed comes before all."""
    text = asked.text.strip()
    exact = {"_exact": flag(rows.ticket_id.isin(_ways(text))) + flag(_begins(rows, text))} if text else {}
    own = {"touches": {"_replies": rows.replies}, "waiting": _waited(rows, end)}.get(asked.sort, {})
    return {**exact, **own, "_created": rows.created, "_number": rows.ticket_id}


def _waited(rows: Any, end: datetime) -> dict[str, Any]:
    running = ibis.ifelse(rows.status_now.isin(WAITING), seconds(rows.status_since, literal(end)), 0)
    # What was merged, is spam or was deleted waits for nobody.
    still = rows.status_now.isin(OPEN) & ~rows.status.isin(DONE).fill_null(False) & ~rows.merged & ~rows.spam
    return {"_open": flag(still), "_waited": rows.wait_seconds + running}
