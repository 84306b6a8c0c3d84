"""Customers: found, paged, and told with what they wrote, answered and bought."""

from __future__ import annotations

from collections.abc import Iterator
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api
from tests.api.shop import N_CUSTOMERS
from tests.company import company


@pytest.fixture(scope="module")
def without_a_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a company that imported no customers, only what they answered."""
    root = tmp_path_factory.mktemp("api") / "company"
    copytree(company(), root)
    made = Api(root)
    yield made.by("owner")
    made.close()


def found(client: TestClient, asked: str) -> list[str]:
    """The customers that somebody finds."""
    return [one["customer_id"] for one in client.get(f"/customers?limit=1000&{asked}").json()["items"]]


def test_customers_come_by_identifier(owner: TestClient) -> None:
    assert found(owner, "") == [f"c{i:02}" for i in range(N_CUSTOMERS)]


def test_pages_fit_together(owner: TestClient) -> None:
    first = owner.get("/customers?limit=15").json()
    assert found(owner, f"cursor={first['next']}") == [f"c{i}" for i in range(15, N_CUSTOMERS)]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("q=nuria%20perez%207", ["c07", "c17"]),
        ("q=c07@example", ["c07"]),
        ("q=c07", ["c07"]),
        ("q=%25", []),
        ("segment=gold&q=nuria%20perez%201", ["c10", "c12", "c14", "c16", "c18"]),
    ],
)
def test_customers_are_found(owner: TestClient, asked: str, wanted: list[str]) -> None:
    assert found(owner, asked) == wanted


def test_a_customer_is_told_with_everything(owner: TestClient) -> None:
    told = owner.get("/customers/c03").json()
    assert (told["customer"]["name"], [one["ticket_id"] for one in told["tickets"]]) == (
        "Núria Pérez 3",
        ["t43", "t23", "t03"],
    )
    assert {one["answer_id"] for one in told["answers"]} == {f"a{i:03}" for i in range(3, 120, 20)}


def test_there_is_no_customer_who_is_none(owner: TestClient) -> None:
    assert owner.get("/customers/nobody").status_code == 404


def test_a_lead_sees_who_wrote_to_their_team(lead: TestClient) -> None:
    assert found(lead, "") == [f"c{i:02}" for i in range(0, N_CUSTOMERS, 2)]


def test_a_lead_sees_no_others(lead: TestClient) -> None:
    assert (lead.get("/customers/c02").status_code, lead.get("/customers/c03").status_code) == (200, 404)


def test_a_lead_sees_of_a_customer_what_is_their_teams(lead: TestClient) -> None:
    answers = lead.get("/customers/c02").json()["answers"]
    assert {one["team"] for one in answers} == {"Ventas"}


def test_without_a_list_whoever_answered_is_a_customer(without_a_list: TestClient) -> None:
    assert found(without_a_list, "")[:3] == ["c0", "c1", "c10"]


def test_without_a_list_a_customer_is_what_they_said(without_a_list: TestClient) -> None:
    told = without_a_list.get("/customers/c7").json()
    assert (told["customer"]["name"], [one["answer_id"] for one in told["answers"]]) == (None, ["r7"])
