from __future__ import annotations

import pytest

from latido.errors import UnsureError
from latido.model.table import Type
from latido.model.tickets import TICKETS
from latido.sources.columns import Cells, Known, header, names
from latido.sources.reading import read_sheet
from latido.sources.source import Delivery, Options


@pytest.fixture
def deliver(tmp_path):
    def delivering(text):
        path = tmp_path / "file.csv"
        path.write_text(text)
        return Delivery(path, "file.csv", "d")

    return delivering


def cells(file, *, dates=(), **options):
    aliases = {"ticket_id": ("number",), "created": ("opened at",), "reopens": (), "x_color": ("colour",)}
    known = Known.of(read_sheet(file), aliases, dates, Options(**options))
    return Cells(known, next(iter(known.frames())), TICKETS)


def test_names_are_compared_without_case_and_signs(deliver):
    file = deliver("Number,Opened_At,Category,Category\na,b,c,d\n")
    assert names(file) == ["number", "opened at", "category", "category 2"]


@pytest.mark.parametrize("text", ["a;b\n1;2\n", '"a"\t"b"\n1\t2\n', '\ufeffa,b\n"1\n",2\n'])
def test_a_header_is_read_with_whatever_delimiter(deliver, text):
    assert header(deliver(text)) == ("a", "b")


@pytest.mark.parametrize("text", ["", '{"a": 1}', "[1]"])
def test_what_is_no_table_has_no_header(deliver, text):
    assert header(deliver(text)) == ()


def test_the_first_known_name_wins(deliver):
    assert cells(deliver("number,ticket id,x\nN,T,1\n")).text("ticket_id").to_pylist() == ["N"]


def test_a_column_that_is_not_there_is_empty(deliver):
    assert cells(deliver("number,x\nN,1\nM,2\n")).text("x_color").to_pylist() == [None, None]


def test_an_unreadable_optional_value_is_told_and_the_row_kept(deliver):
    found = cells(deliver("number,reopens\nN,many\n"))
    assert found.read("reopens", Type.INTEGER).to_pylist() == [None]
    assert [(r.column, r.value, r.kept, r.raw) for r in found.rejects] == [
        ("reopens", "many", True, {"number": "N", "reopens": "many"})
    ]
    assert found.lost.tolist() == [False]


def test_an_unreadable_vital_value_loses_the_row(deliver):
    found = cells(deliver("number,opened at\nN,soon\nM,2024-01-02\n"), dates=("created",))
    found.required("created", found.read("created", Type.INSTANT))
    assert [(r.row, r.column, r.kept) for r in found.rejects] == [(1, "opened at", False)]
    assert found.lost.tolist() == [True, False]


def test_a_row_with_too_many_cells_is_rejected(deliver):
    assert [r.row for r in cells(deliver("number,reopens\nN,1\nM,2,3\n")).rejects] == [2]


def test_the_order_of_dates_is_decided_over_all_date_columns(deliver):
    file = deliver("opened at,reopens\n03/04/2024,13/05/2024\n")
    assert cells(file, dates=("created", "reopens")).read("created", Type.INSTANT)[0].as_py().month == 4


def test_mixed_orders_are_asked_about_with_an_example_of_each(deliver):
    with pytest.raises(UnsureError, match=r"13/04/2024.*04/13/2024"):
        cells(deliver("opened at,x\n13/04/2024,1\n04/13/2024,1\n"), dates=("created",))
