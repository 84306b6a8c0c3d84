"""`latido trace`."""

from __future__ import annotations

import csv
import json

from tests.cli.conftest import Run


def test_the_first_rows_are_shown_and_how_many_there_are(acme: Run) -> None:
    shown = acme("trace", "nps", "--limit", "5").output
    assert "200 of 200 rows count." in shown
    assert "The first 5 are shown" in shown


def test_csv_has_every_row_of_a_group(acme: Run) -> None:
    rows = list(csv.DictReader(acme("trace", "nps", "--by", "channel=chat", "--csv").output.splitlines()))
    assert (len(rows), {r["channel"] for r in rows}) == (99, {"chat"})


def test_json_says_of_each_row_whether_it_counts(acme: Run) -> None:
    rows = json.loads(acme("trace", "nps", "--where", "channel=email", "--json").output)
    assert (len(rows), rows[0]["counted"]) == (101, True)


def test_people_see_instants_in_their_own_zone(acme: Run) -> None:
    assert "2025-01-02 10:00:00" in acme("trace", "nps", "--limit", "1").output


def test_machines_see_instants_in_utc(acme: Run) -> None:
    (first, *_rest) = csv.DictReader(acme("trace", "nps", "--csv").output.splitlines())
    assert first["answered"] == "2025-01-02T09:00:00+0000"


def test_the_reader_is_told_in_spanish(acme: Run) -> None:
    assert "Cuentan 200 de 200 filas." in acme("--lang", "es", "trace", "nps").output
