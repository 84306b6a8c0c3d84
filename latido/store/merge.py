"""Which staged rows are new, which replace a stored one, which change nothing.

All of it is set algebra inside DuckDB over Parquet, so that it spills instead of growing. The
lake is asked for key columns only; whole rows are compared only in the files that hold a match,
and only files that hold a replaced row are written again.

A later row of a key wins, unless both it and the one it meets carry `updated` and its own is
the earlier. Staged rows of one key meet each other first, in the order they came, with the same
result as if each had been imported by itself.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from latido.errors import StoreError
from latido.i18n import _
from latido.store.delta import PARTITION
from latido.store.session import listed, parquet, quoted, same

_PROVENANCE = ("source", "delivery", "row")

_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}

_KEPT = (
    (pa.string(), ("VARCHAR", "ENUM", '"NULL"', "UUID")),
    (
        pa.int64(),
        ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT"),
    ),
    (pa.float64(), ("DOUBLE", "FLOAT", "DECIMAL")),
    (pa.bool_(), ("BOOLEAN",)),
    (pa.date32(), ("DATE",)),
    (pa.timestamp("us", tz="UTC"), ("TIMESTAMP",)),
)


@dataclass(frozen=True)
class Layout:
    """How a table lies in the lake.

    Attributes:
        schema: Its columns, without the partition.
        key: Columns by which rows are found, and sorted within a month.
        time: Instant that decides the month; None for the one partition `none`.
    """

    schema: pa.Schema
    key: tuple[str, ...]
    time: str | None

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self.schema.names)

    @property
    def content(self) -> list[str]:
        """Columns whose difference makes a row another version."""
        return [n for n in self.columns if n not in {*_PROVENANCE, *self.key}]


@dataclass(frozen=True)
class Plan:
    """What to do to a table.

    Attributes:
        rows: Query of all rows to write.
        removed: Files to take out; their surviving rows are among `rows`.
        touched: Queries of what changes: rows that come, and those that go.
        updated: How many rows replace a stored one.
    """

    rows: str
    removed: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    updated: int = 0


class Step:
    """One step's views and temporary tables, named apart from those of other steps.

    Args:
        con: The write's connection.
        name: What the names begin with.
        layout: How the table lies in the lake.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, name: str, layout: Layout) -> None:
        self.con = con
        self.name = name
        self.layout = layout

    def __getitem__(self, part: str) -> str:
        return quoted(f"{self.name} {part}")

    def view(self, part: str, relation: duckdb.DuckDBPyRelation) -> None:
        """Name a relation."""
        relation.create_view(f"{self.name} {part}")

    def files(self, part: str, files: Sequence[str | Path], *more: str) -> None:
        """Name the rows of these files, in the table's columns, and `more` (`filename`, `file_row_number`)."""
        rows = parquet(self.con, files, **dict.fromkeys(more, True))
        self.view(part, conformed(rows, self.layout.schema, *more))

    def keep(self, part: str, query: str) -> None:
        """Compute a query once."""
        self.con.execute(f"CREATE TEMP TABLE {self[part]} AS {query}")

    def column(self, query: str) -> list[str]:
        """A query's only column."""
        return [value for (value,) in self.con.execute(query).fetchall()]

    def count(self, part: str) -> int:
        """How many rows a part has."""
        return int(self.column(f"SELECT count(*) FROM {self[part]}")[0])

    def met(self, left: str, right: str) -> str:
        """The condition that two rows have the same key."""
        return same(left, right, self.layout.key)


def conformed(relation: duckdb.DuckDBPyRelation, schema: pa.Schema, *more: str) -> duckdb.DuckDBPyRelation:
    """The same rows with exactly these columns in these types, nulls where there is no such column, and `more`."""
    present = set(relation.columns)
    cells = [
        f"CAST({quoted(f.name) if f.name in present else 'NULL'} AS {_SQL_TYPES[f.type]}) AS {quoted(f.name)}"
        for f in schema
    ]
    return relation.project(", ".join([*cells, *more]))


def plain(relation: duckdb.DuckDBPyRelation) -> pa.Schema:
    """The lake's types for a query's columns: one integer, one number, one instant (naive means UTC).

    Raises:
        StoreError: A column has a type that the lake does not keep.
    """
    return pa.schema([(n, _plain(n, str(t))) for n, t in zip(relation.columns, relation.types, strict=True)])


def upsert(step: Step, staged: Sequence[Path], stored: Sequence[str]) -> Plan:
    """Plan to add the staged rows and replace those that they are newer versions of."""
    _incoming(step, staged)
    columns = listed(step.layout.columns)
    if not stored:
        fresh = f"SELECT {columns} FROM {step['incoming']}"
        return Plan(fresh, touched=(fresh,))
    _match(step, stored)
    fresh = f"SELECT {columns} FROM {step['incoming']} i ANTI JOIN {step['matched']} m ON {step.met('i', 'm')}"
    removed = step.column(f"SELECT DISTINCT _file FROM {step['changes']}")
    if not removed:
        return Plan(fresh, touched=(fresh,))
    step.files("rewritten", removed)
    changes = f"SELECT {columns} FROM {step['changes']}"
    stay, go = _split(step, "changes")
    return Plan(_all(fresh, changes, stay), tuple(removed), (fresh, changes, go), step.count("changes"))


def replace(step: Step, rows: duckdb.DuckDBPyRelation, keys: pa.Table, stored: Sequence[str]) -> Plan:
    """Plan to take out the rows of some keys and put others in."""
    step.view("rows", conformed(rows, step.layout.schema))
    step.view("keys", step.con.from_arrow(keys))
    come = f"FROM {step['rows']}"
    if not stored:
        return Plan(come)
    step.view("stored", parquet(step.con, stored, filename=True))
    holding = f"SELECT DISTINCT filename FROM {step['stored']} l SEMI JOIN {step['keys']} k ON {step.met('l', 'k')}"
    removed = step.column(holding)
    if not removed:
        return Plan(come)
    step.files("rewritten", removed)
    stay, _go = _split(step, "keys")
    return Plan(_all(come, stay), tuple(removed))


def write(step: Step, query: str, folder: Path) -> list[Path]:
    """Write a query's rows as Parquet, one folder a month, sorted by time and key; the files."""
    time = step.layout.time
    month = f"coalesce(strftime({quoted(time)}, '%Y-%m'), 'none')" if time else "'none'"
    order = listed([PARTITION, *([time] if time else []), *step.layout.key])
    rows = step.con.sql(f"SELECT *, {month} AS {PARTITION} FROM ({query}) ORDER BY {order}")
    rows.write_parquet(str(folder), compression="zstd", partition_by=[PARTITION])
    return sorted(folder.glob(f"{PARTITION}=*/*.parquet"))


def _incoming(step: Step, staged: Sequence[Path]) -> None:
    """Make `incoming`: the staged rows, of each key only the winner."""
    step.files("staged", staged, "filename", "file_row_number")
    key, columns = listed(step.layout.key), listed(step.layout.columns)
    step.keep(
        "twice",
        f"SELECT h FROM (SELECT hash({key}) AS h FROM {step['staged']}) GROUP BY h HAVING count(*) > 1",
    )
    query = f"SELECT {columns}, false AS _after_undated FROM {step['staged']}"
    if step.count("twice"):
        _resolve(step, staged)
        query += f" WHERE hash({key}) NOT IN (FROM {step['twice']}) UNION ALL FROM {step['resolved']}"
    step.con.execute(f"CREATE TEMP VIEW {step['incoming']} AS {query}")


def _resolve(step: Step, staged: Sequence[Path]) -> None:
    """Make `resolved`: the winners of the keys that were staged more than once.

    Rows of a key before its last undated one have lost; of the rest the newest wins, of equally
    new ones the last. `_after_undated`: it won over an undated row, hence over a stored one too.
    """
    order = pa.table({"filename": [str(f) for f in staged], "part": range(len(staged))})
    step.view("order", step.con.from_arrow(order))
    key, columns = listed(step.layout.key), listed(step.layout.columns)
    step.keep(
        "resolved",
        f"""
        WITH placed AS (
            SELECT s.*, p.part::HUGEINT * (1::HUGEINT << 48) + s.file_row_number AS position
            FROM {step["staged"]} s JOIN {step["order"]} p USING (filename)
            WHERE hash({listed(step.layout.key, "s.")}) IN (FROM {step["twice"]})
        ), dated AS (
            SELECT *, max(CASE WHEN updated IS NULL THEN position END) OVER (PARTITION BY {key}) AS undated FROM placed
        )
        SELECT {columns}, undated IS NOT NULL AS _after_undated FROM dated
        WHERE undated IS NULL OR position >= undated
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY updated DESC NULLS LAST, position DESC) = 1
        """,
    )


def _match(step: Step, stored: Sequence[str]) -> None:
    """Make `matched` (incoming keys that the lake has, with their file) and `changes` (rows that replace one)."""
    step.view("stored", parquet(step.con, stored, filename=True))
    step.keep(
        "matched",
        f"SELECT {listed(step.layout.key, 'l.')}, filename AS _file "
        f"FROM {step['stored']} l SEMI JOIN {step['incoming']} i ON {step.met('l', 'i')}",
    )
    holding = step.column(f"SELECT DISTINCT _file FROM {step['matched']}")
    step.files("candidates", holding or stored[:1], "filename")
    differs = " OR ".join(f"i.{quoted(c)} IS DISTINCT FROM l.{quoted(c)}" for c in step.layout.content)
    step.keep(
        "changes",
        f"""
        SELECT {listed(step.layout.columns, "i.")}, l.filename AS _file
        FROM {step["incoming"]} i JOIN {step["candidates"]} l ON {step.met("i", "l")}
        WHERE (i._after_undated OR i.updated IS NULL OR l.updated IS NULL OR i.updated >= l.updated) AND ({differs})
        """,
    )


def _split(step: Step, by: str) -> tuple[str, str]:
    """Queries of the rewritten files' rows that stay, and of those that go."""
    start = f"SELECT {listed(step.layout.columns)} FROM {step['rewritten']} t"
    end = f"JOIN {step[by]} b ON {step.met('t', 'b')}"
    return f"{start} ANTI {end}", f"{start} SEMI {end}"


def _all(*queries: str) -> str:
    return " UNION ALL ".join(f"({q})" for q in queries)


def _plain(name: str, sql_type: str) -> pa.DataType:
    for kept, beginnings in _KEPT:
        if sql_type.startswith(beginnings):
            return kept
    raise StoreError(
        _("Column “{column}” has the type {type}, which the lake does not keep.", column=name, type=sql_type)
    )
