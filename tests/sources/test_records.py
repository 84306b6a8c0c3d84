import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.sources.records import Record, records, split

CELLS = st.text(st.sampled_from("ab,;\" \n\r'é"), max_size=8)
SHEETS = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=5)


def read(text: str, delimiter: str = ",", columns: int | None = None) -> list[Record]:
    return list(records(iter(StringIO(text, newline="")), delimiter, columns))


@given(SHEETS, st.sampled_from(",;"))
@settings(deadline=None, max_examples=300)
def test_what_pythons_writer_quotes_is_read_back(sheet, delimiter):
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(sheet)
    assert [record.cells for record in read(text.getvalue(), delimiter)] == sheet


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("a,b\n", ["a", "b"]),
        ('"",x', ["", "x"]),
        ('"a,b",c\r\n', ["a,b", "c"]),
        ('"a""b",c', ['a"b', "c"]),
        ('a"b,c', ['a"b', "c"]),
        ('1, "x, y" ,3', ["1", "x, y", "3"]),
        ('"Ana "Nita" Gil",3', ['Ana "Nita" Gil', "3"]),
        ('"open,3', None),
        (",", ["", ""]),
    ],
)
def test_a_line_is_split_at_delimiters_outside_of_marks(line, cells):
    assert split(line, ",") == cells


def test_a_record_may_go_on_over_several_lines():
    assert [r.cells for r in read('1,"a\nb"\n2,c\n')] == [["1", "a\nb"], ["2", "c"]]


def test_blank_lines_are_no_records():
    assert [r.cells for r in read("\n1,a\n\n\n2,b")] == [["1", "a"], ["2", "b"]]


def test_a_mark_that_never_closes_costs_one_line():
    assert [r.cells for r in read('1,"a\n2,b\n3,"c"\n', columns=2)] == [None, ["2", "b"], ["3", "c"]]


def test_a_mark_that_closes_into_too_many_cells_is_a_stray_one():
    assert [r.cells for r in read('1,"a\n2,b",c\n3,d\n', columns=2)] == [None, ["2", 'b"', "c"], ["3", "d"]]


def test_a_comma_before_an_escaped_mark_is_no_new_cell():
    assert [r.cells for r in read('1,"a\nb, ""c"""\n2,d\n', columns=2)] == [["1", 'a\nb, "c"'], ["2", "d"]]


def test_records_know_where_they_end():
    assert [r.end for r in read('\n1,"a\nb"\r\n2,c')] == [10, 13]
