"""Mended rejects, in whatever form a spreadsheet saved them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

import latido
from latido.errors import UsageError
from latido.sources.source import Delivery
from latido.store.rejects import export_rows
from latido.workspace import Workspace
from latido.workspace.mended import is_mended, mended
from tests.company import made

HEAD = "Ticket ID;Created at;Subject"
ROWS = [f"t{i};2026-01-{1 + i % 28:02d} 10:00:00;«Niño»" for i in range(40)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Forty tickets with semicolons between cells; the dates of two cannot be read."""
    lines = [HEAD, *ROWS]
    lines[5], lines[9] = "t4;ayer;«Niño»", "t8;hoy;«Niño»"
    (tmp_path / "tickets.csv").write_text("\n".join(lines), encoding="utf-8")
    workspace = latido.open(made(tmp_path / "acme"))
    workspace.import_files(tmp_path / "tickets.csv", yes=True)
    return workspace


def exported(workspace: Workspace, folder: Path) -> list[list[str]]:
    """The lines of the file to be mended, mended."""
    (path,) = export_rows(workspace.rejects.list(), folder)
    lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    return [[{"ayer": "2026-02-01 10:00:00", "hoy": "2026-02-02 10:00:00"}.get(c, c) for c in line] for line in lines]


def as_exported(path: Path, lines: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


def as_excel_in_spanish(path: Path, lines: list[list[str]]) -> None:
    path.write_bytes("\r\n".join(";".join(line) for line in lines).encode("cp1252"))


def as_xlsx(path: Path, lines: list[list[str]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for i, line in enumerate(lines):
            sheet.write_row(i, 0, line)


@pytest.mark.parametrize("save", [as_exported, as_excel_in_spanish, as_xlsx])
def test_they_come_in_as_they_would_have(
    workspace: Workspace, tmp_path: Path, save: Callable[[Path, list[list[str]]], None]
) -> None:
    save(tmp_path / "back", exported(workspace, tmp_path))
    report = workspace.replay(tmp_path / "back")
    assert (report.tables[0].new, workspace.rejects.count()) == (2, 0)
    rows = workspace.table("tickets").execute()
    assert (len(rows), {*rows.subject}) == (40, {"«Niño»"})


def test_the_same_file_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    as_exported(tmp_path / "back.csv", exported(workspace, tmp_path))
    workspace.replay(tmp_path / "back.csv")
    assert not workspace.replay(tmp_path / "back.csv").changed


def test_what_was_mended_can_be_mended_otherwise(workspace: Workspace, tmp_path: Path) -> None:
    lines = exported(workspace, tmp_path)
    as_exported(tmp_path / "back.csv", lines)
    workspace.replay(tmp_path / "back.csv")
    lines[1][1] = "2026-03-01 10:00:00"
    as_exported(tmp_path / "back.csv", lines)
    report = workspace.replay(tmp_path / "back.csv")
    assert (report.tables[0].updated, len(workspace.table("tickets").execute())) == (1, 40)


def test_rows_that_stand_for_no_reject_are_passed_over(workspace: Workspace, tmp_path: Path) -> None:
    lines = exported(workspace, tmp_path)
    as_exported(tmp_path / "back.csv", [*lines, ["t99", "2026-03-01 10:00:00", "new", ""]])
    assert workspace.replay(tmp_path / "back.csv").tables[0].read == 2


def test_what_is_still_wrong_is_a_reject_again(workspace: Workspace, tmp_path: Path) -> None:
    lines = exported(workspace, tmp_path)
    lines[1][1] = "never"
    as_exported(tmp_path / "back.csv", lines)
    report = workspace.replay(tmp_path / "back.csv")
    assert (report.tables[0].new, report.rejected, workspace.rejects.count()) == (1, 1, 1)


def test_rows_that_were_put_aside_come_in_too(workspace: Workspace, tmp_path: Path) -> None:
    as_exported(tmp_path / "back.csv", exported(workspace, tmp_path))
    workspace.rejects.mark([r.reject_id for r in workspace.rejects.list()], "dismissed")
    workspace.replay(tmp_path / "back.csv")
    assert (workspace.rejects.count("dismissed"), workspace.rejects.count("replayed")) == (0, 2)


def test_any_other_file_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no rejects of this workspace"):
        workspace.replay(tmp_path / "tickets.csv")


def test_a_mended_file_is_known_by_its_column(workspace: Workspace, tmp_path: Path) -> None:
    as_exported(tmp_path / "back.csv", exported(workspace, tmp_path))
    files = [Delivery(tmp_path / name, name, "") for name in ("back.csv", "tickets.csv", "acme/latido.toml")]
    assert [is_mended(file) for file in files] == [True, False, False]


def test_it_says_which_file_its_rows_are_of(workspace: Workspace, tmp_path: Path) -> None:
    as_exported(tmp_path / "back.csv", exported(workspace, tmp_path))
    (found,) = mended(Delivery(tmp_path / "back.csv", "back.csv", ""), workspace.lake)
    assert (found.delivery, [o.row for o in found.originals]) == (workspace.rejects.list()[0].delivery, [5, 9])
