"""The audit trail in the browser."""

from __future__ import annotations

import csv

from starlette.testclient import TestClient

from latido.state import State
from tests.cast import Cast


def entries(state: State, people: Cast, count: int) -> None:
    """Exports by the analyst."""
    for i in range(count):
        state.audit.record("metric.exported", f"nps {i}", person_id=people.analyst.id, how="session")


def test_entries_say_who_did_what(owner: TestClient, state: State, people: Cast) -> None:
    state.audit.record("person.invited", "person 5", person_id=people.owner.id, how="session", address="203.0.113.9")
    page = owner.get("/audit").text
    assert all(text in page for text in ("Olga Owner", "invited somebody", "person 5", "203.0.113.0/24"))


def test_a_page_has_fifty_and_leads_to_the_older(owner: TestClient, state: State, people: Cast) -> None:
    entries(state, people, 60)
    page = owner.get("/audit").text
    assert (page.count("<time"), "nps 9<" in page, "before=11" in page) == (50, False, True)
    assert owner.get("/audit?before=11").text.count("<time") == 10


def test_entries_are_filtered(owner: TestClient, state: State, people: Cast) -> None:
    entries(state, people, 3)
    state.audit.record("person.invited", "person 5", person_id=people.owner.id, how="session")
    pages = [owner.get(f"/audit?{q}").text for q in (f"person={people.owner.id}", "action=metric", "action=none")]
    assert [page.count("<time") for page in pages] == [1, 3, 0]


def test_what_is_no_number_filters_nothing(owner: TestClient, state: State, people: Cast) -> None:
    entries(state, people, 3)
    assert owner.get("/audit?person=²&before=x").text.count("<time") == 3


def test_the_trail_is_taken_out_as_csv(owner: TestClient, state: State, people: Cast) -> None:
    entries(state, people, 2)
    rows = list(csv.DictReader(owner.get("/audit.csv?action=metric").text.splitlines()))
    assert [(row["name"], row["action"], row["target"]) for row in rows] == [
        ("Ana Analyst", "metric.exported", "nps 1"),
        ("Ana Analyst", "metric.exported", "nps 0"),
    ]


def test_taking_it_out_is_in_it(owner: TestClient, state: State) -> None:
    owner.get("/audit.csv")
    assert [entry.action for entry in state.audit.page()] == ["audit.exported"]


def test_a_spreadsheet_finds_no_formula_in_it(owner: TestClient, state: State, people: Cast) -> None:
    state.audit.record("x.y", "=cmd()", person_id=people.owner.id, how="session")
    assert ",'=cmd()," in owner.get("/audit.csv").text
