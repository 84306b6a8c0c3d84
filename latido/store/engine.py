"""The query engine: Ibis on whatever one URL names, over the files of a pinned snapshot.

    duckdb               embedded, the default
    spark://host:port    a standalone cluster; `local[4]`, `yarn` and `k8s://…` are masters too
    sc://host:port       Spark Connect
    postgresql://…       facts in a warehouse

Facts and metrics name no engine: they are the same Ibis expressions on all of them.
"""

# ruff: noqa: PLC0415 - an engine is loaded when it is asked for

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from latido.errors import EngineError
from latido.i18n import _
from latido.store.session import MEMORY
from latido.store.snapshot import Snapshot

if TYPE_CHECKING:
    import ibis

EMBEDDED = "duckdb"
_MASTER = re.compile(r"spark://.+|k8s://.+|yarn|local(\[.+\])?")
_EXTRAS = {"spark": "pyspark", "postgres": "psycopg"}


def connect(
    url: str = EMBEDDED,
    *,
    memory: str | None = None,
    threads: int | None = None,
    options: Mapping[str, str] | None = None,
) -> Engine:
    """The engine of a URL.

    Args:
        url: `duckdb`, a Spark master, `sc://host:port`, or `postgresql://user@host/database`.
        memory: Most memory that the engine takes in this process.
        threads: Threads of the embedded engine; None for one a core.
        options: Settings of the engine itself, `spark.…`.

    Raises:
        EngineError: The URL is of no kind that is known, what it needs is not installed, or nobody answers there.
    """
    if url == EMBEDDED:
        from latido.store.engines.duckdb import DuckDB

        return DuckDB(memory or MEMORY, threads)
    if url.startswith("sc://") or _MASTER.fullmatch(url):
        _installed("spark")
        from latido.store.engines.spark import Spark

        return Spark(url, memory, options or {})
    if url.startswith(("postgresql://", "postgres://")):
        _installed("postgres")
        from latido.store.engines.postgres import Postgres

        return Postgres(url)
    raise EngineError(
        _("“{url}” names no engine.", url=public(url)),
        _("It can be duckdb, spark://host:port, local[2], sc://host:port or postgresql://user@host/database."),
    )


class Engine(ABC):
    """What runs an expression.

    Attributes:
        name: Of its kind.
        con: The Ibis connection. Its session is in UTC, and so are all instants in it.
    """

    name: ClassVar[str]
    con: Any

    def __init__(self) -> None:
        self._views: dict[str, ibis.Table] = {}

    def table(self, snapshot: Snapshot, name: str, since: str | None = None) -> ibis.Table:
        """A table of the snapshot: `snapshot.schema(name)`, empty where nothing was imported yet.

        Args:
            snapshot: The lake's state.
            name: The table's name.
            since: A month `YYYY-MM`: rows of earlier ones are left out.
        """
        files, schema = snapshot.files(name, since), snapshot.schema(name)
        view = f"{name}_{_digest(*files, *map(str, schema))}"
        if view not in self._views:
            with self.clear_errors():
                self._views[view] = self._view(view, files, schema)
        return self._views[view]

    def tables(self, snapshot: Snapshot, *names: str) -> dict[str, ibis.Table]:
        """Several tables of one snapshot, by name."""
        return {name: self.table(snapshot, name) for name in names}

    def execute(self, expression: Any) -> Any:
        """What an expression gives: a data frame, or a single value.

        Raises:
            EngineError: The engine is gone, or cannot do it.
        """
        with self.clear_errors():
            return self.con.execute(self._lodged(expression))

    def arrow(self, rows: Any) -> pa.Table:
        """Rows in this process's memory."""
        with self.clear_errors():
            found: pa.Table = self.con.to_pyarrow(self._lodged(rows))
            return found

    def keep(self, rows: Any) -> ibis.Table:
        """Compute rows once and keep them there, as long as the result is referred to."""
        with self.clear_errors():
            return self._lodged(rows).cache()

    def drop(self, kept: Any) -> None:
        """Let go of kept rows at once: whoever remembers what was asked of them refers to them still."""
        with self.clear_errors():
            kept.release()

    @property
    def version(self) -> str:
        """The engine's own version."""
        return str(self.con.version)

    def deriving(self) -> AbstractContextManager[None]:
        """Facts are derived, beside a write: rows may be kept and written in whatever order they come."""
        return nullcontext()

    @abstractmethod
    def write(self, rows: Any, path: Path, by: str | None = None) -> list[Path]:
        """Write rows as Parquet; the files.

        Args:
            rows: An expression.
            path: A file or folder that is not there yet.
            by: A column: then every value has its own folder `column=value`, without that column.
        """

    @abstractmethod
    def read(self, files: Sequence[Path]) -> ibis.Table:
        """Rows of Parquet files that this engine wrote."""

    @contextmanager
    def clear_errors(self) -> Iterator[None]:
        """Say in plain words what goes wrong between here and the engine."""
        yield

    def warm(self) -> None:
        """Make the first question as quick as the second: load what Ibis loads lazily."""
        import ibis

        self.con.to_pyarrow(ibis.memtable(pa.table({"one": [1]})).count())

    def close(self) -> None:
        """Let go of memory, connections and spill files."""
        self._views.clear()
        self.con.disconnect()

    def _lodged(self, expression: Any) -> Any:
        """The expression as the engine can run it: an embedded one reads this process's memory where it is."""
        return expression

    @abstractmethod
    def _view(self, view: str, files: list[str], schema: pa.Schema) -> ibis.Table:
        """The files' rows in exactly these columns, null where a file lacks one; instants plain, in UTC."""


class Remote(Engine):
    """An engine outside of this process's memory: tables that are only here are placed there first."""

    def _lodged(self, expression: Any) -> Any:
        """The expression with the tables of this process's memory placed where the engine is, each once."""
        from ibis.expr import operations as ops

        found = {op: self._placed(op) for op in expression.op().find(ops.InMemoryTable)}
        return expression.op().replace(found).to_expr() if found else expression

    def _placed(self, table: Any) -> Any:
        if table.name not in self._views:
            self._views[table.name] = self._place(table.name, table.data.to_pyarrow(table.schema))
        return self._views[table.name].op()

    @abstractmethod
    def _place(self, name: str, rows: pa.Table) -> ibis.Table:
        """Rows of this process as a table of the engine's session."""


def public(url: str) -> str:
    """A URL without its password."""
    return re.sub(r"(//[^:/@]+):[^@]*@", r"\1:…@", url)


def _installed(extra: str) -> None:
    if find_spec(_EXTRAS[extra]) is None:
        raise EngineError(
            _("This engine needs the extra “{extra}”, which is not installed.", extra=extra),
            _("Install it: {command}", command=f"pip install 'latido[{extra}]'"),
        )


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
