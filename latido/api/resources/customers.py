"""`/customers`: who writes, answers and buys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, create_model

from latido.api.call import Asking
from latido.api.groups import RECORDS
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Order, Page, Pages, begin, leaf
from latido.api.questions import SOUND, Name
from latido.api.records import record, rows_of, shape
from latido.api.resources.tickets import TICKET
from latido.api.within import within
from latido.errors import UnknownNameError
from latido.i18n import _
from latido.model import TABLES
from latido.workspace import reach
from latido.workspace.customers import directory
from latido.workspace.tickets import people

if TYPE_CHECKING:
    from latido.api.call import Call

BY_ID = (Order("customer_id"),)
KNOWN_FROM = ("customers", "identities", "tickets", "answers", "orders", "subscriptions")
LATEST = 100

CustomerId = Annotated[str, Path(description=_("The customer's identifier").template, pattern=SOUND)]

CUSTOMER = shape("Customer", TABLES["customers"])
IDENTITY = shape("Identity", TABLES["identities"])
ANSWER = shape("Answer", TABLES["answers"])
ORDER = shape("Order", TABLES["orders"])
SUBSCRIPTION = shape("Subscription", TABLES["subscriptions"])

CUSTOMERS_PAGE: Any = create_model(
    "Customers",
    __base__=Page,
    items=(list[CUSTOMER], about(_("The customers, by identifier"))),  # type: ignore[valid-type]
)
WHOLE: Any = create_model(
    "CustomerWithHistory",
    customer=(CUSTOMER, about(_("The customer"))),
    identities=(list[IDENTITY], about(_("By what systems know them"))),  # type: ignore[valid-type]
    tickets=(list[TICKET], about(_("Their latest tickets, 100 at most"))),  # type: ignore[valid-type]
    answers=(list[ANSWER], about(_("Their latest answers, 100 at most"))),  # type: ignore[valid-type]
    orders=(list[ORDER], about(_("Their latest orders, 100 at most"))),  # type: ignore[valid-type]
    subscriptions=(list[SUBSCRIPTION], about(_("Their latest contracts, 100 at most"))),  # type: ignore[valid-type]
    version=(int, about(_("The version of the data"))),
)


class Wanted(Pages):
    """Which customers are wanted."""

    q: Name = about(
        _("Only those with these words in their name, this identifier or telephone number, or an e-mail address that "
          "begins so"), default="",
    )  # fmt: skip
    segment: list[Name] = about(_("Only those of one of these segments"), default=[], max_length=50)


def every(call: Asking, said: Annotated[Wanted, Query()]) -> BaseModel:
    """Customers, by identifier."""
    at = begin(call, said, *([str] if said.cursor else []))
    call.tag(at, said)
    tables = call.workspace.tables(at.version)
    with call.answers.engine:  # facts that are not kept are derived here
        chosen = _chosen(_everybody(call, tables, at.version), said)
    found = leaf(call, at, chosen, BY_ID, said.limit)
    told: BaseModel = CUSTOMERS_PAGE(items=list(map(record, found.items)), next=found.next, version=at.version)
    return told


def one(call: Asking, customer: CustomerId) -> BaseModel:
    """A customer, and what is known of them."""
    version = call.answers.version()
    call.tag(version)
    tables = call.workspace.tables(version)
    with call.answers.engine:
        known = rows_of(call, _of(_everybody(call, tables, version), customer, None))
        mine = {name: _of(within(name, tables, call.asker.teams), customer, TABLES[name].time) for name in KNOWN_FROM}
        found = {name: rows_of(call, rows) for name, rows in mine.items()}
    if not known and (call.asker.teams or not any(found.values())):
        raise UnknownNameError(_("There is no customer with the identifier “{id}”.", id=customer))
    told = {name: list(map(record, rows)) for name, rows in found.items()}
    who = [*told.pop("customers"), *known, {"customer_id": customer}][0]
    whole: BaseModel = WHOLE(customer=who, **told, version=version)
    return whole


def _everybody(call: Call, tables: Mapping[str, Any], version: int) -> Any:
    listed = bool(call.workspace.snapshot(version).rows("customers"))
    return reach.theirs(directory(tables, listed=listed), tables, call.asker.teams)


def _chosen(customers: Any, said: Wanted) -> Any:
    named = people(customers, said.q.strip()) if said.q.strip() else customers
    return named.filter(named.segment.isin(said.segment)) if said.segment else named


def _of(rows: Any, customer: str, time: str | None) -> Any:
    own = rows.filter(rows.customer_id == customer)
    if "blind" in rows.columns:  # nobody is to be known by what they answered in a blind survey
        own = own.filter(~own.blind.fill_null(False))
    return (own.order_by(own[time].desc()) if time else own).limit(LATEST)


OPERATIONS = (
    Operation(
        "GET", "/customers", every, "rows", RECORDS,
        _("Customers"),
        _("Customers by identifier; where no list of them was imported, whoever did or said anything. A lead sees "
          "those who wrote to their teams."),
        CUSTOMERS_PAGE, tagged=True, example="/customers?q=garcia&segment=gold",
    ),
    Operation(
        "GET", "/customers/{customer:path}", one, "rows", RECORDS,
        _("One customer"),
        _("A customer with identities, and the latest tickets, answers, orders and contracts."),
        WHOLE, errors=(404,), tagged=True, example="/customers/C-77",
    ),
)  # fmt: skip
