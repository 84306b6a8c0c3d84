"""What would become of files, before they are imported."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from latido.sources.generic import Generic
from latido.sources.source import Options
from latido.sources.zendesk import Zendesk
from latido.workspace import trial as module
from latido.workspace.trial import Trial, Tried, trial
from latido.workspace.wizard import groups, look
from latido.workspace.wizard_said import Said
from tests.sources.tables import HELP_DESK, SURVEY, file
from tests.sources.zendesk.desk import opening, ticket, written

MADRID = ZoneInfo("Europe/Madrid")


def tried(folder: Path, text: str, good: str = "") -> Trial:
    """A file that is read by the mapping that the wizard proposes for it, or for a better one of its kind."""
    (source, files), *_others = groups([file(folder, good or text, "good.csv")], by_hand=True)
    mapping = look(source, files, Said(), MADRID).mapping
    assert mapping
    return trial(source, [file(folder, text)], Options(time_zone=MADRID, mapping=mapping.said()), whole=True)


def only(found: Trial) -> Tried:
    (table,) = found.tables
    return table


def test_it_says_how_many_rows_each_table_would_get(tmp_path: Path) -> None:
    found = tried(tmp_path, HELP_DESK)
    assert (only(found).table, only(found).rows, found.read, found.whole) == ("tickets", 3, 3, True)


def test_it_shows_the_first_rows_as_they_would_be_read(tmp_path: Path) -> None:
    table = only(tried(tmp_path, HELP_DESK))
    assert [row["channel"] for row in table.first] == ["email", "phone", "chat"]
    assert (table.columns[:2], {"row", "delivery", "source"} & {*table.columns}) == (("ticket_id", "created"), set())


def test_it_counts_rows_that_would_be_rejected_and_says_why(tmp_path: Path) -> None:
    bad = HELP_DESK.replace("04/03/2024 10:00,", "ayer,").replace("04/03/2024 11:00,", "hoy,")
    found = tried(tmp_path, bad, HELP_DESK)
    assert (found.rejected, found.emptied, only(found).rejected, only(found).rows) == (2, 0, 2, 1)
    assert [(str(reason), count) for reason, count in only(found).reasons] == [("“ayer” is not a date and time.", 2)]


def test_a_row_of_several_answers_is_one(tmp_path: Path) -> None:
    good = SURVEY.replace("Marca temporal", "Fecha")
    found = tried(tmp_path, good.replace("25/03/2024 8:51:12,9,", "ayer,99,"), good)
    assert (found.read, found.rejected, [count for _reason, count in only(found).reasons]) == (3, 1, [1, 1])


def test_a_format_of_its_own_is_tried_too(tmp_path: Path) -> None:
    files = [written(tmp_path, "tickets.json", json.dumps({"tickets": [ticket(1), ticket(2, created_at="ayer")]})),
             written(tmp_path, "audits.json", json.dumps({"audits": [opening()]}))]  # fmt: skip
    found = trial(Zendesk(), files, Options(), whole=True)
    rows = {one.table: (one.rows, one.rejected) for one in found.tables}
    assert rows["tickets"] == (1, 1)
    assert rows["ticket_events"][0] > 0


def test_of_a_long_file_the_beginning_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    assert not tried(tmp_path, HELP_DESK).whole


def test_what_breaks_off_says_why(tmp_path: Path) -> None:
    found = trial(Generic(), [file(tmp_path, "a\n1\n")], Options(), whole=True)
    assert (found.tables, found.error is not None) == ((), True)
