"""Parquet as a sheet, column types kept."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from latido.errors import InputError
from latido.i18n import _
from latido.sources.sheet import Frame, Layout, Sheet
from latido.sources.source import Delivery

FRAME_ROWS = 50_000


def read_parquet(file: Delivery, layout: Layout | None = None) -> Sheet:
    """Open a Parquet file.

    Raises:
        InputError: It is cut short or damaged.
    """
    try:
        names = tuple(pq.read_schema(file.path).names)
    except (pa.ArrowInvalid, OSError):
        raise _damaged(file) from None

    def opened(columns: tuple[str, ...] | None) -> Iterator[Frame]:
        done = 0
        try:
            with pq.ParquetFile(file.path) as parquet:
                for batch in parquet.iter_batches(FRAME_ROWS, columns=list(columns) if columns is not None else None):
                    rows = _plain(pa.Table.from_batches([batch]))
                    yield Frame(rows, np.arange(done + 1, done + rows.num_rows + 1))
                    done += rows.num_rows
        except (pa.ArrowInvalid, OSError):
            raise _damaged(file) from None

    return Sheet(file, names, layout or Layout(), opened)


def _plain(rows: pa.Table) -> pa.Table:
    """Nested columns as JSON text, dictionaries as their values."""
    for i, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type):
            rows = rows.set_column(i, field.name, rows[i].cast(field.type.value_type))
        elif pa.types.is_nested(field.type):
            cells = [None if v is None else json.dumps(v, ensure_ascii=False, default=str) for v in rows[i].to_pylist()]
            rows = rows.set_column(i, field.name, pa.array(cells, pa.string()))
    return rows


def _damaged(file: Delivery) -> InputError:
    return InputError(
        _("{file} is a Parquet file that is cut short or damaged.", file=file.name), _("Export it again.")
    )
