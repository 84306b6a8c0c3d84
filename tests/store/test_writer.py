from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from latido.errors import StoreError
from latido.model import TABLES
from tests.store.conftest import day, staged, stored, ticket


def facts(**columns):
    return pa.table({"ticket_id": ["A", "B", "B"], "began": [day(1), day(1), day(2)], **columns})


def keys(*ids):
    return pa.table({"ticket_id": pa.array(ids, pa.string())})


def replaced(lake, *steps):
    with lake.write("facts") as writer:
        for rows, which in steps:
            writer.replace("facts", rows, ("ticket_id",), which, "began")


def values(lake, *columns):
    return [tuple(row.values()) for row in stored(lake.snapshot(), "facts", *columns)]


def test_a_derived_table_is_made_when_it_is_first_written(lake):
    replaced(lake, (facts(n=[1, 2, 3]), None))
    assert values(lake, "ticket_id", "n") == [("A", 1), ("B", 2), ("B", 3)]


def test_all_rows_of_the_given_keys_are_replaced(lake):
    replaced(lake, (facts(n=[1, 2, 3]), None), (facts(n=[7, 8, 9]).slice(2), keys("B")))
    assert values(lake, "ticket_id", "n") == [("A", 1), ("B", 9)]


def test_keys_without_new_rows_go(lake):
    replaced(lake, (facts(n=[1, 2, 3]), None), (facts(n=[1, 2, 3]).slice(3), keys("B")))
    assert values(lake, "ticket_id") == [("A",)]


def test_only_months_with_a_replaced_row_are_written_again(lake):
    replaced(lake, (facts(n=[1, 2, 3]), None))
    before = {f.month: f.path for f in lake.snapshot().data_files("facts")}
    one = pa.table({"ticket_id": ["A"], "began": [day(1)], "n": [5]})
    replaced(lake, (one, keys("A")))
    after = {f.month: f.path for f in lake.snapshot().data_files("facts")}
    assert (after["2024-01"] == before["2024-01"], after["2024-02"] == before["2024-02"]) == (False, True)


def test_replacing_some_keys_may_add_a_column(lake):
    replaced(lake, (facts(n=[1, 2, 3]), None), (facts(n=[1, 2, 3], m=["x", "y", "z"]).slice(1), keys("B")))
    assert values(lake, "n", "m") == [(1, None), (2, "y"), (3, "z")]


def test_replacing_the_whole_table_may_change_its_columns(lake):
    replaced(lake, (facts(n=[1, 2, 3]), None), (facts(n=["x", "y", "z"], m=[1, 2, 3]), None))
    assert values(lake, "n", "m") == [("x", 1), ("y", 2), ("z", 3)]


def test_replacing_keys_of_a_table_that_is_not_there_makes_it(lake):
    replaced(lake, (facts(n=[1, 2, 3]), keys("A", "B")))
    assert len(values(lake, "n")) == 3


def test_derived_rows_come_from_files_too(lake, tmp_path):
    pq.write_table(facts(n=[1, 2, 3]), tmp_path / "facts.parquet")
    replaced(lake, ([tmp_path / "facts.parquet"], None))
    assert len(values(lake, "n")) == 3


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (pa.array([1, 2, None], pa.uint8()), pa.int64()),
        (pa.array([1.5, 2, None], pa.float32()), pa.float64()),
        (pa.array([Decimal("1.5"), Decimal(2), None]), pa.float64()),
        (pa.array(["a", "b", None], pa.large_string()), pa.string()),
        (pa.array([datetime(2024, 1, 1), None, None]), pa.timestamp("us", "UTC")),
        (pa.array([True, False, None]), pa.bool_()),
    ],
    ids=str,
)
def test_derived_columns_take_the_types_of_the_lake(lake, given, kept):
    replaced(lake, (facts(n=given), None))
    assert lake.snapshot().schema("facts").field("n").type == kept


def test_a_type_that_the_lake_does_not_keep_is_an_error(lake):
    with pytest.raises(StoreError, match="“n”"):
        replaced(lake, (facts(n=[[1], [2], [3]]), None))


def test_what_changed_names_new_rows_and_both_versions_of_replaced_ones(lake, put):
    put(ticket("A", customer_id="ana"), ticket("B", customer_id="bea"))
    with lake.write("test") as writer:
        rows = [ticket("A", customer_id="eva"), ticket("B", customer_id="bea"), ticket("C", customer_id="cleo")]
        writer.upsert(TABLES["tickets"], [staged(writer.staging, rows)])
        changed = writer.changed("tickets", "ticket_id", "customer_id")
    assert sorted(changed.to_pylist(), key=str) == [
        {"ticket_id": "A", "customer_id": "ana"},
        {"ticket_id": "A", "customer_id": "eva"},
        {"ticket_id": "C", "customer_id": "cleo"},
    ]


def test_nothing_changed_is_none(lake, put):
    put(ticket())
    with lake.write("test") as writer:
        writer.upsert(TABLES["tickets"], [staged(writer.staging, [ticket()])])
        assert writer.changed("tickets", "ticket_id") is None


def test_a_month_that_gathers_many_small_files_is_joined_on_the_way(lake, put, monkeypatch):
    monkeypatch.setattr("latido.store.writer._MANY", 3)
    [put(ticket(f"T{i}")) for i in range(3)]
    assert len(lake.snapshot().files("tickets")) == 1
    assert lake.snapshot().rows("tickets") == 3


def test_nothing_new_joins_nothing(lake, put, monkeypatch):
    [put(ticket(f"T{i}")) for i in range(3)]
    monkeypatch.setattr("latido.store.writer._MANY", 2)
    put(ticket("T1"))
    assert lake.snapshot().version == 3


def test_rows_lie_sorted_by_time_and_key_one_file_a_month(lake, put):
    put(*(ticket(f"T{i}", created=day(1 + i % 2, 1 + i % 5)) for i in range(20)))
    (first, second) = lake.snapshot().files("tickets")
    rows = pq.ParquetFile(first).read(["created", "ticket_id"]).to_pylist()
    assert rows == sorted(rows, key=lambda r: (r["created"], r["ticket_id"]))
    assert "month=2024-02" in second


def test_rows_without_a_time_lie_in_a_partition_of_their_own(lake, put):
    put({"answer_id": "1", "kind": "nps"}, table="answers")
    assert [f.month for f in lake.snapshot().data_files("answers")] == ["none"]
