"""An embedded DuckDB for the store's own work: bounded memory, spilling to the lake's own disk, UTC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY = "1GB"


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


def parquet(
    connection: duckdb.DuckDBPyConnection, files: Sequence[str | Path], **options: bool
) -> duckdb.DuckDBPyRelation:
    """The rows of Parquet files as one relation; columns are matched by name, the partition is left out."""
    paths = [str(f) for f in files]
    return connection.read_parquet(paths, union_by_name=True, hive_partitioning=False, **options)


def quoted(name: str) -> str:
    """A column's name as SQL writes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str], prefix: str = "") -> str:
    """Columns separated by commas, each with the table's alias before it."""
    return ", ".join(f"{prefix}{quoted(n)}" for n in names)


def same(left: str, right: str, names: Sequence[str]) -> str:
    """The condition that two rows have these columns in common, empty cells included."""
    return " AND ".join(f"{left}.{quoted(n)} IS NOT DISTINCT FROM {right}.{quoted(n)}" for n in names)
