"""What the footers of a table's files say, without reading a row: rows, empty cells, first and last instants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import pyarrow.parquet as pq

from latido.store.snapshot import Snapshot


@dataclass(frozen=True)
class Content:
    """What is in a table.

    Attributes:
        rows: How many rows it has.
        empty: Of each column, how many cells are empty.
        first: Its first instant; None where there is none.
        last: Its last instant.
    """

    rows: int
    empty: dict[str, int]
    first: datetime | None
    last: datetime | None


def content(snapshot: Snapshot, table: str, columns: Sequence[str], time: str | None) -> Content:
    """Sum the footers of a table's files up; each is read once, since a file never changes.

    Args:
        snapshot: The lake's state.
        table: The table.
        columns: Whose empty cells to count; a column that a file lacks is empty in it.
        time: Whose first and last instants to find.
    """
    found = [_footer(path, time) for path in snapshot.files(table)]
    rows = sum(one.rows for one in found)
    empty = {name: sum(one.empty.get(name, one.rows) for one in found) for name in columns}
    firsts, lasts = (
        [t for t in times if t is not None] for times in ([f.first for f in found], [f.last for f in found])
    )
    return Content(rows, empty, min(firsts, default=None), max(lasts, default=None))


@lru_cache(maxsize=20_000)
def _footer(path: str, time: str | None) -> Content:
    """One file; those that our own engine wrote say all of this of every group of rows."""
    footer = pq.read_metadata(path)
    empty = dict.fromkeys(footer.schema.names, 0)
    instants: list[datetime] = []
    for group in map(footer.row_group, range(footer.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            told = column.statistics
            empty[column.path_in_schema] += told.null_count if told is not None else 0
            if column.path_in_schema == time:
                instants += _ends(told)
    return Content(footer.num_rows, empty, min(instants, default=None), max(instants, default=None))


def _ends(told: Any) -> list[datetime]:
    return [told.min, told.max] if told is not None and told.has_min_max else []
