import pytest

from latido.errors import InputError, UnsureError
from latido.sources.csv import read_csv
from latido.sources.decide import decide, order
from latido.sources.mapping import Mapping, parse
from tests.sources.shelf import delivered


def orders(**said: object) -> Mapping:
    columns = {"order_id": "id", "customer_id": "id", "ordered": "day", "amount": "sum", "updated": "changed"}
    return parse({"tables": [{"table": "orders", "columns": columns}], **said})


def decided(folder, *rows: str, dates=None, mapping: Mapping | None = None) -> Mapping:
    file = delivered(folder, "\n".join(["id|day|sum|changed", *rows]))
    return decide([read_csv(file)], mapping or orders(), dates)


def test_what_most_columns_say_is_said_once(tmp_path):
    mapping = decided(tmp_path, "a|25/03/2024|1,50|26/03/2024")
    assert (mapping.dates, mapping.decimal, mapping.tables) == ("dmy", ",", orders().tables)


def test_a_column_that_differs_says_so_itself(tmp_path):
    columns = decided(tmp_path, "a|25/03/2024|1.5|2024-03-26").tables[0].columns
    assert (columns["ordered"].dates, columns["updated"].dates) == (None, "ymd")


def test_an_ambiguous_column_follows_its_siblings(tmp_path):
    assert decided(tmp_path, "a|01/02/2024|1.5|25/03/2024").dates == "dmy"


def test_a_files_last_row_can_decide(tmp_path):
    rows = ["a|01/02/2024|1.5|01/02/2024"] * 500
    assert decided(tmp_path, *rows, "b|03/25/2024|1.5|01/02/2024").dates == "mdy"


def test_several_files_decide_together(tmp_path):
    sheets = [
        read_csv(delivered(tmp_path, f"id|day|sum|changed\na|{day}|1.5|2024-01-01\n", name))
        for name, day in (("a.csv", "01/02/2024"), ("b.csv", "25/03/2024"))
    ]
    assert decide(sheets, orders()).dates == "dmy"


def test_what_a_person_says_is_not_asked_again(tmp_path):
    assert decided(tmp_path, "a|01/02/2024|1.5|01/02/2024", dates="mdy").dates == "mdy"
    assert decided(tmp_path, "a|01/02/2024|1.5|01/02/2024", dates="mdy", mapping=orders(dates="dmy")).dates == "dmy"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("a|01/02/2024|1.5|01/02/2024", "Every date in “day” can be read as day/month and as month/day"),
        ("a|25/03/2024|1.5|01/02/2024\nb|03/25/2024|1.5|01/02/2024", "The dates in “day” mix two orders"),
        ("a|25/03/2024|1.234|25/03/2024", "Every number in “sum” can be read with a decimal point or a decimal comma"),
        ("a|25/03/2024|1.50|25/03/2024\nb|25/03/2024|1,50|25/03/2024", "The numbers in “sum” mix"),
    ],
)
def test_what_stays_open_is_asked(tmp_path, row, says):
    with pytest.raises(UnsureError, match=says):
        decided(tmp_path, row)


def test_a_settled_mapping_is_left_as_it_is(tmp_path):
    mapping = decided(tmp_path, "a|25/03/2024|1,50|2024-03-26")
    assert decide([], mapping) == mapping


def test_an_order_is_one_of_three():
    assert (order("dmy"), order(None)) == ("dmy", None)
    with pytest.raises(InputError, match="is no order of day and month"):
        order("dym")
