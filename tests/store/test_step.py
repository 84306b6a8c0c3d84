from datetime import UTC, datetime

import duckdb
import pyarrow as pa
import pytest

from latido.store.step import conformed, listed, quoted

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
