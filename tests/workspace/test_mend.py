"""Mending a row replaces what came of it: nobody is counted twice, however often it is mended."""

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
