import gc

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from latido.errors import EngineError
from latido.store.engines.duckdb import DuckDB
from tests.store.conftest import day, ticket


@pytest.fixture(scope="module")
def engine():
    engine = DuckDB(threads=1)
    engine.warm()
    yield engine
    engine.close()


def test_a_table_that_was_never_imported_is_empty_and_typed(engine, lake):
    table = engine.table(lake.snapshot(), "answers")
    assert table.count().to_pyarrow().as_py() == 0
    assert table.schema()["score"].is_float64()


def test_a_table_has_the_columns_of_its_declaration_and_no_partition(engine, lake, put):
    put(ticket())
    table = engine.table(lake.snapshot(), "tickets")
    assert list(table.columns) == lake.snapshot().schema("tickets").names


def test_columns_that_older_files_lack_are_empty(engine, lake, put):
    put(ticket("A"))
    put(ticket("B", x_plan="pro"), extras=("x_plan",))
    table = engine.table(lake.snapshot(), "tickets").order_by("ticket_id")
    assert table.x_plan.to_pyarrow().to_pylist() == [None, "pro"]


def test_declared_columns_that_no_file_has_are_empty_and_typed(engine, lake):
    with lake.write("older model") as writer:
        writer.replace("orders", pa.table({"order_id": ["1"]}), ("order_id",))
    table = engine.table(lake.snapshot(), "orders")
    assert table.amount.to_pyarrow() == pa.chunked_array([pa.array([None], pa.float64())])


def test_instants_are_utc_whatever_the_zone_of_the_machine(engine, lake, put, monkeypatch):
    monkeypatch.setenv("TZ", "America/Mexico_City")
    put(ticket(created=day(7)))
    created = engine.table(lake.snapshot(), "tickets").created
    assert created.epoch_seconds().to_pyarrow().to_pylist() == [int(day(7).timestamp())]


def test_each_snapshot_keeps_its_own_rows(engine, lake, put):
    put(ticket("A"))
    before = engine.table(lake.snapshot(), "tickets")
    put(ticket("B"))
    after = engine.table(lake.snapshot(), "tickets")
    assert [t.count().to_pyarrow().as_py() for t in (before, after)] == [1, 2]


def test_several_tables_come_from_one_snapshot(engine, lake):
    assert set(engine.tables(lake.snapshot(), "tickets", "answers")) == {"tickets", "answers"}


def test_two_engines_spill_to_folders_of_their_own(tmp_path):
    both = [DuckDB(threads=1, temp=tmp_path) for _ in range(2)]
    folders = {e.con.raw_sql("SELECT current_setting('temp_directory')").fetchone()[0] for e in both}
    both[0].close()
    both[1].close()
    assert len(folders) == 2
    assert list(tmp_path.iterdir()) == []


def test_instants_come_without_their_zone(engine, lake, put):
    put(ticket())
    table = engine.table(lake.snapshot(), "tickets")
    assert table.schema()["created"].timezone is None
    assert table.created.to_pyarrow().to_pylist() == [day(1).replace(tzinfo=None)]


def test_what_does_not_fit_is_said_with_the_way_out_and_all_cores_work_again() -> None:
    small = DuckDB(memory="20MB", threads=2)
    numbers = ibis.range(3_000_000).unnest().name("x").as_table()
    texts = numbers.mutate(text=numbers.x.cast("string"))
    with pytest.raises(EngineError, match=r"does not fit into the 20MB .* memory in the section \[engine\]"):
        small.execute(texts.aggregate(all=texts.text.collect()))
    assert small.con.raw_sql("SELECT current_setting('threads')").fetchone()[0] == 2
    small.close()


def test_rows_that_nobody_refers_to_are_let_go_of_with_the_next_question(engine, tmp_path):
    kept = engine.keep(written(engine, tmp_path))
    name = kept.op().name
    del kept
    gc.collect()
    # Whichever thread collects them, another may be in the midst of a query.
    before = name in kept_by(engine)
    engine.execute(ibis.literal(1))
    assert (before, name in kept_by(engine)) == (True, False)


def test_rows_can_be_let_go_of_at_once(engine, tmp_path):
    kept = engine.keep(written(engine, tmp_path))
    engine.drop(kept)
    assert kept.op().name not in kept_by(engine)


def written(engine, folder):
    pq.write_table(pa.table({"n": [1, 2]}), folder / "n.parquet")
    return engine.read([folder / "n.parquet"])


def kept_by(engine):
    return {name for (name,) in engine.con.con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
