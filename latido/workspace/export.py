"""Tables and facts as files of other systems."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

FORMATS = ("csv", "parquet", "json")
BATCH = 100_000  # rows in memory at a time


def write(rows: Path, to: IO[bytes], format_: str) -> int:
    """Write all rows; CSV with a heading, JSON with one object a line.

    Args:
        rows: A Parquet file with them.
        to: Where to.
        format_: One of `FORMATS`.

    Returns:
        How many rows there are.
    """
    with pq.ParquetFile(rows) as file:
        _WRITERS[format_](file, to)
        return int(file.metadata.num_rows)


def _csv(rows: pq.ParquetFile, to: IO[bytes]) -> None:
    with pa.csv.CSVWriter(to, rows.schema_arrow) as writer:
        for batch in rows.iter_batches(BATCH):
            writer.write_batch(batch)


def _parquet(rows: pq.ParquetFile, to: IO[bytes]) -> None:
    with pq.ParquetWriter(to, rows.schema_arrow, compression="zstd") as writer:
        for batch in rows.iter_batches(BATCH):
            writer.write_batch(batch)


def _json(rows: pq.ParquetFile, to: IO[bytes]) -> None:
    for batch in rows.iter_batches(BATCH):
        lines = (json.dumps(row, ensure_ascii=False, default=_cell) for row in batch.to_pylist())
        to.write("".join(f"{line}\n" for line in lines).encode())


def _cell(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


_WRITERS = {"csv": _csv, "parquet": _parquet, "json": _json}
