from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from latido.store.spans import bounds, months_of
from tests.store.conftest import day, ticket


def written(folder, *stamps, group=2):
    path = folder / "staged.parquet"
    pq.write_table(pa.table({"at": pa.array(stamps, pa.timestamp("us", "UTC"))}), path, row_group_size=group)
    return [path]


def test_rows_in_order_of_time_are_read_month_by_month(tmp_path):
    files = written(tmp_path, day(11, year=2023), day(12, year=2023), day(2), day(2))
    assert months_of(files, "at") == ["2023-11", "2023-12", "2024-02"]


def test_rows_in_no_order_are_not(tmp_path):
    assert months_of(written(tmp_path, day(1), day(12), day(2), day(11)), "at") is None


def test_rows_without_an_instant_are_not(tmp_path):
    assert months_of(written(tmp_path, day(1), None), "at") is None


@pytest.mark.parametrize("time", [None, "elsewhen"])
def test_rows_without_the_column_are_not(tmp_path, time):
    assert months_of(written(tmp_path, day(1)), time) is None


@pytest.mark.parametrize(
    ("month", "end"), [("2024-01", "2024-02-01 00:00:00+00"), ("2024-12", "2025-01-01 00:00:00+00")]
)
def test_a_month_ends_where_the_next_begins(month, end):
    assert bounds(month) == (f"{month}-01 00:00:00+00", end)


def test_the_first_and_last_instants_of_a_month_stay_in_it(lake, put):
    first, last = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)
    put(ticket("A", created=first), ticket("B", created=last), ticket("C", created=datetime(2024, 4, 1, tzinfo=UTC)))
    assert [(f.month, f.rows) for f in lake.snapshot().data_files("tickets")] == [("2024-03", 2), ("2024-04", 1)]
