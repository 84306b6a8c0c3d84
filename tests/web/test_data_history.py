"""The history in the browser: versions, the data as of then, and taking an import back."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.state import State
from latido.web.pages import history
from latido.workspace import jobs
from latido.workspace.job_process import run
from tests.web.data_forms import company, words, workspace_of
from tests.web.test_access_people import done


@pytest.fixture
def full(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    """Twenty tickets, then thirty among which these are, then answers."""
    monkeypatch.setattr(jobs, "_spawn", lambda root, name, _folder: run(root, name))
    company(app, ("tickets.csv", 20, ()), ("more.csv", 30, ()), ("answers.csv", 20, ()))
    return app


def test_without_imports_it_says_what_to_do_next(owner: TestClient) -> None:
    assert "Nothing has been imported yet. Import files" in words(owner.get("/data/history").text)


def test_the_newest_comes_first_with_what_it_did(full: Starlette, owner: TestClient) -> None:
    said = words(owner.get("/data/history").text)
    assert said.index("answers.csv") < said.index("more.csv") < said.index("tickets.csv")
    assert "10 new rows Take back more.csv" in said


def test_a_long_one_has_pages(full: Starlette, owner: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    first = owner.get("/data/history").text
    assert ("more.csv" in first, "tickets.csv" in first, "?before=2" in first) == (True, False, True)
    assert "tickets.csv" in owner.get("/data/history?before=2").text


def test_a_version_tells_its_files_and_tables(full: Starlette, owner: TestClient) -> None:
    said = words(owner.get("/data/history/2").text)
    assert "Tickets 30 10 0 20 0 0 Files more.csv" in said


def test_a_version_shows_the_data_as_of_then(full: Starlette, owner: TestClient) -> None:
    said = words(owner.get("/data/history/1").text)
    assert "The data as of then Tickets 20 Over all the time then now Ticket volume 20 30" in said


def test_before_it_is_taken_back_it_says_what_that_does(full: Starlette, owner: TestClient) -> None:
    said = words(owner.get("/data/history/1/undo").text)
    assert "table removed as before changed again since: stay Tickets 20 0 0" in said
    assert "These later imports held rows that were already there." in said
    assert "more.csv" in said


def test_an_import_is_taken_back(full: Starlette, owner: TestClient, state: State) -> None:
    job = owner.post("/data/history/2/undo").headers["location"]
    assert "Tickets 10 0 0" in words(owner.get(job).text)
    assert workspace_of(full).snapshot().rows("tickets") == 20
    assert "Taken back by version 4" in words(owner.get("/data/history").text)
    assert done(state) == [("data.undone", "version 2")]


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_it_is_not_taken_back_twice(full: Starlette, owner: TestClient, verb: str) -> None:
    owner.post("/data/history/2/undo")
    answer = owner.request(verb, "/data/history/2/undo")
    assert (answer.status_code, "was taken back already, by version 4" in words(answer.text)) == (400, True)


def test_what_is_no_import_cannot_be_taken_back(full: Starlette, owner: TestClient) -> None:
    assert owner.post("/data/history/0/undo").status_code == 400


@pytest.mark.parametrize("path", ["/data/history/9", "/data/history/9/undo"])
def test_there_is_no_other_version(full: Starlette, owner: TestClient, path: str) -> None:
    assert owner.get(path).status_code == 404


def test_a_number_that_is_none_is_refused(owner: TestClient) -> None:
    assert owner.get("/data/history?before=x").status_code == 400
