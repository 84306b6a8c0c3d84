from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from latido.i18n import _
from latido.model import TABLES
from latido.sources.source import Reject
from latido.store.lake import Lake
from latido.store.rejects import Rejects
from latido.store.settle import Import, reject_rows, settle
from latido.store.snapshot import Snapshot
from latido.store.writer import Counts

numbers = count()


def day(month: int, number: int = 1, year: int = 2024) -> datetime:
    return datetime(year, month, number, 12, tzinfo=UTC)


def ticket(ticket_id: str = "T1", **cells: Any) -> dict[str, Any]:
    return {"ticket_id": ticket_id, "created": day(1), **cells}


def staged(folder: Path, rows: list[dict[str, Any]], table: str = "tickets", extras: tuple[str, ...] = ()) -> Path:
    path = folder / f"staged-{next(numbers)}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=TABLES[table].schema(extras)), path)
    return path


def stored(snapshot: Snapshot, table: str = "tickets", *columns: str) -> list[dict[str, Any]]:
    """The rows of a table, sorted by all their columns."""
    schema = snapshot.schema(table)
    files = [pq.ParquetFile(f).read() for f in snapshot.files(table)]
    rows = pa.concat_tables([schema.empty_table(), *files], promote_options="default").select(columns or schema.names)
    return sorted(rows.to_pylist(), key=lambda row: [str(cell) for cell in row.values()])


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.create(tmp_path / "lake")


@pytest.fixture
def put(lake: Lake) -> Callable[..., Counts]:
    """Import rows of one table as one write."""

    def _put(*rows: dict[str, Any], table: str = "tickets", extras: tuple[str, ...] = ()) -> Counts:
        with lake.write("test") as writer:
            return writer.upsert(TABLES[table], [staged(writer.staging, list(rows), table, extras)])

    return _put


REASON = _("The event ({occurred}) is older than its ticket ({created}).", occurred="1", created="2")


def reject(row=1, column="score", raw=None, table="answers", file="a.csv"):
    return Reject(file, row, table, column, "-1", REASON, {"id": f"r{row}", "score": "-1"} if raw is None else raw)


@pytest.fixture
def rejects(lake: Lake) -> Rejects:
    return Rejects(lake)


@pytest.fixture
def put_rejects(lake: Lake) -> Callable[..., None]:
    """Reject rows in an import that brought nothing else."""

    def _put(*found, delivery="d1", tables=("answers",)):
        with lake.write("test") as writer:
            path = writer.staging / "found.parquet"
            pq.write_table(reject_rows(found, delivery, "csv", datetime.now(UTC)), path)
            settle(writer, Import([path], {}, tables, {delivery: "a.csv"}))

    return _put
