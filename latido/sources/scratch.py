"""A database for the length of one import, for formats whose rows have to be put together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from latido.model.table import Table
from latido.sources.source import Chunk, Delivery

MEMORY = "512MB"
CHUNK_ROWS = 50_000


@contextmanager
def scratch(tables: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty DuckDB, on disk beyond some memory, gone afterwards.

    Args:
        tables: The statements that create its tables.
    """
    with TemporaryDirectory(prefix="latido-", ignore_cleanup_errors=True) as folder:
        config: dict[str, str | bool] = {
            "memory_limit": MEMORY,
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(str(Path(folder) / "scratch.db"), config=config) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(tables)
            yield connection


def insert(connection: duckdb.DuckDBPyConnection, statement: str, rows: pa.Table) -> None:
    """Run a statement that inserts from the view `frame`, which is these rows."""
    connection.register("frame", rows)
    connection.execute(statement)
    connection.unregister("frame")


def chunks(found: duckdb.DuckDBPyConnection, table: Table, file: Delivery, read: int) -> Iterator[Chunk]:
    """A query's rows as chunks of a canonical table; the first answers for all the foreign rows that were read."""
    for batch in found.to_arrow_reader(CHUNK_ROWS):
        types = [(name, table[name].type.arrow if name in table else pa.string()) for name in batch.schema.names]
        yield Chunk(table.name, pa.Table.from_batches([batch]).cast(pa.schema(types)), (), read, file.digest)
        read = 0
