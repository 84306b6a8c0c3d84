"""The wizard in the browser, and the import that follows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.state import State
from latido.workspace import jobs
from latido.workspace.job_process import run
from tests.sources.tables import SURVEY
from tests.web.data_forms import filled, imported, sent, tickets, uploaded, words, workspace_of
from tests.web.test_access_people import done

EITHER = b"Ticket ID;Created at;Place\n1;01/02/2024;a\n2;01/03/2024;b\n"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job runs in this process, before the answer to the request that asks for it."""
    monkeypatch.setattr(jobs, "_spawn", lambda root, name, _folder: run(root, name))


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> None:
    """No job runs."""
    monkeypatch.setattr(jobs, "_spawn", lambda *_: None)


def looked(browser: TestClient, name: str, data: bytes) -> str:
    return browser.get("/data/import", params={"file": uploaded(browser, name, data)}).text


def test_without_files_it_leads_back(owner: TestClient) -> None:
    assert owner.get("/data/import").headers["location"] == "/data"


def test_every_column_is_shown_with_what_it_becomes(owner: TestClient, tmp_path: Path) -> None:
    page = looked(owner, "tickets.csv", tickets(tmp_path))
    assert dict(filled(page))["g0-c1"] == "created"
    assert "Created at 100% sure" in words(page)
    assert "2025-01-02 09:00:00 2 Jan 2025, 09:00" in words(page)


def test_to_look_again_follows_what_was_chosen(owner: TestClient, tmp_path: Path) -> None:
    page = looked(owner, "tickets.csv", tickets(tmp_path))
    again = sent(owner, filled(page), g0_c5="product", action="look")
    assert (again.status_code, dict(filled(again.text))["g0-c5"]) == (200, "product")


def test_another_table_is_proposed_anew(owner: TestClient, tmp_path: Path) -> None:
    page = looked(owner, "tickets.csv", tickets(tmp_path))
    again = sent(owner, filled(page), g0_table="touchpoints", action="look")
    assert dict(filled(again.text))["g0-was"] == "touchpoints"


def test_what_can_be_read_in_two_ways_is_asked_beside_its_field(owner: TestClient) -> None:
    page = looked(owner, "cases.csv", EITHER)
    answer = sent(owner, filled(page), action="import")
    assert (answer.status_code, 'id="g0-dates-error"' in answer.text) == (422, True)


def test_what_was_chosen_stays_when_something_else_is_wrong(owner: TestClient) -> None:
    page = looked(owner, "cases.csv", EITHER)
    answer = sent(owner, filled(page), action="import", g0_zone="Europe/Madird", g0_dates="mdy", g0_c2="+")
    fields = dict(filled(answer.text))
    assert (answer.status_code, fields["g0-zone"], fields["g0-dates"], fields["g0-c2"]) == (
        422,
        "Europe/Madird",
        "mdy",
        "+",
    )
    assert 'id="g0-zone-error"' in answer.text


def test_one_target_for_two_columns_names_the_second(owner: TestClient, tmp_path: Path) -> None:
    page = looked(owner, "tickets.csv", tickets(tmp_path))
    answer = sent(owner, filled(page), g0_c5="channel", action="import")
    assert (answer.status_code, 'id="g0-c5-error"' in answer.text) == (422, True)


@pytest.mark.parametrize("changed", [{"g0_c1": "nothing"}, {"g0_table": "nothing"}], ids=str)
def test_what_no_field_offers_is_refused(owner: TestClient, tmp_path: Path, changed: dict[str, str]) -> None:
    page = looked(owner, "tickets.csv", tickets(tmp_path))
    assert sent(owner, filled(page), action="import", **changed).status_code == 422


def test_what_was_accepted_before_is_proposed_again(
    owner: TestClient, app: Starlette, at_once: None, tmp_path: Path
) -> None:
    page = looked(owner, "march.csv", tickets(tmp_path))
    sent(owner, filled(page), g0_c5="product", action="import")
    again = looked(owner, "april.csv", tickets(tmp_path, 30))
    assert "as you accepted it before: march" in words(again)
    assert dict(filled(again))["g0-c5"] == "product"


def test_a_survey_can_be_corrected_question_by_question(owner: TestClient) -> None:
    page = looked(owner, "plain.csv", SURVEY.replace("Marca temporal", "Fecha").encode())
    again = sent(owner, filled(page), g0_c4="?rating", g0_low4="1", g0_high4="10", action="look")
    fields = dict(filled(again.text))
    assert (fields["g0-c4"], fields["g0-high4"]) == ("?rating", "10")


def test_a_known_format_has_nothing_to_map(owner: TestClient) -> None:
    page = looked(owner, "encuesta.csv", SURVEY.encode())
    assert "Google Forms responses (CSV, XLSX) latido knows this format" in words(page)
    assert "Map it by hand instead" in page


def test_a_known_format_shows_what_would_come_of_it(owner: TestClient) -> None:
    said = words(looked(owner, "encuesta.csv", SURVEY.encode()))
    assert "All of it was tried: 3 rows. Every row would come in." in said
    assert "Answers to surveys One question answered by one respondent 12 0 0 —" in said
    assert "First rows of Answers to surveys, as they would be read" in said


def test_a_mapped_file_says_what_would_be_rejected(owner: TestClient, tmp_path: Path) -> None:
    said = words(looked(owner, "tickets.csv", tickets(tmp_path, broken=["mañana", "ayer"])))
    assert "All of it was tried: 20 rows. 2 rows would be rejected, or a part of them." in said
    assert "18 2 0 “mañana” is not a date and time. 2 rows" in said


def test_of_a_long_file_it_says_that_only_the_beginning_was_tried(
    owner: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("latido.workspace.samples.MOST", 1000)
    assert "The beginning was tried:" in words(looked(owner, "tickets.csv", tickets(tmp_path, 200)))


def test_a_known_format_can_be_mapped_by_hand_and_back(owner: TestClient) -> None:
    page = looked(owner, "encuesta.csv", SURVEY.encode())
    again = sent(owner, filled(page), by_hand="1")
    assert dict(filled(again.text))["g0-table"] == "answers"
    assert "Back to Google Forms responses (CSV, XLSX)" in words(again.text)
    back = re.findall(r'href="(/data/import\?file=\w+)"', again.text)[0]
    assert "latido knows this format" in words(owner.get(back).text)


def test_a_file_that_cannot_be_opened_says_why(owner: TestClient) -> None:
    page = looked(owner, "broken.zip", b"PK\x03\x04" + bytes(100))
    assert "broken.zip is a damaged archive" in words(page)


def test_what_is_not_whole_yet_says_so(owner: TestClient) -> None:
    begun = owner.post("/data/uploads", data={"name": "a.csv", "size": "99"}).json()["id"]
    assert "a.csv is not all here yet" in words(owner.get("/data/import", params={"file": begun}).text)


def test_an_import_is_told_table_by_table(owner: TestClient, at_once: None, tmp_path: Path) -> None:
    page = owner.get(imported(owner, "tickets.csv", tickets(tmp_path, broken=["mañana"])))
    said = words(page.text)
    assert "Tickets 20 19 0 0 1 0" in said
    assert "1 row of the files was rejected, or a part of it." in said
    assert "See the figures Look at the rejected rows 1 Version 1" in said


def test_the_mapping_is_kept_as_by_the_command_line(
    owner: TestClient, app: Starlette, at_once: None, tmp_path: Path
) -> None:
    imported(owner, "tickets.csv", tickets(tmp_path))
    kept = tomllib.loads((app.state.live.root / "mappings" / "tickets.toml").read_text(encoding="utf-8"))
    assert kept["tables"][0]["columns"]["created"] == "Created at"


def test_it_is_noted_who_imported(
    owner: TestClient, app: Starlette, state: State, at_once: None, tmp_path: Path
) -> None:
    imported(owner, "tickets.csv", tickets(tmp_path))
    assert workspace_of(app).history(1)[0].deed.who == "Olga Owner"
    assert [action for action, _target in done(state)] == ["data.imported"]


def test_two_files_of_one_name_are_told_apart(owner: TestClient, app: Starlette, at_once: None, tmp_path: Path) -> None:
    first, second = tickets(tmp_path, 20), tickets(tmp_path, 30)
    ids = [uploaded(owner, "tickets.csv", data) for data in (first, second)]
    page = owner.get("/data/import", params={"file": ids})
    sent(owner, filled(page.text), action="import")
    names = [file.name for file in workspace_of(app).history(1)[0].deed.files]
    assert (names, workspace_of(app).snapshot().rows("tickets")) == (["tickets.csv", "tickets (2).csv"], 30)


def test_the_same_file_again_says_that_nothing_has_changed(owner: TestClient, at_once: None, tmp_path: Path) -> None:
    data = tickets(tmp_path)
    imported(owner, "tickets.csv", data)
    page = owner.get(imported(owner, "again.csv", data))
    assert "Nothing has changed: all of it was known already." in words(page.text)


def test_while_it_runs_the_page_looks_again_by_itself(owner: TestClient, never: None, tmp_path: Path) -> None:
    path = imported(owner, "tickets.csv", tickets(tmp_path))
    page = owner.get(path).text
    assert (f'hx-get="{path}"' in page, "Starting" in words(page)) == (True, True)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page


def test_one_that_was_stopped_says_so_and_can_be_repeated(
    owner: TestClient, app: Starlette, never: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = imported(owner, "tickets.csv", tickets(tmp_path))
    jobs.Jobs(app.state.live.root).tell(path.rpartition("/")[2], jobs.State("reading", 1.0, "tickets", 7, 20))
    assert "Do it again to complete it" in words(owner.get(path).text)
    assert "Stopped in the middle" in words(owner.get("/data").text)
    monkeypatch.setattr(jobs, "_spawn", lambda root, name, _folder: run(root, name))
    assert owner.post(f"{path}/repeat").headers["location"] == path
    assert "Tickets 20 20 0 0 0" in words(owner.get(path).text)


def test_files_that_are_being_imported_do_not_wait_any_more(owner: TestClient, never: None, tmp_path: Path) -> None:
    imported(owner, "tickets.csv", tickets(tmp_path))
    assert "Waiting to be imported" not in words(owner.get("/data").text)


def test_there_is_no_other_job(owner: TestClient) -> None:
    assert [owner.get("/data/jobs/1").status_code, owner.post("/data/jobs/1/repeat").status_code] == [404, 404]
