"""The embedded engine: DuckDB in this process, within a limit of memory, spilling to disk."""

# ruff: noqa: PLC0415 - Ibis takes most of a second to import; it waits for the first engine

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import duckdb
import pyarrow as pa

from latido.errors import EngineError
from latido.i18n import _
from latido.store.engine import Engine
from latido.store.session import MEMORY, fitted, settings

if TYPE_CHECKING:
    import ibis

# Small row groups are written and read again by all cores.
_GROUP = 20_480


class DuckDB(Engine):
    """Ibis on an embedded DuckDB.

    Args:
        memory: Limit of DuckDB's own memory; what does not fit spills to disk.
        threads: Worker threads; None for one a core.
        temp: Where to spill; each engine has a folder of its own there, which comes and goes with the need.
    """

    name: ClassVar[str] = "duckdb"

    def __init__(self, memory: str = MEMORY, threads: int | None = None, temp: Path | None = None) -> None:
        import ibis

        super().__init__()
        _settled()
        self.memory = memory
        # Spill files have the same names in every process: in one folder they would overwrite each other.
        spill = (temp or Path(gettempdir())) / f"latido-{uuid4().hex}"
        self.con: Any = ibis.duckdb.connect(**settings(spill, memory, threads))
        # Any thread may be the one that collects what was kept; in the midst of a query nothing can be dropped.
        self._gone: list[str] = []
        self.con._drop_cached_table = self._gone.append  # noqa: SLF001 - Ibis has no other place for it
        self.con.raw_sql("SET TimeZone = 'UTC'")
        self.con.raw_sql("SET enable_progress_bar = false")
        self.con.raw_sql("SET parquet_metadata_cache = true")

    @contextmanager
    def deriving(self) -> Iterator[None]:
        """Derive in whatever order rows come, in half the time, and in half the memory: the write needs some too."""
        half = "parse_formatted_bytes(current_setting('memory_limit')) // 2 || ' B'"
        try:
            self._set(preserve_insertion_order=False, memory_limit=self._ask(half))
            yield
        finally:
            self._set(preserve_insertion_order=True, memory_limit=self.memory)

    def execute(self, expression: Any) -> Any:
        """What an expression gives: a data frame, or a single value."""
        return self._fitted(lambda: self.con.execute(expression))

    def keep(self, rows: Any) -> ibis.Table:
        """Compute rows once and keep them there, as long as the result is referred to."""
        return self._fitted(rows.cache)

    def drop(self, kept: Any) -> None:
        """Let go of kept rows at once."""
        super().drop(kept)
        self._sweep()

    def _sweep(self) -> None:
        """Drop what nobody refers to any more."""
        while self._gone:
            self.con.drop_table(self._gone.pop(), force=True)

    def write(self, rows: Any, path: Path, by: str | None = None) -> list[Path]:
        """Write rows: one file, or a folder of files for each value of a column."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if by is None:
            self._fitted(lambda: self.con.to_parquet(rows, path, row_group_size=_GROUP))
            return [path]
        self._fitted(lambda: self.con.to_parquet(rows, path, partition_by=by, overwrite=True))
        return sorted(path.rglob("*.parquet"))

    def read(self, files: Sequence[Path]) -> ibis.Table:
        """Rows of Parquet files."""
        return self.con.read_parquet([str(f) for f in files], hive_partitioning=False)

    def _fitted(self, run: Callable[[], Any]) -> Any:
        """Run something, by one core and with all of the memory where it does not fit otherwise.

        Raises:
            EngineError: It does not fit even so.
        """
        try:
            self._sweep()
            return fitted(self.con.con, run, self.memory)
        except duckdb.OutOfMemoryException as error:
            raise EngineError(
                _("This does not fit into the {memory} that the engine may use.", memory=self.memory),
                _("Give it more: memory in the section [engine] of latido.toml."),
            ) from error

    def _set(self, **settings: str | int | bool) -> None:
        for name, value in settings.items():
            self.con.con.execute(f"SET {name} = ?", [value])

    def _ask(self, expression: str) -> Any:
        return self.con.con.execute(f"SELECT {expression}").fetchall()[0][0]

    def _view(self, view: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        import ibis

        if files:
            rows = self.con.read_parquet(files, table_name=f"{view} files", union_by_name=True, hive_partitioning=False)
        else:
            rows = ibis.memtable(schema.empty_table())
        return self.con.create_view(view, rows.select(_cells(rows, schema)), overwrite=True)


@cache
def _settled() -> None:
    """What the modules hold stays: the collector need not go through it again and again while expressions are made."""
    gc.freeze()


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
