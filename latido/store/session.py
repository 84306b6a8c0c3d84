"""An embedded DuckDB for the store's own work: bounded memory, spilling to the lake's own disk, UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

# A write and the engine that derives its facts stay below 2 GB together, Python included.
MEMORY = "800MB"


@contextmanager
def session(spill: Path, memory: str = MEMORY, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that lives for one piece of work.

    Args:
        spill: Folder for what does not fit into memory.
        memory: Limit of DuckDB's own memory; the process needs some 300 MB besides.
        threads: Worker threads; None for one a core.
    """
    with duckdb.connect(":memory:", config=settings(spill, memory, threads)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
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
