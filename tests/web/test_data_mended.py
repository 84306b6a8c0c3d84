"""Rejects that were mended in a spreadsheet come back through the browser."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.state import State
from latido.workspace import jobs
from latido.workspace.job_process import run
from tests.web.data_forms import company, tickets, uploaded, words, workspace_of
from tests.web.test_access_people import done

GOOD = b"2025-01-01 10:00:00"


@pytest.fixture
def mended(app: Starlette, owner: TestClient, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The file of three rejects as it was taken along, two of them mended."""
    monkeypatch.setattr(jobs, "_spawn", lambda root, name, _folder: run(root, name))
    company(app, ("tickets.csv", 20, ("mañana", "mañana", "ayer")))
    return owner.get("/data/rejects-to-mend.csv").content.replace("mañana".encode(), GOOD)


def test_it_is_known_wherever_it_is_uploaded(owner: TestClient, mended: bytes) -> None:
    name = uploaded(owner, "mended.csv", mended)
    answer = owner.get("/data/import", params={"file": name})
    assert answer.headers["location"] == f"/data/mended?file={name}"


def test_it_says_what_comes_back(owner: TestClient, mended: bytes) -> None:
    page = owner.get("/data/mended", params={"file": uploaded(owner, "mended.csv", mended)})
    assert "3 rows of tickets.csv Import them" in words(page.text)


def test_the_rows_come_in_and_what_is_still_wrong_waits(app: Starlette, owner: TestClient, mended: bytes) -> None:
    answer = owner.post("/data/mended", data={"file": uploaded(owner, "mended.csv", mended)})
    said = words(owner.get(answer.headers["location"]).text)
    assert ("Tickets 3 2 0 0 1 0" in said, "Look at the rejected rows 1" in said) == (True, True)
    assert (workspace_of(app).snapshot().rows("tickets"), workspace_of(app).rejects.count()) == (19, 1)


def test_to_bring_it_twice_counts_nobody_twice(app: Starlette, owner: TestClient, mended: bytes) -> None:
    for _time in range(2):
        owner.post("/data/mended", data={"file": uploaded(owner, "mended.csv", mended)})
    assert (workspace_of(app).snapshot().rows("tickets"), workspace_of(app).rejects.count()) == (19, 1)


def test_who_brought_it_is_noted(app: Starlette, owner: TestClient, state: State, mended: bytes) -> None:
    owner.post("/data/mended", data={"file": uploaded(owner, "mended.csv", mended)})
    version = workspace_of(app).history(1)[0]
    assert (version.kind, version.deed.who, version.deed.files[0].name) == ("replay", "Olga Owner", "mended.csv")
    assert [action for action, _target in done(state)] == ["data.mended", "rows.exported"]


def test_any_other_file_is_told_what_is_missing(owner: TestClient, mended: bytes, tmp_path) -> None:
    name = uploaded(owner, "tickets.csv", tickets(tmp_path))
    page = owner.get("/data/mended", params={"file": name})
    assert "tickets.csv holds no rejects of this workspace." in words(page.text)
    assert owner.post("/data/mended", data={"file": name}).status_code == 422


def test_without_a_file_it_leads_back(owner: TestClient) -> None:
    assert owner.get("/data/mended").headers["location"] == "/data/rejects"
    assert owner.post("/data/mended").status_code == 400
