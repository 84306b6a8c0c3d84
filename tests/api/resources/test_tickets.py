"""Tickets: found, paged, and told with everything that happened to them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.shop import N_TICKETS


def found(client: TestClient, asked: str) -> list[str]:
    """The tickets that somebody finds."""
    return [one["ticket_id"] for one in client.get(f"/tickets?limit=1000&{asked}").json()["items"]]


def test_the_newest_comes_first(owner: TestClient) -> None:
    assert found(owner, "") == [f"t{i:02}" for i in range(N_TICKETS - 1, -1, -1)]


def test_pages_fit_together(owner: TestClient) -> None:
    first = owner.get("/tickets?limit=40").json()
    second = owner.get(f"http://testserver{owner.get('/tickets?limit=40').links['next']['url']}").json()
    names = [one["ticket_id"] for one in (*first["items"], *second["items"])]
    assert (names == found(owner, ""), second["next"]) == (True, None)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("q=order", {f"t{i:02}" for i in range(0, N_TICKETS, 3)}),
        ("q=FACTURACION%20erronea&status=open", {f"t{i:02}" for i in range(0, N_TICKETS, 7) if i % 3}),
        ("q=t07", {"t07"}),
        ("q=100%25", set()),
        ("status=open", {f"t{i:02}" for i in range(0, N_TICKETS, 7)}),
        ("status=open&status=solved&team=Ventas", {f"t{i:02}" for i in range(0, N_TICKETS, 2)}),
        ("customer=c03", {"t03", "t23", "t43"}),
        ("updated_since=2025-03-15T00:00:00Z", {f"t{i:02}" for i in (57, 58, 59)}),
        ("updated_since=2025-03-15T01:00:00%2B01:00&team=Ventas", {"t58"}),
    ],
)
def test_tickets_are_found(owner: TestClient, asked: str, wanted: set[str]) -> None:
    assert set(found(owner, asked)) == wanted


def test_a_ticket_has_all_of_its_columns(owner: TestClient) -> None:
    ticket = owner.get("/tickets/t01").json()["ticket"]
    assert (ticket["created"], ticket["team"], ticket["source"], ticket["extra"]) == (
        "2025-01-03T15:00:00Z",
        "Soporte",
        "canonical",
        {"site": "Madrid"},
    )


def test_a_ticket_has_its_events_in_order(owner: TestClient) -> None:
    events = owner.get("/tickets/t01").json()["items"]
    assert [(e["event_id"], e["text"]) for e in events] == [(f"e{i}", f"Message {i}") for i in range(5)]


def test_events_come_in_pages(owner: TestClient) -> None:
    first = owner.get("/tickets/t01?limit=3").json()
    second = owner.get(f"/tickets/t01?limit=3&cursor={first['next']}").json()
    assert [e["event_id"] for e in second["items"]] == ["e3", "e4"]


def test_a_ticket_has_its_clocks(owner: TestClient) -> None:
    clocks = owner.get("/tickets/t01").json()["clocks"]
    assert (clocks["first_reply"], clocks["replies"], clocks["status_now"]) == ("2025-01-03T15:10:00Z", 2, "solved")


def test_there_is_no_ticket_that_is_none(owner: TestClient) -> None:
    answer = owner.get("/tickets/a/b c")
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no ticket with the identifier “a/b c”.")


def test_a_lead_finds_the_tickets_of_their_team(lead: TestClient) -> None:
    assert found(lead, "team=Ventas&team=Soporte") == [f"t{i:02}" for i in range(N_TICKETS - 2, -1, -2)]


def test_a_lead_opens_no_ticket_of_others(lead: TestClient) -> None:
    assert (lead.get("/tickets/t00").status_code, lead.get("/tickets/t01").status_code) == (200, 404)


def test_what_is_known_already_is_not_sent_again(owner: TestClient) -> None:
    tag = owner.get("/tickets?limit=2").headers["etag"]
    assert owner.get("/tickets?limit=2", headers={"If-None-Match": tag}).status_code == 304
    assert owner.get("/tickets?limit=3", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("asked", ["updated_since=soon", "stauts=open", "q=" + "x" * 201])
def test_a_wrong_field_is_named(owner: TestClient, asked: str) -> None:
    assert owner.get(f"/tickets?{asked}").json()["errors"][0]["field"] == asked.partition("=")[0]
