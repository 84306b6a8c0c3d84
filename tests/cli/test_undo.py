"""`latido undo`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.company import write_tickets


@pytest.fixture
def imported(empty: Run, tmp_path: Path) -> Run:
    """A workspace with one import of twenty tickets."""
    empty("import", str(write_tickets(tmp_path / "tickets.csv", 20)))
    return empty


def test_it_says_what_it_did(imported: Run) -> None:
    said = imported("undo", "1").output.splitlines()
    assert said[0] == "Version 1 is taken back; version 2 is without it."
    assert said[3].split() == ["tickets", "20", "0", "0"]


def test_it_says_so_in_spanish(imported: Run) -> None:
    assert "La versión 1 se ha deshecho; la versión 2 ya no la incluye." in imported("--lang", "es", "undo", "1").output


def test_the_rows_are_gone(imported: Run) -> None:
    imported("undo", "1")
    assert json.loads(imported("measure", "ticket_volume", "--json").output)["figures"][0]["parts"]["value"]["n"] == 0


def test_machines_are_told(imported: Run) -> None:
    assert json.loads(imported("undo", "1", "--json").output)["tables"] == [
        {"table": "tickets", "removed": 20, "restored": 0, "kept": 0}
    ]


def test_so_are_spreadsheets(imported: Run) -> None:
    assert next(csv.DictReader(imported("undo", "1", "--csv").output.splitlines()))["removed"] == "20"


def test_what_is_no_import_is_refused_with_the_way_out(imported: Run) -> None:
    found = imported("undo", "0")
    assert (found.exit_code, "must be at least 1" in found.output) == (2, True)


def test_it_is_not_done_twice(imported: Run) -> None:
    imported("undo", "1")
    found = imported("undo", "1")
    assert (found.exit_code, "taken back already, by version 2" in found.output) == (2, True)
