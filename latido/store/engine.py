"""The query engine: Ibis on an embedded DuckDB that reads the files of a pinned snapshot."""

# ruff: noqa: PLC0415 - Ibis takes most of a second to import; it waits for the first engine

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow as pa

from latido.store.session import MEMORY, settings
from latido.store.snapshot import Snapshot

if TYPE_CHECKING:
    import ibis


class Engine:
    """Ibis on DuckDB.

    Args:
        memory: Limit of DuckDB's own memory; what does not fit spills to disk.
        threads: Worker threads; None for one a core.
        temp: Where to spill; each engine has a folder of its own there, which comes and goes with the need.

    Attributes:
        con: The Ibis connection. Its session is in UTC, and so are all instants in it.
    """

    def __init__(self, memory: str = MEMORY, threads: int | None = None, temp: Path | None = None) -> None:
        import ibis

        # Spill files have the same names in every process: in one folder they would overwrite each other.
        spill = (temp or Path(gettempdir())) / f"latido-{uuid4().hex}"
        self.con: Any = ibis.duckdb.connect(**settings(spill, memory, threads))
        self.con.raw_sql("SET TimeZone = 'UTC'")
        self.con.raw_sql("SET enable_progress_bar = false")
        self.con.raw_sql("SET parquet_metadata_cache = true")
        self._views: dict[str, ibis.Table] = {}

    def table(self, snapshot: Snapshot, name: str) -> ibis.Table:
        """A table of the snapshot: `snapshot.schema(name)`, empty where nothing was imported yet."""
        files, schema = snapshot.files(name), snapshot.schema(name)
        view = f"{name}@{_digest(*files, *map(str, schema))}"
        if view not in self._views:
            self._views[view] = self._view(view, files, schema)
        return self._views[view]

    def tables(self, snapshot: Snapshot, *names: str) -> dict[str, ibis.Table]:
        """Several tables of one snapshot, by name."""
        return {name: self.table(snapshot, name) for name in names}

    @contextmanager
    def unordered(self) -> Iterator[None]:
        """Let rows be kept and written in whatever order they come: in half the time, with less memory."""
        self.con.raw_sql("SET preserve_insertion_order = false")
        try:
            yield
        finally:
            self.con.raw_sql("SET preserve_insertion_order = true")

    def warm(self) -> None:
        """Make the first question as quick as the second: load what Ibis loads lazily."""
        import ibis

        self.con.to_pyarrow(ibis.memtable(pa.table({"one": [1]})).count())

    def close(self) -> None:
        """Let go of memory and spill files."""
        self._views.clear()
        self.con.disconnect()

    def _view(self, view: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        import ibis

        if files:
            rows = self.con.read_parquet(files, table_name=f"{view} files", union_by_name=True, hive_partitioning=False)
        else:
            rows = ibis.memtable(schema.empty_table())
        return self.con.create_view(view, rows.select(_cells(rows, schema)), overwrite=True)


def _cells(rows: Any, schema: pa.Schema) -> list[Any]:
    """The columns of the schema; null where the files are older than the column. Instants without their zone: UTC."""
    import ibis

    types, utc = ibis.Schema.from_pyarrow(schema), _utc()
    cells = [rows[n] if n in rows.columns else ibis.null(types[n]).name(n) for n in schema.names]
    return [utc(c).name(c.get_name()) if c.type().is_timestamp() else c for c in cells]


@cache
def _utc() -> Callable[[Any], Any]:
    """Instants as DuckDB's plain timestamps.

    Its own cast consults the time zone's rules for each row, which takes ten times as long as reading them.
    """
    import ibis

    @ibis.udf.scalar.builtin(name="epoch_us", signature=(("timestamp('UTC', 6)",), "int64"))  # type: ignore[untyped-decorator]
    def microseconds(instant: Any) -> Any: ...

    @ibis.udf.scalar.builtin(name="make_timestamp", signature=(("int64",), "timestamp(6)"))  # type: ignore[untyped-decorator]
    def plain(since_1970: Any) -> Any: ...

    return lambda instant: plain(microseconds(instant))


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
