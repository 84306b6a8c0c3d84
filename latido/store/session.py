"""An embedded DuckDB for the store's own work: bounded memory, spilling to the lake's own disk, UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import duckdb

T = TypeVar("T")

# DuckDB's own limit. A question may hold many customers; a write meets what is stored on disk, and what it
# holds adds to what reading left behind: with these, the import of a CSV of 5 GB stays below 1 GB.
MEMORY = "800MB"
WRITE_MEMORY = "350MB"
# Rows that a thread gathers before it puts them apart: of a wide table, some 100 MB.
_WAITING = 250_000


@contextmanager
def session(spill: Path, memory: str = WRITE_MEMORY, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that lives for one piece of work.

    Args:
        spill: Folder for what does not fit into memory.
        memory: Limit of DuckDB's own memory; the process needs some 300 MB besides.
        threads: Worker threads; None for one a core.
    """
    with duckdb.connect(":memory:", config=settings(spill, memory, threads)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET partitioned_write_flush_threshold = {_WAITING}")
        yield connection


def fitted(con: duckdb.DuckDBPyConnection, run: Callable[[], T], most: str) -> T:
    """Run something; what does not fit into memory with all cores at work is done by one, within another limit.

    Args:
        con: The connection whose limits these are.
        run: What uses it.
        most: Limit of memory the second time.

    Raises:
        duckdb.OutOfMemoryException: It does not fit even so.
    """
    try:
        return run()
    except duckdb.OutOfMemoryException:
        limits = "current_setting('threads'), current_setting('memory_limit')"
        threads, memory = con.execute(f"SELECT {limits}").fetchall()[0]
    try:
        limit(con, 1, most)
        return run()
    finally:
        limit(con, threads, memory)


def limit(con: duckdb.DuckDBPyConnection, threads: int, memory: str) -> None:
    """Set both limits; memory that is in use is not taken away."""
    con.execute("SET threads = ?", [threads])
    with suppress(duckdb.OutOfMemoryException):
        con.execute("SET memory_limit = ?", [memory])


def settings(spill: Path, memory: str, threads: int | None) -> dict[str, str | int | bool]:
    """DuckDB's settings: nothing from the network, no caches beyond the limit."""
    chosen: dict[str, str | int | bool] = {
        "memory_limit": memory,
        "temp_directory": str(spill),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_external_file_cache": False,
    }
    return chosen | ({"threads": threads} if threads else {})
