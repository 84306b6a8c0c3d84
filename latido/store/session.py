"""An embedded DuckDB for the store's own work: bounded memory, spilling to the lake's own disk, UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

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
