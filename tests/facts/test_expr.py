"""The portable words: nulls, whole seconds, types."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import md5
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from latido.facts.expr import (
    conform,
    epoch,
    extras,
    first_known,
    flag,
    join_columns,
    ratio,
    scattered,
    seconds,
    union_all,
    when,
)
from latido.model import TABLES


def column(*values: Any, kind: pa.DataType) -> Any:
    return ibis.memtable(pa.table({"i": range(len(values)), "x": pa.array(values, kind)}))


def evaluated(table: Any, expression: Any) -> list[Any]:
    found = table.mutate(y=expression).order_by("i").to_pyarrow()["y"].to_pylist()
    return list(found)


def test_a_flag_is_0_where_nothing_is_known() -> None:
    table = column(True, False, None, kind=pa.bool_())
    assert evaluated(table, flag(table.x)) == [1, 0, 0]


def test_a_ratio_of_integers_is_no_integer() -> None:
    table = column(1, 2, kind=pa.int64())
    assert evaluated(table, ratio(table.x, ibis.literal(4))) == [0.25, 0.5]


def test_a_value_holds_only_where_its_condition_does() -> None:
    table = column(1, 2, None, kind=pa.int64())
    assert evaluated(table, when(table.x > 1, table.x)) == [None, 2, None]


def test_the_first_known_value_wins() -> None:
    table = column(None, 2, kind=pa.int64())
    assert evaluated(table, first_known(table.x, ibis.literal(9))) == [9, 2]


def test_seconds_are_whole_on_either_side_of_1970() -> None:
    moments = [datetime(1969, 12, 31, 23, 59, 59, 500_000), datetime(2024, 3, 4, 9, 0, 0, 999_999)]
    table = column(*moments, kind=pa.timestamp("us"))
    assert evaluated(table, epoch(table.x)) == [-1, 1_709_542_800]


def test_durations_are_differences_of_whole_seconds() -> None:
    table = column(datetime(2024, 3, 4, 9, 0, 0, 999_999), kind=pa.timestamp("us"))
    later = ibis.literal(datetime(2024, 3, 4, 9, 0, 2)).cast("timestamp(6)")
    assert evaluated(table, seconds(table.x, later)) == [2]


@pytest.mark.parametrize("among", [2, 16, 128, 2**20])
def test_texts_are_scattered_by_the_first_letters_of_their_md5(among: int) -> None:
    names = ["", "c1", "ñandú", "c1|place"]
    table = column(*names, None, kind=pa.string())
    expected = [int(md5(name.encode(), usedforsecurity=False).hexdigest()[:8][::-1], 16) % among for name in names]
    assert evaluated(table, scattered(table.x, among)) == [*expected, None]


def test_nothing_is_scattered_among_a_number_that_some_would_come_up_more_often_of() -> None:
    with pytest.raises(ValueError, match="100"):
        scattered(column("a", kind=pa.string()).x, 100)


def test_an_absent_table_is_an_empty_one() -> None:
    found = conform(None, TABLES["tickets"])
    assert (found.count().to_pyarrow().as_py(), "channel" in found.columns) == (0, True)


@pytest.mark.parametrize(
    ("name", "value"), [("opened_by", "customer"), ("channel", None), ("spam", False), ("reopens", None)]
)
def test_an_absent_column_is_null_or_what_its_absence_means(name: str, value: Any) -> None:
    frame = pd.DataFrame({"ticket_id": ["a"], "created": [datetime(2024, 3, 4)]})
    found = conform(ibis.memtable(frame), TABLES["tickets"])
    assert found[name].to_pyarrow().to_pylist() == [value]


def test_columns_of_another_type_are_read_as_the_declared_one() -> None:
    frame = pd.DataFrame({"ticket_id": [7], "created": [datetime(2024, 3, 4, tzinfo=UTC)], "reopens": ["2"]})
    row = conform(ibis.memtable(frame), TABLES["tickets"]).to_pyarrow().to_pylist()[0]
    assert (row["ticket_id"], row["created"], row["reopens"]) == ("7", datetime(2024, 3, 4), 2)


def test_an_instant_in_a_zone_is_read_as_utc() -> None:
    stamps = pa.array([datetime(2024, 3, 4, 9, tzinfo=UTC)], pa.timestamp("us", "America/Mexico_City"))
    table = ibis.memtable(pa.table({"ticket_id": ["a"], "created": stamps}))
    assert conform(table, TABLES["tickets"]).created.to_pyarrow().to_pylist() == [datetime(2024, 3, 4, 9)]


def test_own_columns_are_told_by_their_prefix() -> None:
    assert extras(ibis.memtable(pa.table({"x_shop": ["north"], "xylophone": ["a"]}))) == ["x_shop"]


def test_joining_columns_keeps_every_row() -> None:
    left = ibis.memtable(pa.table({"k": ["a", "b", None]}))
    right = ibis.memtable(pa.table({"id": ["a"], "v": [1]}))
    found = join_columns(left, right, "k", {"new": "v"}, key="id").to_pyarrow().to_pylist()
    assert sorted(found, key=str) == [{"k": "a", "new": 1}, {"k": "b", "new": None}, {"k": None, "new": None}]


def test_all_rows_of_all_tables_are_there() -> None:
    tables = [ibis.memtable(pa.table({"x": [i, i]})) for i in range(3)]
    assert sorted(union_all(tables).to_pyarrow()["x"].to_pylist()) == [0, 0, 1, 1, 2, 2]
