import csv
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from latido.sources import csv as reader
from latido.sources.csv import read_csv
from latido.sources.sheet import Layout, Sheet
from tests.sources.shelf import delivered

CELLS = st.text(st.sampled_from('ab,;" \n\réñ'), max_size=8)
SHEETS = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5)
GIVEN = Layout(delimiter=",", header=True, skip=0)


def cells(sheet: Sheet, *columns: str) -> list[list[str]]:
    frames = list(sheet.frames(columns or None))
    return [list(row.values()) for frame in frames for row in frame.rows.to_pylist()]


def numbers(sheet: Sheet) -> list[int]:
    return [int(n) for frame in sheet.frames() for n in frame.numbers]


def broken(sheet: Sheet) -> list[tuple[int, str]]:
    return [(row.number, row.text) for frame in sheet.frames() for row in frame.broken]


@given(SHEETS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_pythons_writer_writes_is_read_back(tmp_path, sheet, encoding):
    text = StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["x", "y"], *sheet])
    file = delivered(tmp_path, text.getvalue().encode(encoding), f"{encoding}.csv")
    found = read_csv(file, Layout(delimiter=",", header=True, skip=0, encoding=encoding))
    assert cells(found) == sheet


def test_rows_with_the_wrong_number_of_cells_keep_their_text_and_their_number(tmp_path):
    sheet = read_csv(delivered(tmp_path, "a,b\n1,2\n3\n4,5,6\n7,8\n"))
    assert (cells(sheet), numbers(sheet), broken(sheet)) == (
        [["1", "2"], ["7", "8"]],
        [1, 4],
        [(2, "3"), (3, "4,5,6")],
    )


def test_numbers_go_on_from_block_to_block(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "BLOCK", 64)
    rows = [f"{i},x" if i % 7 else f"{i}" for i in range(1, 101)]
    sheet = read_csv(delivered(tmp_path, "a,b\n" + "\n".join(rows)))
    assert (numbers(sheet), [n for n, _text in broken(sheet)]) == (
        [i for i in range(1, 101) if i % 7],
        list(range(7, 101, 7)),
    )


def test_a_row_longer_than_a_block_is_read_with_a_larger_one(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "BLOCK", 64)
    sheet = read_csv(delivered(tmp_path, "a,b\n1,2\n3\n4," + "x" * 1000 + "\n5,6\n"))
    assert ([row[0] for row in cells(sheet)], numbers(sheet), broken(sheet)) == (["1", "4", "5"], [1, 3, 4], [(2, "3")])


def test_some_columns_can_be_read_alone(tmp_path):
    assert cells(read_csv(delivered(tmp_path, "a,b,c\n1,2,3\n")), "c", "a") == [["3", "1"]]


def test_so_can_they_where_marks_are_not_in_order(tmp_path):
    assert cells(read_csv(delivered(tmp_path, 'a,b,c\n1,2,"3\n4,5,6\n')), "c", "a") == [["6", "4"]]


def test_a_sheet_can_be_read_twice(tmp_path):
    sheet = read_csv(delivered(tmp_path, "a,b\n1,2\n"))
    assert cells(sheet) == cells(sheet) == [["1", "2"]]


@pytest.mark.parametrize("text", ['a,b\n1,"x\n"\n2,y\n', 'a,b\n1,", z"\n2,y\n'])
def test_a_mark_beside_a_line_end_or_a_delimiter_is_in_order(tmp_path, text):
    assert [row[0] for row in cells(read_csv(delivered(tmp_path, text), GIVEN))] == ["1", "2"]


def test_one_stray_mark_leaves_the_blocks_around_it_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "BLOCK", 64)
    rows = ['7,"x', *(f'{i},"a\nb"' if i % 3 else f"{i},plain" for i in range(2, 60)), "60", '61,"y', "62,z"]
    sheet = read_csv(delivered(tmp_path, "a,b\n" + "\n".join(rows) + "\n"), GIVEN)
    assert [n for n, _text in broken(sheet)] == [1, 60, 61]
    assert numbers(sheet) == [*range(2, 60), 62]
    assert [row[0] for row in cells(sheet)] == [str(i) for i in [*range(2, 60), 62]]
