from datetime import date, datetime, time, timedelta

import pytest

from latido.sources.sheet import Layout
from latido.sources.source import Delivery
from latido.sources.xlsx import as_text, read_xlsx
from tests.sources.corpus.spreadsheets import Tab, workbook


def delivered(folder, *tabs: Tab) -> Delivery:
    workbook(folder / "book.xlsx", *tabs)
    return Delivery(folder / "book.xlsx", "book.xlsx", "")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (5.0, "5"),
        (0.1, "0.1"),
        (1e20, "1e+20"),
        (True, "true"),
        (datetime(2024, 3, 4, 10), "2024-03-04 10:00:00"),
        (date(2024, 3, 4), "2024-03-04"),
        (time(10, 30), "10:30:00"),
        (timedelta(hours=1), "3600.0"),
        (None, ""),
    ],
)
def test_cells_become_text(cell, text):
    assert as_text(cell) == text


def test_a_title_above_the_header_is_preamble_and_blank_rows_are_none(tmp_path):
    sheet = read_xlsx(delivered(tmp_path, Tab("A", [["Tickets of March"], [], ["id", "n"], ["a", 1], [], ["b", 2]])))
    frame = next(sheet.frames())
    assert (sheet.columns, sheet.preamble, frame.rows.to_pydict(), frame.numbers.tolist()) == (
        ("id", "n"),
        ("Tickets of March",),
        {"id": ["a", "b"], "n": ["1", "2"]},
        [1, 2],
    )


def test_cells_merged_over_rows_are_filled_down_and_over_columns_are_not(tmp_path):
    tab = Tab("A", [["team", "id", "x"], ["Blue", "a", "wide"], [None, "b"], ["Red", "c"]], ("A2:A3", "C2:D2"))
    frame = next(read_xlsx(delivered(tmp_path, tab)).frames(("team", "x")))
    assert frame.rows.to_pydict() == {"team": ["Blue", "Blue", "Red"], "x": ["wide", "", ""]}


def test_a_worksheet_ten_times_as_long_is_clearly_the_table(tmp_path):
    long = Tab("Data", [["id", "n"], *([str(i), i] for i in range(40))])
    assert read_xlsx(delivered(tmp_path, Tab("Notes", [["by", "me"], ["x", "y"]]), long)).layout.sheet == "Data"


def test_a_worksheet_can_be_named(tmp_path):
    sheet = read_xlsx(delivered(tmp_path, Tab("A", [["id"], ["a"]]), Tab("B", [["n"], ["b"]])), Layout(sheet="B"))
    assert sheet.columns == ("n",)
