"""A plan over HTTP is that of the library."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api


def test_a_plan_is_that_of_the_library(api: Api, owner: TestClient) -> None:
    ours = api.workspace.plan("nps", difference=5, by="channel", period="quarter")
    told = owner.get("/metrics/nps/plan", params={"difference": 5, "by": "channel", "period": "quarter"}).json()
    assert [(need["keys"], need["needed"]) for need in told["needs"]] == [
        (dict(need.present.keys), need.needed.n if need.needed else None) for need in ours.needs
    ]
    assert told["period"] == "quarter"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"margin": 5}, "survey"),
        ({"difference": 5, "share": 0.5}, "test"),
        ({"goal": "target"}, "target"),
        ({}, "change"),
    ],
)
def test_what_is_planned_follows_from_what_is_asked(owner: TestClient, asked: dict[str, object], kind: str) -> None:
    assert owner.get("/metrics/nps/plan", params=asked).json()["kind"] == kind


def test_it_says_so_in_sentences(owner: TestClient) -> None:
    assert (
        owner.get("/metrics/nps/plan", params={"difference": 3}).json()["sentences"][0].startswith("To tell a change")
    )


def test_times_are_written_as_people_do(owner: TestClient) -> None:
    assert owner.get("/metrics/first_reply_time/plan", params={"difference": "30min"}).json()["size"] == 1800


@pytest.mark.parametrize("wrong", [{"power": 2}, {"share": 1}, {"preset": "blind"}, {"period": "monthly"}, {"by": "x"}])
def test_what_makes_no_sense_is_answered_with_the_field(owner: TestClient, wrong: dict[str, object]) -> None:
    done = owner.get("/metrics/nps/plan", params={"difference": 3, **wrong})
    assert (done.status_code, next(iter(wrong)) in done.text) == (422, True)


def test_what_cannot_be_planned_is_refused(owner: TestClient) -> None:
    assert owner.get("/metrics/ticket_volume/plan").status_code == 400


def test_a_lead_plans_for_their_teams(lead: TestClient) -> None:
    told = lead.get("/metrics/nps/plan", params={"by": "team"}).json()
    assert {need["keys"]["team"] for need in told["needs"]} == {"Ventas"}
