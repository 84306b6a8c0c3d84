"""The history on a terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from latido.i18n import use
from latido.report.history import counts, files, history, moment, undone, what
from latido.store.history import NO_DEED, Brought, Deed, File, Taken, Version
from latido.store.undo import Undone

MADRID = ZoneInfo("Europe/Madrid")
BROUGHT = Brought("tickets", 9, 5, 2, 1, 1, mended=2, overruled=1)
IMPORT = Deed("import", "generic", (File("a.csv", "1f", 3),), (BROUGHT,), who="Ana", rejected=1)
UNDO = Deed("undo", taken=(Taken("tickets", 3, 2, 1),), undoes=1)


def version(deed: Deed = NO_DEED, note: str = "tidy", undone_by: int | None = None) -> Version:
    return Version(2, datetime(2026, 3, 4, 8, 30, tzinfo=UTC), note, deed, undone_by, can_undo=False)


def texts(found: Version) -> list[str]:
    (line,) = history([found], MADRID).rows
    return [cell.text for cell in line]


def test_an_import_is_told_in_a_line() -> None:
    assert texts(version(IMPORT)) == ["2", "4 Mar 2026 09:30", "Import", "a.csv", "5", "2", "1", "1", "Ana", ""]


def test_what_brought_nothing_has_no_numbers() -> None:
    assert texts(version())[3:] == ["—", "—", "—", "—", "—", "—", ""]


def test_one_that_was_taken_back_says_by_which() -> None:
    assert texts(version(IMPORT, undone_by=3))[-1] == "taken back by 3"


def test_a_note_that_nobody_knows_speaks_for_itself() -> None:
    assert what(version(note="benchmark")) == "benchmark"


def test_of_many_files_the_first_are_named() -> None:
    deed = Deed("import", files=tuple(File(f"{i}.csv", "", 1) for i in range(5)))
    assert files(version(deed)) == "0.csv, 1.csv, 2.csv +2"


def test_numbers_come_with_their_words_and_noughts_are_left_out() -> None:
    assert counts(version(IMPORT))[:3] == ["5 new rows", "2 changed", "1 rejected"]


def test_it_says_what_became_of_rows_that_were_mended_before() -> None:
    assert counts(version(IMPORT))[3:] == [
        "2 rows came as they had been before they were mended: they stay mended.",
        "1 mended row came with other content, which counts now.",
    ]
    with use("es"):
        assert counts(version(UNDO)) == ["3 filas quitadas", "2 como antes", "1 se queda"]


def test_an_instant_is_on_the_workspaces_clocks() -> None:
    assert moment(datetime(2026, 7, 1, 22, 5, tzinfo=UTC), MADRID) == "2 Jul 2026 00:05"


def test_what_taking_back_did_is_told_by_table() -> None:
    found = undone(Undone(1, 2, UNDO.taken, 4))
    assert [cell.text for cell in found.rows[0]] == ["tickets", "3", "2", "1"]
    assert found.notes == ("4 rejected rows of it wait no longer",)
