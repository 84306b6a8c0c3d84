import pytest

from latido.sources.layout import fixed_widths, is_header, preamble, understand
from latido.sources.sheet import Layout
from tests.sources.shelf import delivered


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb, c\n1\tx, y\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('a,b\n"1;2",3\n', ","),
        ("sep=;\na;b\n1;2", ";"),
    ],
)
def test_the_delimiter_is_what_cuts_rows_alike(tmp_path, text, delimiter):
    assert understand(delivered(tmp_path, text), Layout()).layout.delimiter == delimiter


def test_a_person_knows_the_delimiter_better(tmp_path):
    assert understand(delivered(tmp_path, "a,b;c\n1,2;3\n"), Layout(delimiter=";")).names == ("a,b", "c")


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["id", "created"], ["1", "2024-03-04"]], True),
        ([["1", "2024-03-04"], ["2", "2024-03-05"]], False),
        ([["ana", "email"], ["luis", "email"]], False),
        ([["id", "channel"], ["x", "email"], ["id", "channel"]], True),
        ([["name"], ["ana"]], True),
        ([["No", "Name"], ["1", "ana"]], True),
        ([["id", "12,5 €"], ["x", "3"]], False),
        ([], True),
    ],
)
def test_a_header_holds_names_and_nothing_else(rows, header):
    assert is_header(rows) == header


@pytest.mark.parametrize(
    ("rows", "above"),
    [
        ([["id", "n", "x"], ["1", "2", "3"]], 0),
        ([["Report of March", "", ""], ["id", "n", "x"], ["1", "2", "3"]], 1),
        ([["Report"], ["id", "n", "x"], ["1", "2", "3"]], 1),
        ([["# by me", "x", "y"], ["id", "n", "x"], ["1", "2", "3"]], 1),
    ],
)
def test_what_stands_above_the_header_is_preamble(rows, above):
    assert preamble(rows) == above


def test_fixed_widths_are_the_gaps_that_all_lines_share():
    assert fixed_widths([" 4 10  2.5", " 4 11 12.5", "14 12  3.5"]) == ((0, 2), (2, 5), (5, 10))


@pytest.mark.parametrize("lines", [["a b"], ["one line", "another longer line", "x"], ["a\tb", "c\td", "e\tf"]])
def test_other_text_has_no_fixed_widths(lines):
    assert fixed_widths(lines) == ()


def test_a_file_without_header_gets_names(tmp_path):
    opening = understand(delivered(tmp_path, "1,x\n2,y\n"), Layout())
    assert (opening.names, opening.start, opening.layout.header) == (("column 1", "column 2"), 0, False)


def test_same_and_empty_names_are_told_apart(tmp_path):
    assert understand(delivered(tmp_path, "a,a,,a\nw,x,y,z\n"), Layout()).names == ("a", "a (2)", "column 3", "a (3)")


def test_the_data_begin_after_the_header(tmp_path):
    assert understand(delivered(tmp_path, "Report\n\nid,name\nx,y\n"), Layout()).start == len("Report\n\nid,name\n")
