"""Watches and alerts over HTTP: how it stands, what was told, who may say that it has been seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from latido.report.alerts import looked, record
from tests.api.conftest import Api
from tests.watching import watched_company


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API over a company that is watched, with its alert."""
    made = Api(watched_company(Path(tmp_path_factory.mktemp("watched"))))
    for seen in looked(made.workspace, made.state):
        record(made.state, made.workspace.config, seen)
    yield made
    made.close()


@pytest.fixture
def asker(watched: Api) -> TestClient:
    return watched.by("analyst")


def test_each_watch_says_how_it_stands(asker: TestClient) -> None:
    told = {one["name"]: one for one in asker.get("/watches").json()["watches"]}
    assert {name: one["state"] for name, one in told.items()} == {"North waits": "alert", "Volume": "quiet"}
    assert told["North waits"]["alarm"]["changed"] == "2025-12-22"
    assert told["North waits"]["where"] == ["team=north"]


def test_one_has_its_weeks_and_limits(asker: TestClient) -> None:
    told = asker.get("/watches/North waits").json()
    assert [week["start"] for week in told["weeks"] if week["outside"]] == ["2025-12-22"]
    assert told["low"] < told["weeks"][0]["figure"]["value"] < told["high"]


def test_an_unknown_one_is_answered_with_the_nearest(asker: TestClient) -> None:
    answer = asker.get("/watches/Volum")
    assert (answer.status_code, "Volume" in answer.text) == (404, True)


def test_alerts_are_listed(asker: TestClient) -> None:
    (alert,) = asker.get("/alerts", params={"watch": "North waits"}).json()["alerts"]
    assert alert["text"].startswith("Alert on 28 Dec 2025: First reply time (Team: north) rose from ")
    assert alert["shift"]["before"]["value"] < alert["shift"]["after"]["low"]


def test_somebody_sees_one_and_takes_it_back(asker: TestClient) -> None:
    seen = asker.post("/alerts/1/seen", json={"stays": False})
    assert (seen.status_code, seen.json()["stays"], seen.json()["by"]) == (200, False, "Ana Analyst")
    assert asker.get("/alerts", params={"open": "true"}).json()["alerts"] == []
    assert asker.post("/alerts/1/reopened").json()["seen"] is None


def test_what_is_missing_or_too_much_is_named(asker: TestClient) -> None:
    assert asker.post("/alerts/1/seen", json={}).status_code == 422
    assert asker.post("/alerts/99/seen", json={"stays": True}).status_code == 404


def test_a_viewer_reads_and_sees_nothing_off(watched: Api) -> None:
    viewer = watched.by("viewer")
    assert viewer.get("/watches").status_code == 200
    assert viewer.post("/alerts/1/seen", json={"stays": True}).status_code == 403


def test_a_lead_of_another_team_sees_none(watched: Api) -> None:
    lead = watched.by("lead")
    assert lead.get("/watches").json()["watches"] == []
    assert lead.get("/alerts").json()["alerts"] == []


def test_the_outsider_gets_nothing(watched: Api) -> None:
    assert watched.by("outsider").get("/watches").status_code == 401
