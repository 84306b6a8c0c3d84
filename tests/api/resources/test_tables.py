"""Tables as a whole: every row once, and none that is nobody's to read."""

from __future__ import annotations

import csv

import pytest
from starlette.testclient import TestClient

from latido.facts.catalog import FACTS
from latido.model import TABLES
from latido.state.audit import Chosen
from tests.api.conftest import Api
from tests.api.shop import N_ANSWERS

EVERY = pytest.mark.parametrize("name", [*TABLES, *FACTS])


@EVERY
def test_every_table_can_be_had(owner: TestClient, name: str) -> None:
    told = owner.get(f"/tables/{name}?limit=2").json()
    assert (told["table"], bool(told["columns"])) == (name, True)
    assert all(set(row) == {column["name"] for column in told["columns"]} for row in told["items"])


def test_rows_are_those_of_the_workspace(api: Api, owner: TestClient) -> None:
    told = owner.get("/tables/ticket_facts?limit=1000").json()["items"]
    ours = api.workspace.execute(api.workspace.table("ticket_facts"))
    assert [(r["ticket_id"], r["replies"]) for r in told] == sorted(
        zip(ours["ticket_id"], ours["replies"], strict=True)
    )


@pytest.mark.parametrize("name", ["ticket_events", "status_facts", "tickets"])
def test_pages_hold_every_row_once(api: Api, owner: TestClient, name: str) -> None:
    first = owner.get(f"/tables/{name}?limit=25").json()
    rest = owner.get(f"/tables/{name}?limit=1000&cursor={first['next']}").json()
    rows = [tuple(row.values()) for row in (*first["items"], *rest["items"])]
    assert (len(rows), len(set(rows))) == (api.workspace.snapshot().rows(name),) * 2


def test_a_table_can_be_had_as_a_sheet(owner: TestClient) -> None:
    answer = owner.get("/tables/tickets?limit=2", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert (rows[0]["ticket_id"], rows[0]["created"], rows[0]["spam"]) == ("t00", "2025-01-02T09:00:00Z", "false")
    assert answer.headers["content-disposition"] == 'attachment; filename="tickets.csv"'


def test_a_sheet_is_what_the_client_likes_best(owner: TestClient) -> None:
    kinds = [owner.get("/tables/tickets?limit=1", headers={"Accept": accept}).headers["content-type"]
             for accept in ("application/json, text/csv", "*/*", "text/html, text/csv;q=0.9")]  # fmt: skip
    assert kinds == ["application/json", "application/json", "text/csv; charset=utf-8"]


@pytest.mark.parametrize("name", ["answers", "answer_facts"])
def test_what_employees_answered_is_nobodys(owner: TestClient, name: str) -> None:
    told = owner.get(f"/tables/{name}?limit=1000").json()["items"]
    assert (len(told), {row["kind"] for row in told}) == (N_ANSWERS, {"nps"})


@pytest.mark.parametrize("name", ["tickets", "ticket_events", "status_facts", "answers"])
def test_a_lead_gets_the_rows_of_their_team(lead: TestClient, owner: TestClient, name: str) -> None:
    mine, all_ = (len(client.get(f"/tables/{name}?limit=1000").json()["items"]) for client in (lead, owner))
    assert 0 < mine < all_


def test_a_lead_gets_the_customers_of_their_team(lead: TestClient) -> None:
    assert [row["customer_id"] for row in lead.get("/tables/customers?limit=3").json()["items"]] == [
        "c00",
        "c02",
        "c04",
    ]


def test_a_lead_gets_nothing_of_what_is_no_teams(lead: TestClient) -> None:
    assert lead.get("/tables/observations").json()["type"] == "/api/docs#problem-forbidden"


def test_an_unknown_table_is_answered_with_the_nearest(owner: TestClient) -> None:
    answer = owner.get("/tables/tickts")
    assert (answer.status_code, "tickets" in answer.json()["hint"]) == (404, True)


def test_an_export_is_noted(api: Api, owner: TestClient) -> None:
    owner.get("/tables/orders")
    last = api.state.audit.page(Chosen("table"), 1)[0]
    assert (last.action, last.target, last.how) == ("table.exported", "orders 1", "token")


def test_a_table_can_be_had_as_it_was(owner: TestClient) -> None:
    assert owner.get("/tables/tickets?as_of=0").json()["items"] == []


def test_a_version_that_is_not_kept_is_refused(owner: TestClient) -> None:
    assert owner.get("/tables/tickets?as_of=7").json()["errors"][0]["field"] == "as_of"
