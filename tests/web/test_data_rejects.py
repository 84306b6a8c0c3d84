"""Rejects in the browser: seen by reason, mended, brought in, put aside."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.state import State
from latido.workspace import jobs
from latido.workspace.job_process import run
from tests.web.data_forms import company, tickets, words, workspace_of
from tests.web.test_access_people import done

BROKEN = ("mañana", "mañana", "ayer")
GOOD = "2025-01-01 10:00:00"


@pytest.fixture
def group(app: Starlette, owner: TestClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three tickets whose dates cannot be read; the address of their group."""
    monkeypatch.setattr(jobs, "_spawn", lambda root, name, _folder: run(root, name))
    company(app, ("tickets.csv", 20, BROKEN))
    return re.findall(r"/data/rejects/\w{16}", owner.get("/data/rejects").text)[0]


def cells(page: str) -> list[str]:
    """Identifiers of the rows that can be mended."""
    return re.findall(r'name="cell-(\w+)" ', page)


def open_ones(app: Starlette) -> int:
    return workspace_of(app).rejects.count()


def test_without_rejects_it_says_so(owner: TestClient) -> None:
    assert "Nothing waits here: every row that came could be read." in words(owner.get("/data/rejects").text)


def test_they_are_told_by_what_is_wrong(owner: TestClient, group: str) -> None:
    said = words(owner.get("/data/rejects").text)
    assert "3 rows, by what is wrong" in said
    assert "“mañana” is not a date and time. Tickets · Created at 3 did not come in" in said


def test_other_states_are_a_click_away(owner: TestClient, group: str) -> None:
    assert "There are none in this state." in words(owner.get("/data/rejects?state=dismissed").text)
    assert owner.get("/data/rejects?state=nothing").status_code == 400


@pytest.mark.parametrize(("asked", "there"), [("table=tickets", True), ("table=orders", False), ("file=x.csv", False)])
def test_they_can_be_narrowed_down(owner: TestClient, group: str, asked: str, there: bool) -> None:
    assert (group in owner.get(f"/data/rejects?{asked}").text) == there


def test_a_group_shows_file_row_column_value_and_reason(owner: TestClient, group: str) -> None:
    page = owner.get(group).text
    assert "Row 3 tickets.csv Created at “ayer” is not a date and time. The whole row" in words(page)
    assert 'value="ayer"' in page


def test_one_value_is_mended_in_every_row_that_has_it(app: Starlette, owner: TestClient, group: str) -> None:
    form = {"value-0-was": "mañana", "value-0": GOOD, "value-1-was": "ayer", "value-1": "ayer"}
    job = owner.post(f"{group}/mend", data=form).headers["location"]
    assert "Tickets 2 2 0 0 0 0" in words(owner.get(job).text)
    assert (open_ones(app), workspace_of(app).snapshot().rows("tickets")) == (1, 19)


def test_a_row_is_mended_by_itself(app: Starlette, owner: TestClient, group: str) -> None:
    last = cells(owner.get(group).text)[-1]
    owner.post(f"{group}/mend", data={f"cell-{last}-was": "ayer", f"cell-{last}": GOOD})
    assert [r.value for r in workspace_of(app).rejects.list()] == ["mañana", "mañana"]


def test_a_row_of_its_own_counts_for_more_than_its_value(app: Starlette, owner: TestClient, group: str) -> None:
    first = cells(owner.get(group).text)[0]
    form = {"value-0-was": "mañana", "value-0": "nunca", f"cell-{first}-was": "mañana", f"cell-{first}": GOOD}
    owner.post(f"{group}/mend", data=form)
    assert sorted(str(r.value) for r in workspace_of(app).rejects.list()) == ["ayer", "nunca"]


def test_who_mended_is_noted(app: Starlette, owner: TestClient, state: State, group: str) -> None:
    owner.post(f"{group}/mend", data={"value-0-was": "ayer", "value-0": GOOD})
    version = workspace_of(app).history(1)[0]
    assert (version.kind, version.deed.who) == ("replay", "Olga Owner")
    assert [action for action, _target in done(state)] == ["data.mended"]


def test_to_change_nothing_is_asked_again_with_what_was_typed(owner: TestClient, group: str) -> None:
    answer = owner.post(f"{group}/mend", data={"value-0-was": "mañana", "value-0": "mañana"})
    assert (answer.status_code, 'id="cells-error"' in answer.text) == (422, True)


def test_ticked_rows_are_put_aside(app: Starlette, owner: TestClient, group: str) -> None:
    ticked = cells(owner.get(group).text)[:2]
    assert owner.post(f"{group}/dismiss", data={"which": "ticked", "tick": ticked}).status_code == 303
    assert (open_ones(app), workspace_of(app).rejects.count("dismissed")) == (1, 2)


def test_a_whole_group_is_put_aside(app: Starlette, owner: TestClient, state: State, group: str) -> None:
    owner.post(f"{group}/dismiss", data={"which": "all"})
    assert (open_ones(app), done(state)) == (0, [("data.dismissed", "3 rejects")])


def test_to_tick_nothing_is_asked_again(app: Starlette, owner: TestClient, group: str) -> None:
    answer = owner.post(f"{group}/dismiss", data={"which": "ticked", "tick": ["other"]})
    assert (answer.status_code, 'id="tick-error"' in answer.text, open_ones(app)) == (422, True, 3)


def test_while_somebody_writes_it_says_so(
    app: Starlette, owner: TestClient, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("latido.web.pages.rejects.WAIT", 0.05)
    with workspace_of(app).lake.write("an import"):
        answer = owner.post(f"{group}/dismiss", data={"which": "all"})
    assert (answer.status_code, "has been writing since" in words(answer.text)) == (503, True)


def test_they_are_taken_along_as_csv(owner: TestClient, state: State, group: str) -> None:
    answer = owner.get("/data/rejects.csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert [(r["row"], r["value"]) for r in rows] == [("1", "mañana"), ("2", "mañana"), ("3", "ayer")]
    assert done(state) == [("rows.exported", "rejects.csv")]


def test_the_rows_are_taken_along_to_be_mended(owner: TestClient, group: str) -> None:
    answer = owner.get("/data/rejects-to-mend.csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert [(r["Ticket ID"], r["Created at"], len(r["latido_reject"])) for r in rows] == [
        ("t0", "mañana", 16),
        ("t1", "mañana", 16),
        ("t2", "ayer", 16),
    ]
    assert ".csv" in answer.headers["content-disposition"]


def test_rows_of_several_files_come_in_a_zip(app: Starlette, owner: TestClient, group: str, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_bytes(tickets(tmp_path, 30, broken=["nunca"]))
    workspace_of(app).import_files(tmp_path / "more.csv")
    answer = owner.get("/data/rejects-to-mend.csv")
    with ZipFile(BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 2


def test_where_no_row_can_be_mended_it_says_so(owner: TestClient, group: str) -> None:
    assert owner.get("/data/rejects-to-mend.csv?table=orders").status_code == 400


def test_a_row_with_several_things_wrong_is_one_row(app: Starlette, owner: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_bytes(tickets(tmp_path, 20).replace(b"t3,2025-01-05 21:00:00,chat,2025-01-05 22:30:00", b"t3,x,chat,y"))
    workspace_of(app).import_files(path)
    page = owner.get("/data/rejects").text
    assert "1 row, by what is wrong A row with several things wrong stands in several lines." in words(page)
    said = words(owner.get(re.findall(r"/data/rejects/\w{16}", page)[0]).text)
    assert ("“x” is not a date and time." in said, "“y” is not a date and time." in said) == (True, True)
    assert "Rejects 1 History" in words(owner.get("/data").text)


@pytest.mark.parametrize("path", ["", "/mend", "/dismiss"])
def test_a_group_that_is_gone_is_not_found(owner: TestClient, group: str, path: str) -> None:
    verb = "GET" if not path else "POST"
    assert owner.request(verb, f"/data/rejects/0123456789abcdef{path}").status_code == 404


@pytest.mark.parametrize("page", ["0", "x", "-1"])
def test_a_page_that_is_none_is_refused(owner: TestClient, group: str, page: str) -> None:
    assert owner.get(f"{group}?page={page}").status_code == 400
