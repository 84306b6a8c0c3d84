"""Correlations over HTTP are those of the library, of one's own teams only, and what makes no sense is named."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api

TWO = {"metrics": ["first_reply_time", "transfer_rate"]}


def test_the_pairs_are_those_of_the_library(api: Api, owner: TestClient) -> None:
    told = owner.get("/correlations", params=TWO).json()
    pair = api.workspace.correlate(TWO["metrics"]).pairs[0]
    assert [(p["first"], p["second"], p["of"], p["untold"]) for p in told["pairs"]] == [
        (*TWO["metrics"], pair.of, pair.untold or None)
    ]
    assert told["pairs"][0]["sentence"]


def test_a_lead_sees_what_is_of_their_team(api: Api, lead: TestClient) -> None:
    told = lead.get("/correlations", params=TWO).json()
    assert told["pairs"][0]["of"] == api.workspace.correlate(TWO["metrics"], where="team=Ventas").pairs[0].of


def test_a_sheet_has_a_row_a_pair(owner: TestClient) -> None:
    answer = owner.get("/correlations", params=TWO, headers={"Accept": "text/csv"})
    assert (answer.headers["content-type"], answer.text.splitlines()[0][:16]) == (
        "text/csv; charset=utf-8", "first,second,lag",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"start": "soon"}, "start"),
        ({"start": "2025-02", "end": "2025-01"}, "end"),
        ({"where": ["channel"]}, "where"),
        ({"calendar": "moon"}, "calendar"),
        ({"as_of": "never"}, "as_of"),
        ({"grain": "year"}, "grain"),
    ],
)
def test_what_makes_no_sense_is_named(owner: TestClient, asked: dict[str, object], name: str) -> None:
    answer = owner.get("/correlations", params={**TWO, **asked})
    assert answer.status_code in {400, 422}
    assert name in str(answer.json()["errors"])


def test_an_unknown_metric_is_answered_with_the_nearest(owner: TestClient) -> None:
    answer = owner.get("/correlations", params={"metrics": ["npss", "csat"]})
    assert (answer.status_code, "nps" in answer.text) == (404, True)


def test_nobody_gets_nothing(api: Api) -> None:
    assert api.by("outsider").get("/correlations").status_code == 401
