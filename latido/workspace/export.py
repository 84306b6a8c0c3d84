"""Tables and facts as files of other systems."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

FORMATS = ("csv", "parquet", "json")
BATCH = 100_000  # rows in memory at a time


def write(files: Sequence[Path], to: IO[bytes], format_: str) -> int:
    """Write all rows; CSV with a heading, JSON with one object a line.

    Args:
        files: Parquet files with them, of one schema; at least one.
        to: Where to.
        format_: One of `FORMATS`.

    Returns:
        How many rows there are.
    """
    _WRITERS[format_](pq.read_schema(files[0]), _batches(files), to)
    return sum(int(pq.read_metadata(f).num_rows) for f in files)


def _batches(files: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    for path in files:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(BATCH)


def _csv(schema: pa.Schema, rows: Iterator[pa.RecordBatch], to: IO[bytes]) -> None:
    with pa.csv.CSVWriter(to, schema) as writer:
        for batch in rows:
            writer.write_batch(batch)


def _parquet(schema: pa.Schema, rows: Iterator[pa.RecordBatch], to: IO[bytes]) -> None:
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch)


def _json(_schema: pa.Schema, rows: Iterator[pa.RecordBatch], to: IO[bytes]) -> None:
    for batch in rows:
        lines = (json.dumps(row, ensure_ascii=False, default=_cell) for row in batch.to_pylist())
        to.write("".join(f"{line}\n" for line in lines).encode())


def _cell(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


_WRITERS = {"csv": _csv, "parquet": _parquet, "json": _json}
