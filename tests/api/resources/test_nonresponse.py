"""A score raw and weighted over HTTP is that of the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api
from tests.surveyed import surveyed


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API over a company that keeps whom it asked."""
    root: Path = tmp_path_factory.mktemp("api") / "surveyed"
    copytree(surveyed(), root)
    made = Api(root)
    yield made
    made.close()


def test_scores_are_those_of_the_library(asking: Api) -> None:
    ours = asking.workspace.nonresponse("nps").main
    told = asking.by("viewer").get("/metrics/nps/nonresponse").json()["scores"][0]
    assert ours is not None
    assert (told["raw"]["value"], told["weighted"]["value"]) == (ours.raw.value, ours.weighted.value)
    assert {level["trait"] for level in told["levels"]} == {trait.name for trait in ours.traits}


def test_a_shift_says_what_the_score_would_be(asking: Api) -> None:
    told = asking.by("viewer").get("/metrics/nps/nonresponse", params={"shift": -20}).json()["scores"][0]
    assert told["shifted"]["value"] < told["weighted"]["value"]
    assert "20 points worse" in told["sentences"][-1]


def test_a_comparison_has_its_change(asking: Api) -> None:
    days = {"start": "2025-04-01", "end": "2025-07-01", "compare": "previous"}
    told = asking.by("viewer").get("/metrics/nps/nonresponse", params=days).json()
    assert told["scores"][0]["change"]["low"] < 0 < told["scores"][0]["change"]["high"]


@pytest.mark.parametrize("wrong", [{"cap": 1}, {"where": "nonsense"}, {"start": "soon"}, {"period": "month"}])
def test_what_makes_no_sense_is_answered_with_the_field(asking: Api, wrong: dict[str, object]) -> None:
    done = asking.by("viewer").get("/metrics/nps/nonresponse", params=wrong)
    assert (done.status_code, next(iter(wrong)) in done.text) == (422, True)


def test_only_surveys_of_customers_have_silence(asking: Api) -> None:
    client = asking.by("viewer")
    assert [client.get(f"/metrics/{name}/nonresponse").status_code for name in ("enps", "backlog")] == [404, 404]


def test_without_invitations_there_are_no_scores(owner: TestClient) -> None:
    assert owner.get("/metrics/nps/nonresponse").json()["scores"] == []


def test_a_lead_sees_what_is_about_their_teams(asking: Api) -> None:
    assert asking.by("lead").get("/metrics/nps/nonresponse").json()["scores"] == []


def test_the_outsider_gets_nothing(asking: Api) -> None:
    assert asking.by("outsider").get("/metrics/nps/nonresponse").status_code == 401
