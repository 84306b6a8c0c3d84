from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pytest

from latido.errors import StoreError
from latido.store.session import session
from latido.store.step import Layout, Step, conformed, listed, quoted

SCHEMA = pa.schema([("when", pa.timestamp("us", "UTC")), ("n", pa.int64()), ("gone", pa.string())])


@pytest.mark.parametrize(("name", "sql"), [("plain", '"plain"'), ('a"b; --', '"a""b; --"')])
def test_a_name_is_quoted_whatever_is_in_it(name, sql):
    assert quoted(name) == sql


def test_columns_are_listed_with_their_alias():
    assert listed(["a", "b"], "t.") == 't."a", t."b"'


@pytest.mark.parametrize("kind", ["TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"])
def test_an_instant_without_a_zone_is_utc(kind):
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'America/Mexico_City'")
        rows = con.sql(f"SELECT CAST('2024-03-04 05:06:07' AS {kind}) AS \"when\"")
        cells = conformed({"when": str(rows.types[0])}, SCHEMA)
        (found,) = rows.project(cells).to_arrow_table()["when"].to_pylist()
    assert found == datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_columns_that_are_missing_are_empty_and_typed():
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        rows = con.sql("SELECT 1::TINYINT AS n, 2 AS strange")
        found = rows.project(conformed({"n": "TINYINT", "strange": "INTEGER"}, SCHEMA)).to_arrow_table()
    assert found.schema == SCHEMA
    assert found.to_pylist() == [{"when": None, "n": 1, "gone": None}]


def texts(rows: int) -> str:
    return f"SELECT repeat(md5(i::VARCHAR), 20) AS text FROM range({rows}) t(i) ORDER BY text"


@pytest.fixture
def small(tmp_path):
    """A step in 100 MB without a disk to spill to."""
    with session(tmp_path, "100MB", threads=4) as con:
        con.execute("SET max_temp_directory_size = '0KB'")
        yield Step(con, "some", Layout(SCHEMA, (), None))


def test_what_does_not_fit_with_all_cores_at_work_is_done_by_one_with_more_memory(small):
    with pytest.raises(duckdb.OutOfMemoryException):
        small.con.execute(f"CREATE TEMP TABLE too_much AS {texts(100_000)}")
    small.keep("rows", texts(100_000))
    assert small.count("rows") == 100_000


def test_what_does_not_fit_at_all_is_said_with_the_way_out_and_all_cores_work_again(small, monkeypatch):
    monkeypatch.setattr("latido.store.step.MEMORY", "150MB")
    with pytest.raises(StoreError, match=r"does not fit into the 150MB that a write may use. .* in several files"):
        small.keep("rows", texts(500_000))
    assert small.con.execute("SELECT current_setting('threads')").fetchall() == [(4,)]
