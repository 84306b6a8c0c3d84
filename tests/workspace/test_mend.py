"""Mending a row replaces what came of it: nobody is counted twice, and what is delivered again does not undo it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import latido
from latido.store.rejects import export_rows
from latido.workspace import Workspace
from tests.company import made

HEADINGS = ["Date", "Customer", "How likely are you to recommend us?", "How satisfied are you with our service? (CSAT)"]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two questions a row, without an identifier; two rows have a score that cannot be."""
    rows = [[f"2026-01-{1 + i % 28:02d} 10:00:00", f"c{i}", i % 11, 1 + i % 5] for i in range(300)]
    rows[4][2], rows[8][2] = 14, 15
    with (tmp_path / "survey.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    workspace = latido.open(made(tmp_path / "acme"))
    workspace.import_files(tmp_path / "survey.csv", yes=True)
    return workspace


def mend(workspace: Workspace, folder: Path, words: dict[str, str]) -> None:
    """Mend the scores of all rejects and bring them in."""
    folder.mkdir()
    (path,) = export_rows(workspace.rejects.list(), folder)
    text = path.read_text("utf-8-sig")
    for wrong, right in words.items():
        text = text.replace(f",{wrong},", f",{right},")
    path.write_text(text)
    workspace.replay(path)


def counted(workspace: Workspace) -> tuple[int, float, float]:
    """Answers there are, and those that count for each score."""
    scores = (workspace.measure(name).figures[0].estimate.n for name in ("nps", "csat"))
    return (int(workspace.table("answers").count().execute()), *scores)


def test_a_good_answer_beside_a_mended_one_is_not_counted_again(workspace: Workspace, tmp_path: Path) -> None:
    assert counted(workspace) == (598, 298, 300)
    mend(workspace, tmp_path / "mended", {"14": "9", "15": "9"})
    assert counted(workspace) == (600, 300, 300)


def test_what_was_mended_badly_first_is_mended_again(workspace: Workspace, tmp_path: Path) -> None:
    mend(workspace, tmp_path / "once", {"14": "high", "15": "high"})
    mend(workspace, tmp_path / "twice", {"high": "9"})
    assert counted(workspace) == (600, 300, 300)
    assert workspace.rejects.count() == 0


TICKETS = "Ticket ID,Created at,First response at,Subject\n{rows}\n"


def ticket(name: str, replied: str, subject: str = "Meter") -> str:
    """A line of a help desk's export."""
    return f"{name},2026-01-05 10:00:00,{replied},{subject}"


class Desk:
    """A help desk that exports its tickets; the reply of one of them has a date that nobody can read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.workspace = folder, latido.open(made(folder / "acme"))
        self.bad = ticket("t7", "soon")

    def deliver(self, *rows: str, name: str = "tickets.csv") -> latido.sync.Report:
        """Import an export: twenty good tickets and these."""
        good = [ticket(f"g{i}", "2026-01-05 11:00:00") for i in range(20)]
        (self.folder / name).write_text(TICKETS.format(rows="\n".join([*good, *rows])))
        return self.workspace.import_files(self.folder / name, yes=True)

    def mend(self, word: str = "2026-01-05 10:30:00") -> None:
        """Mend what is open."""
        place = self.folder / f"mended-{word[-8:].replace(':', '')}"
        place.mkdir()
        (path,) = export_rows(self.workspace.rejects.list(state=None), place)
        path.write_text(path.read_text("utf-8-sig").replace("soon", word))
        self.workspace.replay(path)

    def replied(self) -> str:
        """When the ticket was replied to first, as the lake has it."""
        rows = self.workspace.table("tickets").execute()
        found = rows[rows.ticket_id == "t7"].iloc[0].first_replied
        return "" if found is None or found != found else str(found)[11:16]  # noqa: PLR0124 - NaT is no time


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """It has delivered once."""
    made_up = Desk(tmp_path)
    made_up.deliver(made_up.bad)
    return made_up


def test_a_value_that_was_left_empty_is_mended(desk: Desk) -> None:
    before = desk.replied()
    desk.mend()
    assert (before, desk.replied()) == ("", "09:30")


@pytest.mark.parametrize("name", ["tickets.csv", "again.csv"])
@pytest.mark.parametrize("more", [(), (ticket("t8", "2026-01-06 10:00:00"),)], ids=["the same file", "a later one"])
def test_a_row_that_comes_as_it_was_stays_mended(desk: Desk, name: str, more: tuple[str, ...]) -> None:
    desk.mend()
    report = desk.deliver(desk.bad, *more, name=name)
    assert (desk.replied(), report.emptied, desk.workspace.rejects.count()) == ("09:30", 0, 0)
    assert (report.tables[0].mended, report.tables[0].overruled, report.tables[0].updated) == (1, 0, 0)


def test_a_row_that_comes_with_other_content_replaces_the_mended_one(desk: Desk) -> None:
    desk.mend()
    report = desk.deliver(ticket("t7", "2026-01-05 12:00:00"))
    assert (desk.replied(), report.tables[0].mended, report.tables[0].overruled) == ("11:00", 0, 1)
    assert desk.workspace.history(1)[0].deed.brought[0].overruled == 1


def test_a_row_that_comes_wrong_in_another_way_replaces_the_mended_one(desk: Desk) -> None:
    desk.mend()
    report = desk.deliver(ticket("t7", "soon", "Bill"))
    assert (desk.replied(), report.emptied, desk.workspace.rejects.count()) == ("", 1, 1)
    assert (report.tables[0].mended, report.tables[0].overruled) == (0, 1)


def test_what_was_mended_twice_stays_as_it_was_mended_last(desk: Desk) -> None:
    desk.mend()
    (path,) = export_rows(desk.workspace.rejects.list(state=None), desk.folder)
    path.write_text(path.read_text("utf-8-sig").replace("soon", "2026-01-05 10:45:00"))
    desk.workspace.replay(path)
    report = desk.deliver(desk.bad)
    assert (desk.replied(), report.tables[0].mended) == ("09:45", 1)


def test_a_mend_that_is_taken_back_is_forgotten(desk: Desk) -> None:
    desk.mend()
    desk.workspace.undo(desk.workspace.history(1)[0].n)
    report = desk.deliver(desk.bad)
    assert (desk.replied(), report.emptied, report.tables[0].mended) == ("", 1, 0)
    assert desk.workspace.rejects.count() == 1


def test_a_row_that_was_rejected_whole_and_mended_is_not_rejected_again(workspace: Workspace, tmp_path: Path) -> None:
    mend(workspace, tmp_path / "mended", {"14": "9", "15": "9"})
    report = workspace.import_files(tmp_path / "survey.csv", yes=True)
    assert (counted(workspace), report.rejected, workspace.rejects.count()) == ((600, 300, 300), 0, 0)


def test_a_wide_row_is_read_and_rejected_once(tmp_path: Path) -> None:
    rows = [[f"2026-01-{1 + i % 28:02d} 10:00:00", f"c{i}", i % 11, 1 + i % 5] for i in range(300)]
    rows[4][2:] = 14, 9
    with (tmp_path / "survey.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    workspace = latido.open(made(tmp_path / "acme"))
    report = workspace.import_files(tmp_path / "survey.csv", yes=True)
    assert (report.tables[0].read, report.tables[0].new, report.rejected) == (300, 598, 1)
    assert (len(workspace.rejects.list()), workspace.rejects.count()) == (2, 1)
    assert workspace.history(1)[0].deed.rejected == 1
