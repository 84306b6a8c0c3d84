"""Customers: looking for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from latido.i18n import Message, _, number
from latido.web.instants import When, on_day
from latido.web.life import amount
from latido.web.lists import form, listing, pages
from latido.web.page import Page
from latido.workspace.customers import CustomerLine, CustomerSearch, Money, found, known_values, segments

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.web.lists import Listing
    from latido.workspace.customers import CustomerPage

ORDERS: Mapping[str, Message] = {
    "activity": _("Those who were active last first"),
    "tickets": _("Those with the most tickets first"),
    "value": _("Those who bought most first"),
    "name": _("By name"),
}


@dataclass(frozen=True)
class Row:
    """A customer in the list.

    Attributes:
        number: Their number.
        href: Their page.
        name: Their name; the number where it is not known.
        email: Their address.
        segment: Their segment.
        country: Where they are.
        plan: What they have.
        active: When they last did anything.
        tickets: How many tickets they opened.
        open: How many of them are open.
        value: What they paid, by currency.
    """

    number: str
    href: str
    name: str
    email: str
    segment: str
    country: str
    plan: str
    active: When | None
    tickets: str
    open: int
    value: Sequence[str]


def show(ask: Ask) -> Response:
    """The page."""
    asked, version, teams = listing(ask, list(ORDERS)), ask.answers.version(), ask.asker.teams
    search = _search(ask, asked)
    page: CustomerPage = ask.answers.once(("customers", search, version), lambda: found(ask.workspace, search, version))
    known = ask.answers.once(("customers' values", teams, version), lambda: known_values(ask.workspace, teams, version))
    kept = ask.answers.once(("customers' segments", version), lambda: segments(ask.workspace, version))
    return ask.page(
        "customers.html",
        f=form(ask, asked, known, ORDERS, timed=False, segments=kept),
        rows=[_row(line, ask.workspace.config.zone) for line in page.lines],
        count=page.all,
        pages=pages(asked, len(page.lines), page.all),
        nothing=not asked.narrowed and not page.all,
    )


def _search(ask: Ask, asked: Listing) -> CustomerSearch:
    sort: Any = asked.sort or next(iter(ORDERS))
    return CustomerSearch(asked.text, asked.where, sort, ask.asker.teams, asked.first)


def _row(line: CustomerLine, zone: ZoneInfo) -> Row:
    return Row(
        number=line.customer_id,
        href=f"/customers/{quote(line.customer_id, safe='')}",
        name=line.name or line.customer_id,
        email=line.email or "",
        segment=line.segment or "",
        country=line.country or "",
        plan=line.plan or "",
        active=on_day(line.active, zone) if line.active else None,
        tickets=number(line.tickets),
        open=line.open,
        value=[paid(money) for money in line.value],
    )


def paid(money: Money) -> str:
    """An amount with its currency."""
    return amount(money.amount, money.currency)


ROUTES = (Page("/customers", show, right="rows"),)
