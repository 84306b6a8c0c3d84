"""Looking for customers: by number, name and address, within filters, in four orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import ibis
import pandas as pd

from latido.facts.expr import flag, join_columns, union_all
from latido.facts.timeline import OPEN
from latido.workspace import reach
from latido.workspace.listing import PAGE, by_dimension, choices, fitting, literal, narrowed
from latido.workspace.search import folded
from latido.workspace.tickets import people

if TYPE_CHECKING:
    from latido.metrics.query import Condition
    from latido.workspace.workspace import Workspace

Sort = Literal["activity", "tickets", "value", "name"]
DIMENSIONS = ("segment", "country", "plan")
LATELY = timedelta(days=31)
PROFILE = ("name", "email", "phone", "created", "segment", "country", "region", "language", "plan")


@dataclass(frozen=True)
class CustomerSearch:
    """What is looked for.

    Attributes:
        text: A customer's number, words of the name, the beginning of an e-mail address, a telephone number.
        where: Filters.
        sort: Who was active last, who has the most tickets, who bought most, or by name.
        teams: Only customers with a ticket of these; empty for all.
        first: How many to skip.
    """

    text: str = ""
    where: tuple[Condition, ...] = ()
    sort: Sort = "activity"
    teams: tuple[str, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class Money:
    """What somebody paid in one currency, in how many purchases."""

    amount: float
    currency: str
    orders: int


@dataclass(frozen=True)
class CustomerLine:
    """A customer in a list.

    Attributes:
        customer_id: Their number.
        name: Their name.
        email: Their address.
        segment: Their segment.
        country: Where they are.
        plan: What they have.
        active: Their last interaction on any channel; UTC, naive.
        tickets: How many tickets they have opened, as far as the reader may see them.
        open: How many of those are open.
        value: What they paid, by currency.
    """

    customer_id: str
    name: str | None
    email: str | None
    segment: str | None
    country: str | None
    plan: str | None
    active: datetime | None = None
    tickets: int = 0
    open: int = 0
    value: tuple[Money, ...] = field(default=())


@dataclass(frozen=True)
class CustomerPage:
    """Some of the customers that were looked for, and how many there are."""

    lines: tuple[CustomerLine, ...]
    all: int


def found(workspace: Workspace, asked: CustomerSearch, version: int | None = None) -> CustomerPage:
    """The customers that are looked for.

    Raises:
        UnknownNameError: Customers have no dimension that is filtered by.
    """
    tables = workspace.tables(version)
    rows = matching(_directory(workspace, asked.teams, version), asked)
    count = int(workspace.engine.execute(rows.count()))
    many = count > asked.first + PAGE
    shown = _lately(workspace, rows, tables, asked) if many and asked.sort == "activity" else []
    shown = shown or (_page(workspace, rows, tables, asked) if count else [])
    return CustomerPage(tuple(_told(workspace, tables, shown, asked.teams)), count)


def known_values(
    workspace: Workspace, teams: tuple[str, ...], version: int | None = None
) -> dict[str, tuple[str, ...]]:
    """Values that customers can be filtered by."""
    rows = _directory(workspace, teams, version)
    return by_dimension(workspace.engine.arrow(choices(rows, DIMENSIONS)).to_pylist())


def segments(workspace: Workspace, version: int | None = None) -> tuple[str, ...]:
    """Names of the saved segments that customers can be filtered by."""
    return fitting(_directory(workspace, (), version), workspace.segments)


def directory(tables: Mapping[str, Any], *, listed: bool) -> Any:
    """Everybody who is known: those in the table of customers; where there is none, whoever did or said something."""
    if listed:
        return tables["customers"].select("customer_id", *PROFILE)
    said = reach.answers(tables)
    streams = (said.filter(~said.blind.fill_null(False)), tables["activity_facts"], tables["subscriptions"])
    known = union_all([rows.filter(rows.customer_id.notnull()).select("customer_id") for rows in streams]).distinct()
    return join_columns(known, tables["customers"], "customer_id", {name: name for name in PROFILE})


def _directory(workspace: Workspace, teams: tuple[str, ...], version: int | None) -> Any:
    tables = workspace.tables(version)
    listed = bool(workspace.snapshot(version).rows("customers"))
    return reach.theirs(directory(tables, listed=listed), tables, teams)


def matching(known: Any, asked: CustomerSearch) -> Any:
    """Of the customers who are known, those that are looked for."""
    rows = narrowed(known, "customers", asked.where)
    text = asked.text.strip()
    return people(rows, text) if text else rows


def _page(workspace: Workspace, rows: Any, tables: Mapping[str, Any], asked: CustomerSearch) -> list[dict[str, Any]]:
    ordered, by = _ordered(rows, tables, asked, workspace.config.currency)
    page = ordered.order_by(by).limit(PAGE, offset=asked.first).select("customer_id", *PROFILE)
    found: list[dict[str, Any]] = workspace.engine.arrow(page).to_pylist()
    return found


def _lately(workspace: Workspace, rows: Any, tables: Mapping[str, Any], asked: CustomerSearch) -> list[dict[str, Any]]:
    """The page from what happened in the last days alone, which few files hold; nothing where that does not fill it."""
    did = tables["activity_facts"]
    last: Any = workspace.execute(did.aggregate(last=did.occurred.max())).iloc[0, 0]
    if pd.isna(last):
        return []
    lately = did.filter(did.occurred >= literal(last.to_pydatetime() - LATELY))
    known = rows.semi_join(lately, "customer_id")
    page = _page(workspace, known, {**tables, "activity_facts": lately}, asked)
    return page if len(page) == PAGE else []


def _ordered(rows: Any, tables: Mapping[str, Any], asked: CustomerSearch, currency: str) -> tuple[Any, list[Any]]:
    if asked.sort == "name":
        return rows, [flag(rows.name.isnull()), folded(rows.name), "customer_id"]
    if asked.sort == "value":
        # Amounts of several currencies are in no order: those in the workspace's own come first.
        spent = tables["customer_facts"]
        own = spent.filter(spent["main"] == 1).mutate(_own=flag(spent.currency == currency))
        ordered = join_columns(rows, own, "customer_id", {"_own": "_own", "_by": "amount"})
        return ordered, [ibis.desc(ordered["_own"].fill_null(-1)), *_descending(ordered)]
    if asked.sort == "tickets":
        mine = reach.tickets(tables, asked.teams)
        return _beside(rows, mine.group_by("customer_id").agg(_by=mine.count()))
    did = tables["activity_facts"]
    return _beside(rows, did.group_by("customer_id").agg(_by=did.occurred.max()))


def _beside(rows: Any, found: Any) -> tuple[Any, list[Any]]:
    ordered = join_columns(rows, found, "customer_id", {"_by": "_by"})
    return ordered, _descending(ordered)


def _descending(rows: Any) -> list[Any]:
    """The greatest first, those without last."""
    return [flag(rows["_by"].isnull()), ibis.desc("_by"), "customer_id"]


def _told(
    workspace: Workspace, tables: Mapping[str, Any], shown: Sequence[Mapping[str, Any]], teams: tuple[str, ...]
) -> Iterable[CustomerLine]:
    """The customers with what they did, read for these few only."""
    ids = [row["customer_id"] for row in shown]
    did = (
        {row["customer_id"]: row for row in workspace.engine.arrow(_deeds(tables, ids, teams)).to_pylist()}
        if ids
        else {}
    )
    value = values_of(workspace, tables, ids)
    wanted = ("customer_id", "name", "email", "segment", "country", "plan")
    for row in shown:
        key = row["customer_id"]
        deeds = {name: found for name in ("active", "tickets", "open") if (found := did.get(key, {}).get(name))}
        yield CustomerLine(**{name: row[name] for name in wanted}, **deeds, value=value.get(key, ()))


def _deeds(tables: Mapping[str, Any], ids: Sequence[str], teams: tuple[str, ...]) -> Any:
    did, mine = (
        rows.filter(rows.customer_id.isin(ids)) for rows in (tables["activity_facts"], reach.tickets(tables, teams))
    )
    last = did.group_by("customer_id").agg(active=did.occurred.max())
    counted = mine.group_by("customer_id").agg(tickets=mine.count(), open=flag(mine.status_now.isin(OPEN)).sum())
    return join_columns(last, counted, "customer_id", {"tickets": "tickets", "open": "open"})


def values_of(workspace: Workspace, tables: Mapping[str, Any], ids: Sequence[str]) -> dict[str, tuple[Money, ...]]:
    """What customers paid, by currency, the currency of the first purchase first."""
    rows = tables["customer_facts"]
    mine = rows.filter(rows.customer_id.isin(ids)).order_by([ibis.desc("main"), "currency"])
    told: dict[str, tuple[Money, ...]] = {}
    for row in workspace.engine.arrow(mine.select("customer_id", "amount", "currency", "orders")).to_pylist():
        money = Money(row["amount"] or 0.0, row["currency"], row["orders"])
        told[row["customer_id"]] = (*told.get(row["customer_id"], ()), money)
    return told
