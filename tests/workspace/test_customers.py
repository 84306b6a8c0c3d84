"""Looking for customers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

import latido
from latido import sync
from latido.facts.refresh import refresh
from latido.sources.source import Options
from latido.workspace import Workspace
from latido.workspace import customers as module
from latido.workspace import open as open_workspace
from latido.workspace.customers import CustomerSearch, Money, found, known_values
from latido.workspace.question import conditions
from tests.company import company as without_customers
from tests.company import made
from tests.delivered import CanonicalCsv, deliver
from tests.lives import workspace


def ids(**asked: Any) -> list[str]:
    """The customers who are found, in order."""
    return [line.customer_id for line in found(workspace(), CustomerSearch(**asked)).lines]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("activity", ["ana", "bo", "cy"]),
        ("tickets", ["bo", "ana", "cy"]),
        ("value", ["ana", "cy", "bo"]),
        ("name", ["ana", "bo", "cy"]),
    ],
)
def test_customers_come_in_the_order_that_was_asked_for(sort: str, order: list[str]) -> None:
    assert ids(sort=sort) == order


@pytest.mark.parametrize("text", ["ana", "NUNEZ ana", "ana@exa", "+34600"])
def test_number_name_and_address_find_a_customer(text: str) -> None:
    assert ids(text=text) == ["ana"]


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "\\"])
def test_what_looks_like_a_query_finds_nobody(text: str) -> None:
    assert ids(text=text) == []


def test_filters_narrow() -> None:
    assert ids(where=conditions(["segment=hogar", "country=ES"])) == ["ana", "cy"]


def test_a_lead_sees_only_customers_with_a_ticket_of_their_teams() -> None:
    page = found(workspace(), CustomerSearch(teams=("Ventas",)))
    assert [(line.customer_id, line.tickets, line.open) for line in page.lines] == [("ana", 1, 0), ("bo", 1, 0)]


def test_a_line_says_what_they_did() -> None:
    line = found(workspace(), CustomerSearch(text="ana")).lines[0]
    assert (line.tickets, line.open, line.active) == (2, 1, datetime(2025, 3, 10, 9))
    assert line.value == (Money(100.5, "EUR", 1),)


def test_where_no_table_names_customers_they_are_known_by_what_they_said() -> None:
    page = found(latido.open(without_customers()), CustomerSearch(text="c7"))
    assert [line.customer_id for line in page.lines] == ["c7"]


def test_values_to_filter_by_are_those_that_there_are() -> None:
    assert known_values(workspace(), ()) == {
        "segment": ("hogar", "negocio"),
        "country": ("ES", "MX"),
        "plan": ("Fija",),
    }


@cache
def crowd() -> Workspace:
    """A workspace of 120 customers, one more each hour."""
    root = made(Path(mkdtemp(prefix="latido-crowd-")))
    names = [f"k{i:03}" for i in range(120)]
    begin = datetime(2025, 3, 1)
    visits = [
        {"touchpoint_id": name, "customer_id": name, "occurred": (begin + timedelta(hours=i)).isoformat()}
        for i, name in enumerate(names)
    ]
    found_ = open_workspace(root)
    files = [deliver(root, "customers.csv", *({"customer_id": name} for name in names))]
    files.append(deliver(root, "touchpoints.csv", *visits))
    sync.run(found_.lake, found_.engine, CanonicalCsv(every=1000), files, Options(), after=refresh)
    return found_


@pytest.mark.parametrize(("first", "ids_"), [(0, ("k119", "k070")), (50, ("k069", "k020")), (100, ("k019", "k000"))])
def test_page_by_page_everybody_is_there_who_was_active_last_first(first: int, ids_: tuple[str, str]) -> None:
    lines = found(crowd(), CustomerSearch(first=first)).lines
    assert (lines[0].customer_id, lines[-1].customer_id) == ids_


def test_what_happened_lately_gives_the_same_as_all_that_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    lately = found(crowd(), CustomerSearch()).lines
    monkeypatch.setattr(module, "LATELY", timedelta(hours=10))
    assert found(crowd(), CustomerSearch()).lines == lately
