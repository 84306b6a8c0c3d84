from latido.sources.csv import read_csv
from latido.sources.sheet import Layout
from tests.sources.shelf import delivered

LINES = " 4 10  2.5\n 4 11 12.5\n\n14 12 3.5é\n"


def test_columns_are_cut_at_their_places_and_trimmed(tmp_path):
    sheet = read_csv(
        delivered(tmp_path, LINES), Layout(widths=((0, 2), (2, 5), (5, 10)), names=("a", "b", "c"), header=False)
    )
    assert next(sheet.frames()).rows.to_pylist()[::2] == [
        {"a": "4", "b": "10", "c": "2.5"},
        {"a": "14", "b": "12", "c": "3.5é"},
    ]


def test_blank_lines_have_no_number(tmp_path):
    assert next(read_csv(delivered(tmp_path, LINES)).frames()).numbers.tolist() == [1, 2, 3]


def test_a_header_is_cut_like_the_rest(tmp_path):
    sheet = read_csv(delivered(tmp_path, "id  n \nann 10\nbob 11\ncat 12\n"))
    assert (sheet.columns, next(sheet.frames()).rows.num_rows) == (("id", "n"), 3)


def test_some_columns_can_be_cut_alone(tmp_path):
    sheet = read_csv(delivered(tmp_path, "id  n \nann 10\nbob 11\ncat 12\n"))
    assert next(sheet.frames(("n",))).rows.to_pydict() == {"n": ["10", "11", "12"]}
