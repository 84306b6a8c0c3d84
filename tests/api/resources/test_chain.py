"""The chain over HTTP is that of the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api
from tests.chained import company


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    root = Path(tmp_path_factory.mktemp("chained")) / "acme"
    copytree(company(), root)
    found = Api(root)
    yield found
    found.close()


@pytest.fixture(scope="module")
def analyst(chained: Api) -> TestClient:
    return chained.by("analyst")


def test_paths_and_effects_are_those_of_the_library(chained: Api, analyst: TestClient) -> None:
    told, ours = analyst.get("/chain").json(), chained.workspace.chain()
    assert [(p["source"], p["target"], p["strength"]["value"], p["holds"]) for p in told["paths"]] == [
        (p.source.name, p.target.name, pytest.approx(p.strength.value), p.holds) for p in ours.paths
    ]
    assert [(e["source"], e["total"]["low"]) for e in told["effects"]] == [
        (e.source, pytest.approx(e.total.low)) for e in ours.effects
    ]


def test_a_change_is_answered_in_figures_and_in_words(chained: Api, analyst: TestClient) -> None:
    told = analyst.get("/chain", params={"worth": "first_reply_time=-1h"}).json()["worth"]
    ours = chained.workspace.chain().worth("first_reply_time.hours", -1)
    assert ours.kept is not None
    assert (told["kept"]["value"], told["customers"]) == (pytest.approx(ours.kept.effect.value), ours.wrote)
    assert told["sentence"].startswith("1 h less of first reply time goes with")


def test_what_is_missing_is_named(analyst: TestClient) -> None:
    assert analyst.get("/chain").json()["missing"] == ["recommendation", "value"]


def test_without_data_there_is_an_empty_chain(owner: TestClient) -> None:
    told = owner.get("/chain?as_of=0").json()
    assert (told["links"], told["paths"], told["worth"]) == ([], [], None)


def test_a_lead_sees_the_chain_of_their_teams(chained: Api, analyst: TestClient) -> None:
    all_, theirs = (client.get("/chain").json()["paths"][0]["effect"]["n"] for client in (analyst, chained.by("lead")))
    assert theirs < all_


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("worth=first_reply_time", "worth"), ("worth=first_reply_tim=-1h", "worth"), ("worth=clv=1", "worth"),
        ("outer=both", "outer"), ("start=soon", "start"), ("where=nonsense", "where"), ("calendar=moon", "calendar"),
        ("as_of=99", "as_of"), ("by=team", "by"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_names_the_field(analyst: TestClient, asked: str, field: str) -> None:
    answer = analyst.get(f"/chain?{asked}")
    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


def test_the_answer_has_a_name_and_is_sent_once(analyst: TestClient) -> None:
    tag = analyst.get("/chain").headers["etag"]
    assert analyst.get("/chain", headers={"If-None-Match": tag}).status_code == 304


def test_the_outsider_gets_nothing(chained: Api) -> None:
    assert chained.by("outsider").get("/chain").status_code == 401
