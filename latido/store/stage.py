"""Rows on their way into the lake: Parquet in row groups, so that memory holds one group at most."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_GROUP_ROWS = 100_000
_GROUP_BYTES = 64 << 20


class Stage:
    """The staged rows of one table, in the order they came.

    A chunk with other columns than the one before it begins a new file.

    Args:
        folder: Where the files go.
        name: What their names begin with.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._waiting: list[pa.Table] = []
        self._writer: pq.ParquetWriter | None = None
        self._files: list[Path] = []
        self.rows = 0

    def add(self, rows: pa.Table) -> None:
        """Add rows; they are written when there are enough of them."""
        if self._waiting and self._waiting[0].schema != rows.schema:
            self._flush()
        if rows.num_rows:
            self._waiting.append(rows)
            self.rows += rows.num_rows
        if self._full():
            self._flush()

    def close(self) -> list[Path]:
        """Write what waits; the files, in the order in which the rows came."""
        self._flush()
        self._end()
        return self._files

    def _full(self) -> bool:
        rows, size = sum(r.num_rows for r in self._waiting), sum(r.nbytes for r in self._waiting)
        return bool(rows >= _GROUP_ROWS or size >= _GROUP_BYTES)

    def _flush(self) -> None:
        if not self._waiting:
            return
        rows = pa.concat_tables(self._waiting)
        self._waiting = []
        if self._writer is None or self._writer.schema != rows.schema:
            self._end()
            self._files.append(self._folder / f"{self._name}-{len(self._files):04d}.parquet")
            self._writer = pq.ParquetWriter(self._files[-1], rows.schema, compression="lz4")
        self._writer.write_table(rows)

    def _end(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
