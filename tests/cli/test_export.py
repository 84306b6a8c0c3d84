"""`latido export`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq

from tests.cli.conftest import Run


def test_csv_goes_to_standard_output(acme: Run) -> None:
    assert len(list(csv.DictReader(acme("export", "tickets").output.splitlines()))) == 100


def test_the_files_name_says_its_format(acme: Run, tmp_path: Path) -> None:
    acme("export", "ticket_facts", "-o", str(tmp_path / "facts.parquet"))
    assert pq.read_table(tmp_path / "facts.parquet").num_rows == 100


def test_json_has_an_object_a_line(acme: Run) -> None:
    lines = acme("export", "answers", "--format", "json").output.splitlines()
    assert (len(lines), json.loads(lines[0])["kind"]) == (200, "nps")


def test_it_says_how_many_rows_there_are(acme: Run, tmp_path: Path) -> None:
    done = acme("export", "answers", "-o", str(tmp_path / "a.csv"))
    assert done.stderr == f"200 rows in {tmp_path / 'a.csv'}\n"


def test_nothing_unfinished_is_left(acme: Run, tmp_path: Path) -> None:
    acme("export", "tickts", "-o", str(tmp_path / "a.csv"))
    assert list(tmp_path.iterdir()) == []


def test_parquet_is_not_for_terminals(acme: Run) -> None:
    assert acme("export", "tickets", "--format", "parquet").exit_code == 2


def test_a_name_without_format_is_refused(acme: Run, tmp_path: Path) -> None:
    assert "does not say its format" in acme("export", "tickets", "-o", str(tmp_path / "a.txt")).stderr


def test_a_table_as_it_was(acme: Run) -> None:
    assert acme("export", "tickets", "--as-of", "0").output.count("\n") == 1
