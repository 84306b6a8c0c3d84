"""What moved, over HTTP: what the library finds, and a question that makes no sense is answered with what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Api

DAYS = {"start": "2025-02-10", "end": "2025-03-10"}


def test_what_is_found_is_what_the_library_finds(api: Api, owner: TestClient) -> None:
    asked: dict[str, Any] = {"metrics": ["nps", "first_reply_time", "backlog"], "by": "channel", **DAYS}
    ours = api.workspace.moved(**asked)
    told = owner.get("/moved", params=asked).json()
    assert (told["compared"], told["small"], len(told["moves"])) == (ours.compared, ours.small, len(ours.moves))
    assert [(one["metric"], one["difference"]["value"], one["now"]["n"]) for one in told["totals"]] == [
        (total.metric.name, total.difference.value, total.now.n) for total in ours.totals
    ]  # fmt: skip
    assert told["untested"] == [{"metric": "backlog", "reason": "untestable"}]


def test_a_total_says_what_it_would_have_taken(owner: TestClient) -> None:
    (total,) = owner.get("/moved", params={"metrics": "nps", **DAYS}).json()["totals"]
    assert [one["difference"] for one in total["needed"]] == [5, 12]
    assert all(one["n"] > total["now"]["n"] for one in total["needed"])
    assert (total["holds"], total["sentence"]) == (False, "")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"metrics": "npss"}, "metrics"),
        ({"by": "chanel"}, "by"),
        ({"where": "network=none", "metrics": "nps"}, "where"),
        ({"start": "March"}, "start"),
        ({"start": "2025-04", "end": "2025-03"}, "end"),
        ({"calendar": "none"}, "calendar"),
        ({"compare": "never"}, "compare"),
        ({"as_of": "99999"}, "as_of"),
        ({"much": "more"}, "much"),
    ],
)
def test_what_makes_no_sense_is_named(owner: TestClient, asked: dict[str, Any], field: str) -> None:
    answer = owner.get("/moved", params=asked)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])


def test_a_lead_is_told_of_their_teams_only(api: Api, owner: TestClient, lead: TestClient) -> None:
    asked = {"metrics": "nps", **DAYS}
    ours = api.workspace.moved(["nps"], where="team=Ventas", **DAYS)
    theirs = lead.get("/moved", params=asked).json()
    assert [t["now"]["n"] for t in theirs["totals"]] == [t.now.n for t in ours.totals]
    assert theirs["compared"] < owner.get("/moved", params=asked).json()["compared"]


def test_it_can_be_had_as_a_sheet(owner: TestClient) -> None:
    answer = owner.get("/moved", params={"metrics": "nps", **DAYS}, headers={"Accept": "text/csv"})
    assert answer.text.splitlines()[0].startswith("metric,where,before,now,change,low,high,p,q")


def test_who_has_it_already_is_not_sent_it_again(owner: TestClient) -> None:
    first = owner.get("/moved", params={"metrics": "nps", **DAYS})
    again = owner.get("/moved", params={"metrics": "nps", **DAYS}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
