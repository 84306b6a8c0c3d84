"""One whole state of the lake, pinned: whatever is written later, it reads the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

import pyarrow as pa

from latido.model import TABLES
from latido.store import delta
from latido.store.manifest import Manifest


class Snapshot:
    """The tables of one manifest.

    Args:
        folder: Where the Delta tables are.
        manifest: Which version of each belongs together.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    @property
    def version(self) -> int:
        """Version of the lake; a write in progress still has that of the state it began with."""
        return self.manifest.n

    @property
    def committed(self) -> datetime:
        """When this state became the current one."""
        return self.manifest.committed

    @property
    def tables(self) -> Mapping[str, int]:
        """Delta version of each table that exists."""
        return self.manifest.tables

    def data_files(self, table: str) -> list[delta.DataFile]:
        """The table's files with month, size and rows."""
        return self._pinned(table).files if table in self.tables else []

    def files(self, table: str, since: str | None = None) -> list[str]:
        """Paths of the table's Parquet files; none where the table does not exist yet.

        Args:
            table: Its name.
            since: A month `YYYY-MM`: files of earlier ones are left out.
        """
        folder = self.folder / table
        return [str(folder / f.path) for f in self.data_files(table) if since is None or f.month >= since]

    def rows(self, table: str) -> int:
        """How many rows the table has, from the log alone."""
        return sum(f.rows for f in self.data_files(table))

    def schema(self, table: str) -> pa.Schema:
        """The table's columns: declared ones first even where no file has them yet, then what was added."""
        stored = self._pinned(table).schema if table in self.tables else pa.schema([])
        if table not in TABLES:
            return stored
        declared = TABLES[table].schema()
        extras = [name for name in stored.names if name not in declared.names]
        return TABLES[table].schema(extras)

    def fingerprint(self, *tables: str) -> str:
        """A text that changes exactly when one of these tables (default: any) changes."""
        names = sorted(tables or self.tables)
        text = ",".join(f"{name}={self.tables.get(name, '')}" for name in names)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _pinned(self, table: str) -> _Pinned:
        folder, version = self.folder / table, self.tables[table]
        return _pinned(folder, version, _stamp(delta.log_entry(folder, version)))


class _Pinned:
    """What the log says about one version of one table; it never changes."""

    def __init__(self, folder: Path, version: int) -> None:
        self._table = delta.opened(folder, version)

    @cached_property
    def files(self) -> list[delta.DataFile]:
        return delta.files(self._table)

    @cached_property
    def schema(self) -> pa.Schema:
        return delta.schema(self._table)


@lru_cache(maxsize=256)
def _pinned(folder: Path, version: int, _stamp: int) -> _Pinned:
    return _Pinned(folder, version)


def _stamp(entry: Path) -> int:
    """Tells a version from one of the same number that a failed write left and that was removed."""
    return entry.stat().st_mtime_ns if entry.exists() else 0
