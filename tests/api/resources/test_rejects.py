"""What could not be read, and why; mended, and put aside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from latido.state.audit import Chosen
from tests.api.conftest import Api

COLUMNS = ("ticket_id", "created", "solved")
MAPPING = {"tables": [{"table": "tickets", "columns": {name: name for name in COLUMNS}}]}
LATER = "2025-05-02T10:00:00"


def broken(client: TestClient, name: str) -> list[dict[str, Any]]:
    """The rejects of a file of three tickets, two of which say not when they were created."""
    rows = (f"{name}1,2025-05-01T10:00:00,", f"{name}2,soon,", f"{name}3,never,x")
    body = "\n".join((",".join(COLUMNS), *rows, ""))
    client.post("/imports", params={"mapping": json.dumps(MAPPING), "name": f"{name}.csv"}, content=body)
    found: list[dict[str, Any]] = client.get(f"/rejects?file={name}.csv").json()["items"]
    return found


def left(client: TestClient, name: str) -> dict[str, str]:
    """What became of the rejects of such a file: the value that was wrong → its state."""
    found = client.get(f"/rejects?state=all&file={name}.csv").json()["items"]
    return {one["value"]: one["state"] for one in found}


def test_a_reject_says_what_is_wrong(owner: TestClient) -> None:
    (reject,) = owner.get("/rejects").json()["items"]
    assert (reject["file"], reject["row"], reject["table"], reject["column"]) == (
        "tickets.csv",
        61,
        "tickets",
        "created",
    )
    assert reject["raw"]["ticket_id"] == "t60"


def test_the_reason_is_in_the_readers_language(owner: TestClient) -> None:
    told = {code: owner.get("/rejects", headers={"Accept-Language": code}).json() for code in ("en", "es")}
    assert told["en"]["items"][0]["reason"] != told["es"]["items"][0]["reason"]


@pytest.mark.parametrize("asked", ["table=customers", "file=other.csv", "state=dismissed"])
def test_rejects_are_narrowed(owner: TestClient, asked: str) -> None:
    assert owner.get(f"/rejects?{asked}").json()["items"] == []


def test_all_states_can_be_asked_for(owner: TestClient) -> None:
    assert len(owner.get("/rejects?state=all").json()["items"]) == 1


def test_a_mended_row_comes_in(api: Api, owner: TestClient) -> None:
    cells = {one["reject_id"]: LATER for one in broken(owner, "a") if one["value"] == "soon"}
    answer = owner.post("/rejects/mend", json={"cells": cells})
    assert (answer.status_code, answer.json()["tables"][0]["new"]) == (201, 1)
    assert left(owner, "a") == {"soon": "replayed", "never": "open", "x": "open"}


def test_all_cells_of_a_row_are_mended_together(owner: TestClient) -> None:
    values = {"never": LATER, "x": LATER}
    cells = {one["reject_id"]: values[one["value"]] for one in broken(owner, "b") if one["value"] in values}
    owner.post("/rejects/mend", json={"cells": cells})
    assert left(owner, "b") == {"soon": "open", "never": "replayed", "x": "replayed"}


def test_what_is_still_wrong_is_a_reject_again(owner: TestClient) -> None:
    cells = {one["reject_id"]: "later" for one in broken(owner, "c") if one["value"] == "soon"}
    report = owner.post("/rejects/mend", json={"cells": cells}).json()
    assert (report["tables"][0]["new"], report["tables"][0]["rejected"]) == (0, 1)


def test_mending_is_in_the_history_and_noted(api: Api) -> None:
    analyst = api.by("analyst")
    cells = {one["reject_id"]: LATER for one in broken(analyst, "d") if one["value"] == "soon"}
    version = analyst.post("/rejects/mend", json={"cells": cells}).json()["version"]
    last, noted = analyst.get("/imports?limit=1").json()["items"][0], api.state.audit.page(Chosen("data"), 1)[0]
    assert (last["kind"], last["who"]) == ("replay", "Ana Analyst")
    assert (noted.action, noted.target) == ("data.mended", f"version {version}")


def test_rejects_are_put_aside(api: Api, owner: TestClient) -> None:
    ids = [one["reject_id"] for one in broken(owner, "e") if one["value"] != "soon"]
    answer = owner.post("/rejects/dismiss", json={"rejects": ids})
    assert answer.json() == {"count": 2, "version": api.live.now().version()}
    assert left(owner, "e") == {"soon": "open", "never": "dismissed", "x": "dismissed"}


def test_putting_aside_is_noted(api: Api, owner: TestClient) -> None:
    owner.post("/rejects/dismiss", json={"rejects": [broken(owner, "f")[0]["reject_id"]]})
    noted = api.state.audit.page(Chosen("data"), 1)[0]
    assert (noted.action, noted.target) == ("data.dismissed", "1 rejects")


def test_what_came_in_cannot_be_put_aside(owner: TestClient) -> None:
    (soon,) = (one["reject_id"] for one in broken(owner, "g") if one["value"] == "soon")
    owner.post("/rejects/mend", json={"cells": {soon: LATER}})
    answer = owner.post("/rejects/dismiss", json={"rejects": [soon]})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "rejects")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("mend", {"cells": {}}),
        ("mend", {"cells": {"nothing": "x"}}),
        ("mend", {"cells": {"nothing": "\0"}}),
        ("mend", {"rejects": ["nothing"]}),
        ("dismiss", {"rejects": []}),
        ("dismiss", {"rejects": ["nothing"]}),
        ("dismiss", {"rejects": "nothing"}),
    ],
    ids=str,
)
def test_a_wrong_request_is_refused(owner: TestClient, path: str, said: dict[str, Any]) -> None:
    answer = owner.post(f"/rejects/{path}", json=said)
    assert (answer.status_code, answer.json()["type"]) == (422, "/api/docs#problem-field")
