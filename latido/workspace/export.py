"""Tables and facts as files of other systems."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

FORMATS = ("csv", "parquet", "json")
BATCH = 100_000  # rows in memory at a time


def write(batches: pa.RecordBatchReader, to: IO[bytes], format_: str) -> int:
    """Write all rows; CSV with a heading, JSON with one object a line.

    Args:
        batches: The rows, streaming.
        to: Where to.
        format_: One of `FORMATS`.

    Returns:
        How many rows there were.
    """
    return _WRITERS[format_](batches, to)


def _csv(batches: pa.RecordBatchReader, to: IO[bytes]) -> int:
    with pa.csv.CSVWriter(to, batches.schema) as writer:
        return _counted(batches, writer.write_batch)


def _parquet(batches: pa.RecordBatchReader, to: IO[bytes]) -> int:
    with pa.parquet.ParquetWriter(to, batches.schema, compression="zstd") as writer:
        return _counted(batches, writer.write_batch)


def _json(batches: pa.RecordBatchReader, to: IO[bytes]) -> int:
    def write_lines(batch: pa.RecordBatch) -> None:
        lines = (json.dumps(row, ensure_ascii=False, default=_cell) for row in batch.to_pylist())
        to.write("".join(f"{line}\n" for line in lines).encode())

    return _counted(batches, write_lines)


def _cell(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _counted(batches: Iterable[pa.RecordBatch], write_batch: Callable[[pa.RecordBatch], None]) -> int:
    count = 0
    for batch in batches:
        write_batch(batch)
        count += batch.num_rows
    return count


_WRITERS = {"csv": _csv, "parquet": _parquet, "json": _json}
