from latido.sources.json import flat, read_json_sheet
from latido.sources.sheet import Sheet
from tests.sources.shelf import delivered


def rows(sheet: Sheet, *columns: str) -> list[dict[str, str | None]]:
    return [row for frame in sheet.frames(columns or None) for row in frame.rows.to_pylist()]


def test_nested_objects_become_columns_and_lists_stay_json():
    assert flat({"a": {"b": {"c": 1}, "d": True}, "e": [1, "x"], "f": None, "g": {}}) == {
        "a.b.c": "1",
        "a.d": "true",
        "e": '[1, "x"]',
        "f": None,
        "g": "{}",
    }


def test_columns_come_in_the_order_they_are_met(tmp_path):
    sheet = read_json_sheet(delivered(tmp_path, '{"b": 1}\n{"a": 2, "b": 3}\n'))
    assert (sheet.columns, rows(sheet)) == (("b", "a"), [{"b": "1", "a": None}, {"b": "3", "a": "2"}])


def test_a_column_that_no_record_has_is_empty(tmp_path):
    assert rows(read_json_sheet(delivered(tmp_path, '{"a": 1}\n')), "z", "a") == [{"z": None, "a": "1"}]


def test_numbers_count_broken_records_too(tmp_path):
    frames = list(read_json_sheet(delivered(tmp_path, '{"a": 1}\nnope\n{"a": 3}\n')).frames())
    assert (frames[0].numbers.tolist(), [row.number for row in frames[0].broken]) == ([1, 3], [2])


def test_broken_records_after_the_last_good_one_are_told(tmp_path):
    frames = list(read_json_sheet(delivered(tmp_path, "nope\n")).frames())
    assert [(len(frame.numbers), len(frame.broken)) for frame in frames] == [(0, 1)]
