"""Which months files hold, as far as the statistics of their row groups tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

_WORTH = 3


def months_of(files: Sequence[Path], time: str | None) -> list[str] | None:
    """The months to read one by one where that is cheap: exports mostly come in order of time.

    Args:
        files: Parquet files.
        time: The instant by which rows are sorted into months.

    Returns:
        Months `YYYY-MM` that may have rows; None where there may be rows without an instant, where
        statistics are missing, or where reading month by month would read rows too many times.
    """
    if time is None:
        return None
    found: set[str] = set()
    rows = read = 0
    for group in (g for f in files for g in _groups(f, time)):
        if group is None:
            return None
        count, first, last = group
        months = list(_between(first, last))
        found.update(months)
        rows, read = rows + count, read + count * len(months)
    return sorted(found) if read <= _WORTH * rows else None


def bounds(month: str) -> tuple[str, str]:
    """First instant of a month and of the next one, UTC."""
    year, number = map(int, month.split("-"))
    following = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return f"{month}-01 00:00:00+00", f"{following}-01 00:00:00+00"


def _groups(file: Path, time: str) -> Iterator[tuple[int, datetime, datetime] | None]:
    """Rows, first and last instant of each row group; None where that is not known."""
    metadata = pq.read_metadata(file)
    names = metadata.schema.to_arrow_schema().names
    if time not in names:
        yield None
        return
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        statistics = group.column(names.index(time)).statistics
        told = statistics is not None and statistics.has_min_max and statistics.null_count == 0
        yield (group.num_rows, statistics.min, statistics.max) if told else None


def _between(first: datetime, last: datetime) -> Iterator[str]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"
