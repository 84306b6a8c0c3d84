import pyarrow.parquet as pq

from latido.model import TABLES
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
