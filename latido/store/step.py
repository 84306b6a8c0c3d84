"""Where the pieces of one change to one table lie inside the store's DuckDB.

Files are named by session variables, not by text in a query: no value is ever part of one.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from latido.errors import StoreError
from latido.i18n import _
from latido.store.session import MEMORY, fitted

_PROVENANCE = ("source", "delivery", "row")

_INSTANT = "TIMESTAMPTZ"
_SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): _INSTANT,
}
_KEPT = {
    pa.string(): ("VARCHAR", "ENUM", "UUID"),
    pa.int64(): ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT"),
    pa.float64(): ("DOUBLE", "FLOAT", "DECIMAL"),
    pa.bool_(): ("BOOLEAN",),
    pa.date32(): ("DATE",),
    pa.timestamp("us", tz="UTC"): (
        "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP",
        "TIMESTAMP_S",
        "TIMESTAMP_MS",
        "TIMESTAMP_NS",
    ),
}
# A row's place among the files that were read: its file's index, then its number in the file.
_POSITION = "(file_index::BIGINT << 40) | file_row_number AS _position"


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


class Step:
    """One change to one table; its views and temporary tables are named apart from those of others.

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

    def files(self, part: str, files: Sequence[str | Path]) -> None:
        """Make the view `part`: the files' rows in the table's columns, with `_position` and `_file` (its index)."""
        paths = self.values(part, map(str, files))
        read = f"FROM read_parquet({paths}, union_by_name = true, hive_partitioning = false)"
        present = {name: kind for name, kind, *_rest in self.con.execute(f"DESCRIBE {read}").fetchall()}
        cells = conformed(present, self.layout.schema)
        self.view(part, f"SELECT {cells}, {_POSITION}, file_index::BIGINT AS _file {read}")

    def values(self, part: str, values: Iterable[str | int], kind: str = "VARCHAR") -> str:
        """Keep values under a name; the expression that gives them as a list of this SQL type."""
        return self._variable(part, list(values), f"{kind}[]")

    def instant(self, part: str, stamp: str) -> str:
        """Keep an instant under a name; the expression that gives it."""
        return self._variable(part, stamp, _INSTANT)

    def _variable(self, part: str, value: object, kind: str) -> str:
        name = re.sub(r"\W", "_", f"{self.name} {part}")
        self.con.execute(f"SET VARIABLE {name} = CAST(? AS {kind})", [value])
        return f"getvariable('{name}')"

    def view(self, part: str, query: str) -> None:
        """Name a query."""
        self.con.execute(f"CREATE TEMP VIEW {self[part]} AS {query}")

    def keep(self, part: str, query: str) -> None:
        """Compute a query once."""
        self._fitted(f"CREATE TEMP TABLE {self[part]} AS {query}")

    def drop(self, part: str) -> None:
        """Let go of what was kept under this name, if anything was."""
        self.con.execute(f"DROP TABLE IF EXISTS {self[part]}")

    def write(self, query: str, path: Path) -> int:
        """Write a query's rows as one Parquet file; how many there were."""
        options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
        (rows,) = self._fitted(f"COPY ({query}) TO $path ({options})", {"path": str(path)}).fetchall()[0]
        return int(rows)

    def split(self, query: str, by: str, folder: Path) -> None:
        """Write a query's rows as Parquet, those of each value of a column into a folder `column=value` of its own."""
        options = f"FORMAT parquet, COMPRESSION lz4, PARTITION_BY ({quoted(by)}), OVERWRITE"
        self._fitted(f"COPY ({query}) TO $path ({options})", {"path": str(folder)})

    def _fitted(self, statement: str, values: dict[str, str] | None = None) -> duckdb.DuckDBPyConnection:
        try:
            return fitted(self.con, lambda: self.con.execute(statement, values), MEMORY)
        except duckdb.OutOfMemoryException as error:
            raise StoreError(
                _("This does not fit into the {memory} that a write may use.", memory=MEMORY),
                _("Import it in several files, one after the other."),
            ) from error

    def count(self, part: str) -> int:
        """How many rows a part has."""
        return int(self.column(f"SELECT count(*) FROM {self[part]}")[0])

    def column(self, query: str) -> list[int]:
        """A query's only column."""
        return [value for (value,) in self.con.execute(query).fetchall()]

    def columns(self, alias: str = "") -> str:
        """The table's columns, as a select list."""
        return listed(self.layout.columns, alias)

    def key(self, alias: str = "") -> str:
        """The key's columns, as a select list."""
        return listed(self.layout.key, alias)

    def met(self, left: str, right: str) -> str:
        """The condition that two rows have the same key, empty cells included."""
        pairs = ((f"{left}.{quoted(k)}", f"{right}.{quoted(k)}") for k in self.layout.key)
        return " AND ".join(f"{a} IS NOT DISTINCT FROM {b}" for a, b in pairs)


def conformed(present: Mapping[str, str], schema: pa.Schema) -> str:
    """A select list of exactly the schema's columns in its types, null where they are not present.

    Args:
        present: The columns there are, with their SQL types.
        schema: The columns there shall be.
    """
    return ", ".join(f"{_cell(f, present.get(f.name))} AS {quoted(f.name)}" for f in schema)


def _cell(field: pa.Field, given: str | None) -> str:
    kind, name = _SQL_TYPES[field.type], quoted(field.name)
    if given is None:
        return f"CAST(NULL AS {kind})"
    if kind == _INSTANT and given.startswith("TIMESTAMP") and given != "TIMESTAMP WITH TIME ZONE":
        # Casting to an instant consults the time zone's rules for each row; in UTC there are none.
        return f"make_timestamptz(epoch_us(CAST({name} AS TIMESTAMP)))"
    return f"CAST({name} AS {kind})"


def plain(relation: duckdb.DuckDBPyRelation) -> pa.Schema:
    """The lake's types for a query's columns: one integer, one number, one instant (naive means UTC).

    Raises:
        StoreError: A column has a type that the lake does not keep.
    """
    return pa.schema([(n, _plain(n, str(t))) for n, t in zip(relation.columns, relation.types, strict=True)])


def quoted(name: str) -> str:
    """A column's name as SQL writes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str], alias: str = "") -> str:
    """Columns separated by commas, each with the alias before it."""
    return ", ".join(f"{alias}{quoted(n)}" for n in names)


def _plain(name: str, sql_type: str) -> pa.DataType:
    bare = sql_type if sql_type.endswith("]") else sql_type.partition("(")[0]
    for kept, names in _KEPT.items():
        if bare in names:
            return kept
    message = _("Column “{column}” has the type {type}, which the lake does not keep.", column=name, type=sql_type)
    raise StoreError(message)
