"""The rows behind a figure: each with its reason, in pages that fit together."""

from __future__ import annotations

import csv

import pytest
from starlette.testclient import TestClient

from latido.state.audit import Chosen
from tests.api.conftest import Api

ADDRESS = "/metrics/nps/trace"


def test_there_is_a_row_for_everything_that_the_figure_rests_on(owner: TestClient) -> None:
    figure = owner.get("/metrics/nps/measure?where=team=Ventas").json()["figures"][0]
    rows = owner.get(f"{ADDRESS}?where=team=Ventas&limit=1000").json()
    assert (len(rows["items"]), rows["all"], rows["counted"]) == (figure["parts"]["value"]["n"], 60, 60)


def test_a_row_says_why_it_is_left_out(api: Api, owner: TestClient) -> None:
    ours = api.workspace.trace("one_touch_rate")
    told = owner.get("/metrics/one_touch_rate/trace?limit=1000").json()["items"]
    assert {(r["ticket_id"], r["counted"], r["left_out"] or "") for r in told} == set(
        zip(ours["ticket_id"], ours["counted"], ours["left_out"].fillna(""), strict=True)
    )
    assert {r["left_out"] for r in told} > {None}


def test_rows_are_told_with_their_dimensions(owner: TestClient) -> None:
    assert {"channel", "score", "value"} <= set(owner.get(f"{ADDRESS}?by=channel&limit=1").json()["items"][0])


def test_pages_fit_together(owner: TestClient) -> None:
    first = owner.get(f"{ADDRESS}?limit=70").json()
    second = owner.get(f"{ADDRESS}?limit=70&cursor={first['next']}").json()
    names = [row["answer_id"] for row in (*first["items"], *second["items"])]
    assert (len(names), len(set(names)), second["next"]) == (120, 120, None)


def test_the_next_page_is_a_link(owner: TestClient) -> None:
    link = owner.get(f"{ADDRESS}?limit=70").links["next"]["url"]
    assert len(owner.get(f"http://testserver{link}").json()["items"]) == 50


def test_only_those_that_count_can_be_asked_for(owner: TestClient) -> None:
    told = owner.get("/metrics/resolution_time/trace?counted=false&limit=1000").json()
    assert [row["counted"] for row in told["items"]] == [False] * (told["all"] - told["counted"])


def test_rows_are_found_by_their_key(owner: TestClient) -> None:
    assert [row["answer_id"] for row in owner.get(f"{ADDRESS}?search=a11").json()["items"]] == [
        f"a{i}" for i in range(119, 109, -1)
    ]


def test_rows_can_be_had_as_a_sheet(owner: TestClient) -> None:
    answer = owner.get(f"{ADDRESS}?limit=3", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert (answer.headers["content-type"], len(rows), rows[0]["counted"]) == ("text/csv; charset=utf-8", 3, "true")
    assert rows[0]["answered"] == "2025-04-11T13:00:00Z"
    assert "next" in answer.links


def test_what_single_people_said_is_nobodys(owner: TestClient) -> None:
    answer = owner.get("/metrics/enps/trace")
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/docs#problem-protected")


def test_a_lead_sees_the_rows_of_their_team(lead: TestClient) -> None:
    told = lead.get(f"{ADDRESS}?by=team&limit=1000").json()["items"]
    assert {row["team"] for row in told} == {"Ventas"}


def test_looking_at_rows_is_noted(api: Api, owner: TestClient) -> None:
    owner.get("/metrics/csat/trace")
    last = api.state.audit.page(Chosen("rows"), 1)[0]
    assert (last.action, last.target, last.how, last.name) == ("rows.exported", "csat 1", "token", "Olga Owner")


def test_rows_can_be_asked_for_as_they_were(owner: TestClient) -> None:
    assert owner.get(f"{ADDRESS}?as_of=0").json()["all"] == 0


def test_a_cursor_stays_with_its_version(owner: TestClient) -> None:
    cursor = owner.get(f"{ADDRESS}?limit=1").json()["next"]
    assert owner.get(f"{ADDRESS}?cursor={cursor}&as_of=0").json()["errors"][0]["field"] == "as_of"


@pytest.mark.parametrize("asked", ["limit=0", "limit=1001", "limit=all", "compare=previous"])
def test_pages_are_bounded(owner: TestClient, asked: str) -> None:
    assert owner.get(f"{ADDRESS}?{asked}").status_code == 422
