from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from latido.model import TABLES
from latido.store import months
from tests.store.conftest import day, staged, stored, ticket


def created(path):
    return [(r["created"], r["ticket_id"]) for r in pq.ParquetFile(path).read(["created", "ticket_id"]).to_pylist()]


def test_rows_in_no_order_of_time_are_sorted_within_their_months(lake, put):
    put(*(ticket(f"T{i:02d}", created=day(1 + i * 5 % 7, 1 + i % 5)) for i in range(28)))
    files = lake.snapshot().files("tickets")
    assert [created(f) for f in files] == [sorted(created(f)) for f in files]
    assert [f.month for f in lake.snapshot().data_files("tickets")] == [f"2024-0{m}" for m in range(1, 8)]


def test_rows_with_and_without_an_instant_come_together(lake, put):
    answers = ({"answer_id": str(i), "kind": "nps", "answered": day(3) if i % 2 else None} for i in range(5))
    put(*answers, table="answers")
    assert [(f.month, f.rows) for f in lake.snapshot().data_files("answers")] == [("2024-03", 2), ("none", 3)]


def test_rows_that_stay_keep_their_content(lake, put):
    put(*(ticket(f"T{i}", subject=f"about {i}", x_plan="pro") for i in range(5)), extras=("x_plan",))
    put(ticket("T3", subject="changed"))
    found = stored(lake.snapshot(), "tickets", "ticket_id", "subject", "x_plan")
    assert found[2:4] == [
        {"ticket_id": "T2", "subject": "about 2", "x_plan": "pro"},
        {"ticket_id": "T3", "subject": "changed", "x_plan": None},
    ]


def test_the_order_of_arrival_survives_many_files(lake):
    with lake.write("test") as writer:
        files = [staged(writer.staging, [ticket(status=f"s{i}")]) for i in range(12)]
        writer.upsert(TABLES["tickets"], files)
    assert stored(lake.snapshot(), "tickets", "status") == [{"status": "s11"}]


def test_the_first_and_last_instants_of_a_month_stay_in_it(lake, put):
    first, last = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)
    put(ticket("A", created=first), ticket("B", created=last), ticket("C", created=datetime(2024, 4, 1, tzinfo=UTC)))
    assert [(f.month, f.rows) for f in lake.snapshot().data_files("tickets")] == [("2024-03", 2), ("2024-04", 1)]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(months, "AT_ONCE", 3)


@pytest.mark.usefixtures("few")
def test_more_rows_than_can_be_put_in_order_at_once_are_put_in_order_by_stretches_of_days(lake, put):
    put(*(ticket(f"T{i:02d}", created=day(1 + i % 2, 1 + i * 3 % 9)) for i in range(18)))
    files = lake.snapshot().data_files("tickets")
    found = [created(f) for f in lake.snapshot().files("tickets")]
    assert sum(len(rows) for rows in found) == 18
    assert [f.month for f in files] == ["2024-01"] * 3 + ["2024-02"] * 3
    assert all(rows == sorted(rows) and len(rows) <= 3 for rows in found)


@pytest.mark.usefixtures("few")
def test_a_day_with_more_rows_than_can_be_put_in_order_at_once_is_whole(lake, put):
    put(*(ticket(f"T{i}", created=day(1).replace(hour=i)) for i in range(8)), ticket("later", created=day(1, 2)))
    assert sorted(f.rows for f in lake.snapshot().data_files("tickets")) == [1, 8]


@pytest.mark.usefixtures("few")
def test_rows_without_an_instant_are_apart_from_the_stretches(lake, put):
    answers = ({"answer_id": str(i), "kind": "nps", "answered": day(i) if i % 2 else None} for i in range(1, 11))
    put(*answers, table="answers")
    files = lake.snapshot().data_files("answers")
    assert sum(f.rows for f in files if f.month == "none") == 5
    assert sum(f.rows for f in files) == 10


@pytest.mark.usefixtures("few")
def test_rows_that_stay_are_written_once_where_their_month_comes_in_two_stretches(lake, put):
    put(ticket("A", created=day(1, 1)), ticket("B", created=day(1, 2)))
    put(ticket("A", created=day(1, 1), subject="new"), *(ticket(f"T{i}", created=day(1, 3 + i)) for i in range(5)))
    assert len(stored(lake.snapshot(), "tickets", "ticket_id")) == 7
