from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from latido.model.table import Type
from latido.sources.convert import Reading, clean, convert, impaired, translated, truth


def read(kind: Type, *cells: object, **how: object) -> tuple[list[object], list[int]]:
    values, unreadable = convert(clean(pa.array(cells)), Reading(kind, **how))  # type: ignore[arg-type]
    return values.to_pylist(), unreadable.tolist()


@pytest.mark.parametrize(
    "cell", ["", "  ", "?", "NA", "N/A", "n/a", "NULL", "null", "-", "s/d", "S/D", "NaN", "\ufeff", None]
)
def test_marks_for_nothing_are_nothing(cell):
    assert clean(pa.array([cell], pa.string())).to_pylist() == [None]


def test_a_file_may_have_marks_of_its_own():
    assert clean(pa.array(["1970-01-01", "x"]), ("1970-01-01",)).to_pylist() == [None, "x"]


def test_what_stands_around_a_text_is_dropped():
    assert clean(pa.array(["\ufeff a b\u00a0\r\n", "\u200fx"])).to_pylist() == ["a b", "x"]


@pytest.mark.parametrize("word", ["sí", "Si", "SI", "yes", "TRUE", "1", "1.0", "Verdadero", "x", "y", "S", "on"])
def test_yes_is_yes_in_both_languages(word):
    assert truth(word) is True


@pytest.mark.parametrize("word", ["no", "NO", "n", "false", "0", "0.0", "Falso", "off"])
def test_no_is_no_in_both_languages(word):
    assert truth(word) is False


@pytest.mark.parametrize(
    ("kind", "cells", "values", "unreadable"),
    [
        (Type.TEXT, ("a", None), ["a", None], []),
        (Type.TEXT, (7.0, 8.0), ["7", "8"], []),
        (Type.TEXT, (7.5, 8.0), ["7.5", "8"], []),
        (Type.TEXT, (True,), ["true"], []),
        (Type.NUMBER, ("1,200.5", "x", ""), [1200.5, None, None], [1]),
        (Type.NUMBER, (7, None), [7.0, None], []),
        (Type.INTEGER, ("3", "3.5", "3.0"), [3, None, 3], [1]),
        (Type.BOOLEAN, ("sí", "maybe", "0"), [True, None, False], [1]),
        (Type.BOOLEAN, (True, None), [True, None], []),
        (Type.INSTANT, ("2024-03-04", "soon"), [datetime(2024, 3, 4, tzinfo=UTC), None], [1]),
    ],
)
def test_what_cannot_be_read_is_told_apart_from_what_is_missing(kind, cells, values, unreadable):
    assert read(kind, *cells) == (values, unreadable)


def test_a_reading_says_how_dates_and_decimals_are_written():
    madrid = ZoneInfo("Europe/Madrid")
    assert read(Type.INSTANT, "4/3/2024", dates="dmy", time_zone=madrid)[0] == [datetime(2024, 3, 3, 23, tzinfo=UTC)]
    assert read(Type.NUMBER, "1.234,5", decimal=",")[0] == [1234.5]


def test_durations_are_seconds():
    assert read(Type.NUMBER, pa.scalar(1_500, pa.duration("ms")).as_py())[0] == [1.5]


def test_damaged_characters_are_found():
    assert impaired(pa.array(["a", "b\ufffd", None, "c\x00"])).tolist() == [1, 3]


def test_words_are_translated_whatever_their_capitals():
    words = {"Logged": "new", "x": ""}
    assert translated(pa.array(["LOGGED", "X", "other", None]), words.items()).to_pylist() == [
        "new",
        None,
        "other",
        None,
    ]
    assert translated(pa.array(["other", None]), words.items(), "open").to_pylist() == ["open", None]
