"""`latido history`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.company import write_answers, write_tickets


def test_it_shows_what_was_imported(acme: Run) -> None:
    lines = acme("history").output.splitlines()
    assert lines[0].split() == ["version", "when", "what", "files", "new", "updated", "unchanged", "rejected", "who"]
    assert [line.split()[0] for line in lines[2:5]] == ["2", "1", "0"]
    assert ("tickets.csv" in lines[2], "answers.csv" in lines[3]) == (True, True)


def test_it_says_how_to_take_one_back(acme: Run) -> None:
    assert "latido undo VERSION takes one of these imports back." in acme("history").output


def test_it_says_so_in_spanish(acme: Run) -> None:
    assert "Importación" in acme("--lang", "es", "history").output


def test_it_shows_as_many_as_asked_for(acme: Run) -> None:
    assert len(json.loads(acme("history", "--limit", "1", "--json").output)) == 1


def test_machines_are_told_what_came_of_each_table(acme: Run) -> None:
    newest, *_older = json.loads(acme("history", "--json").output)
    assert (newest["version"], newest["kind"], newest["can_undo"]) == (2, "import", True)
    assert newest["brought"][0]["new"] == 100


def test_a_spreadsheet_gets_a_line_for_each_version(acme: Run) -> None:
    rows = list(csv.DictReader(acme("history", "--csv").output.splitlines()))
    assert [(r["version"], r["kind"], r["new"]) for r in rows] == [
        ("2", "import", "100"),
        ("1", "import", "200"),
        ("0", "create", "0"),
    ]


def test_it_says_who_took_what_back(empty: Run, tmp_path: Path) -> None:
    empty("import", str(write_answers(tmp_path / "answers.csv", 20)))
    empty("import", str(write_tickets(tmp_path / "tickets.csv", 20)))
    empty("undo", "1")
    assert "taken back by 3" in empty("history").output
