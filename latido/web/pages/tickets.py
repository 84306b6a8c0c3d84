"""Tickets: looking for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from latido.i18n import Message, _, number
from latido.metrics.names import value_name
from latido.web.instants import When, instant, on_day
from latido.web.labels import STATUS_TONES
from latido.web.lengths import Length, Pair, calendar_of, rounded, seconds_of
from latido.web.lists import form, listing, pages
from latido.web.page import Page
from latido.workspace.tickets import TicketLine, TicketSearch, data_end, found, known_values, segments

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.model.calendar import BusinessCalendar
    from latido.web.ask import Ask
    from latido.web.lists import Listing
    from latido.workspace.tickets import TicketPage

ORDERS: Mapping[str, Message] = {
    "latest": _("The latest first"),
    "waiting": _("Those that wait longest first"),
    "touches": _("Those with the most replies first"),
}


@dataclass(frozen=True)
class Row:
    """A ticket in the list.

    Attributes:
        number: Its number.
        href: Its page.
        subject: What it says.
        customer: Whose it is.
        customer_href: Their page; empty where nobody knows.
        channel: Where it came in.
        team: Who has it.
        status: How it stands.
        tone: Of its status.
        created: When it came.
        age: How old it is, while it is open.
        reply: Time to the first human reply.
        resolution: Time to the last solve.
        touches: Replies.
        merged: Whether it is a part of another one.
    """

    number: str
    href: str
    subject: str
    customer: str
    customer_href: str
    channel: str
    team: str
    status: str
    tone: str
    created: When
    age: str
    reply: Length
    resolution: Length
    touches: str
    merged: bool


def show(ask: Ask) -> Response:
    """The page."""
    asked, version, teams = listing(ask, list(ORDERS)), ask.answers.version(), ask.asker.teams
    end: datetime = ask.answers.once(("tickets' end", version), lambda: data_end(ask.workspace, version))
    search = _search(ask, asked, end)
    page: TicketPage = ask.answers.once(("tickets", search, version), lambda: found(ask.workspace, search, version))
    known = ask.answers.once(("tickets' values", teams, version), lambda: known_values(ask.workspace, teams, version))
    kept = ask.answers.once(("tickets' segments", version), lambda: segments(ask.workspace, version))
    calendar = calendar_of(ask.workspace, asked.view.calendar)
    shown = rows(page, calendar, ask)
    return ask.page(
        "tickets.html",
        f=form(
            ask, asked, known, ORDERS, calendars=list(ask.workspace.calendars), calendar=calendar.name, segments=kept
        ),
        rows=shown,
        as_of=instant(page.end, ask.workspace.config.zone).text if any(row.age for row in shown) else "",
        count=page.all,
        pages=pages(asked, len(page.lines), page.all),
        calendar="" if calendar.name == "24x7" else calendar.name,
        nothing=not asked.narrowed and not page.all,
    )


def _search(ask: Ask, asked: Listing, end: datetime) -> TicketSearch:
    sort: Any = asked.sort or next(iter(ORDERS))
    span = asked.span(end, ask.workspace.config.time_zone)
    return TicketSearch(asked.text, asked.where, span, sort, ask.asker.teams, asked.first)


def rows(page: TicketPage, calendar: BusinessCalendar, ask: Ask) -> list[Row]:
    """The rows, their times in a calendar."""
    pairs = [pair for line in page.lines for pair in _pairs(line, page.end)]
    seconds = seconds_of(pairs, calendar)
    both = zip(seconds[::2], seconds[1::2], strict=True)
    return [_row(line, page.end, *lasted, ask) for line, lasted in zip(page.lines, both, strict=True)]


def _pairs(line: TicketLine, end: datetime) -> tuple[Pair, Pair]:
    """From creation to the first reply, and to the solve; to where the wait ended, or still is, without these."""
    stop = line.stopped(end) or end
    replied = line.first_reply if line.first_reply and line.first_reply <= end else stop
    return (line.created, max(replied, line.created)), (line.created, max(stop, line.created))


def _row(line: TicketLine, end: datetime, replied: int, stopped: int, ask: Ask) -> Row:
    is_open = line.stopped(end) is None and not line.done
    return Row(
        number=line.ticket_id,
        href=f"/tickets/{quote(line.ticket_id, safe='')}",
        subject=line.subject or "",
        customer=line.customer or line.customer_id or "",
        customer_href=f"/customers/{quote(line.customer_id, safe='')}" if line.customer_id else "",
        channel=value_name("channel", line.channel),
        team=line.team or "",
        status=value_name("status", line.status),
        tone=STATUS_TONES.get(line.status or "", ""),
        created=on_day(line.created, ask.workspace.config.zone),
        age=rounded((end - line.created).total_seconds()) if is_open else "",
        reply=_reply(line, end, replied),
        resolution=_resolution(line, end, stopped),
        touches=number(line.replies),
        merged=line.merged,
    )


def _reply(line: TicketLine, end: datetime, seconds: int) -> Length:
    if line.first_reply is not None and line.first_reply <= end:
        return Length(rounded(seconds))
    if line.stopped(end) or line.done:
        return Length(str(_("no reply")), "muted")
    if not seconds:
        return Length(str(_("waiting, outside open hours")), "warn")
    return Length(str(_("still waiting, {time}", time=rounded(seconds))), "warn")


def _resolution(line: TicketLine, end: datetime, seconds: int) -> Length:
    if line.stopped(end) is None and line.done:
        return Length(str(_("nothing says when")), "muted")
    if line.stopped(end) is None:
        return Length(str(_("open for {time}", time=rounded(seconds)) if seconds else _("still open")), "muted")
    return Length(rounded(seconds)) if line.solved else Length(str(_("closed unsolved")), "muted")


ROUTES = (Page("/tickets", show, right="rows"),)
