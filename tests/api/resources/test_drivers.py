"""Drivers over HTTP are those of the library, of one's own teams only, and what makes no sense is named."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api

WORK = {"of": ["first_reply_time", "agent_touches"], "grain": "ticket"}
OUTCOME = "resolution_time"


def test_the_drivers_are_those_of_the_library(api: Api, owner: TestClient) -> None:
    told = owner.get(f"/drivers/{OUTCOME}", params=WORK).json()
    found = api.workspace.drivers(OUTCOME, WORK["of"], grain="ticket")
    assert [(d["name"], d["share"]["value"]) for d in told["drivers"]] == [
        (each.variable.name, pytest.approx(each.driver.share.value)) for each in found.ranked
    ]
    assert (told["n"], told["r2"]["value"]) == (found.n, pytest.approx(found.r2.value))


def test_changes_are_expected_by_two_models(owner: TestClient) -> None:
    told = owner.get(f"/drivers/{OUTCOME}", params={**WORK, "what_if": "first_reply_time.hours=-1"}).json()
    assert [sorted(each) for each in told["expected"]] == [["answers", "line", "now", "outcome", "unit"]]


def test_it_says_that_it_is_no_cause(owner: TestClient) -> None:
    assert any("not cause" in text for text in owner.get(f"/drivers/{OUTCOME}", params=WORK).json()["sentences"])


def test_a_lead_sees_what_is_of_their_team(api: Api, lead: TestClient) -> None:
    answer = lead.get(f"/drivers/{OUTCOME}", params={**WORK, "of": ["agent_touches"], "missing": "mean"})
    found = api.workspace.drivers(OUTCOME, ["agent_touches"], grain="ticket", missing="mean")
    assert answer.status_code == 400 or answer.json()["n"] < found.n


def test_a_sheet_has_a_row_a_driver(owner: TestClient) -> None:
    answer = owner.get(f"/drivers/{OUTCOME}", params=WORK, headers={"Accept": "text/csv"})
    assert (answer.headers["content-type"], answer.text[:11]) == ("text/csv; charset=utf-8", "rank,driver")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"start": "soon"}, "start"),
        ({"start": "2025-02", "end": "2025-01"}, "end"),
        ({"where": ["channel"]}, "where"),
        ({"calendar": "moon"}, "calendar"),
        ({"what_if": ["ces"]}, "what_if"),
        ({"missing": "zero"}, "missing"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(owner: TestClient, asked: dict[str, object], name: str) -> None:
    answer = owner.get(f"/drivers/{OUTCOME}", params={**WORK, **asked})  # type: ignore[arg-type]
    assert (answer.status_code, name in answer.text) == (422 if "missing" in asked else answer.status_code, True)


def test_an_unknown_outcome_is_answered_with_the_nearest(owner: TestClient) -> None:
    answer = owner.get("/drivers/resolution_tim")
    assert (answer.status_code, "resolution_time" in answer.text) == (404, True)
