"""The same help desk as the CSV files that it would export, under the names that it would use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import compute, csv

from benchmarks.generate import CHUNK, EVENTS_PER_TICKET, chunk_of, events_of, tickets_of

NAMES = {
    "tickets": {
        "ticket_id": "Ticket ID", "created": "Created at", "customer_id": "Requester ID", "channel": "Channel",
        "topic": "Category", "priority": "Priority", "status": "State", "team": "Group", "agent_id": "Assignee",
        "updated": "Updated at",
    },
    "ticket_events": {
        "ticket_id": "Ticket ID", "event_id": "Event ID", "occurred": "Timestamp", "kind": "Event type",
        "author_id": "Author", "author_role": "Role", "public": "Public", "value": "New value", "team": "Group",
        "agent_id": "Assigned to", "channel": "Channel",
    },
}  # fmt: skip
ROWS = 1_000_000


def exported(table: str, folder: Path, rows: int = ROWS) -> Path:
    """A CSV of so many rows; the one that is there where there is one."""
    path = folder / f"{table}-{rows}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        csv.write_csv(_rows(table, rows), path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
    return path


def tickets_before(rows: int, folder: Path) -> Path:
    """The tickets that the events of `exported("ticket_events", …, rows)` belong to, as canonical Parquet."""
    path = folder / f"tickets-of-{rows}-events.parquet"
    if not path.exists():
        count = round(rows / EVENTS_PER_TICKET) + CHUNK
        pq.write_table(pa.concat_tables(tickets_of(c, rng) for c, rng in _chunks(count)), path)
    return path


def _rows(table: str, rows: int) -> pa.Table:
    count = rows if table == "tickets" else round(rows / EVENTS_PER_TICKET) + CHUNK
    parts = [tickets_of(c, rng) if table == "tickets" else events_of(c) for c, rng in _chunks(count)]
    found = pa.concat_tables(parts).slice(0, rows).select(list(NAMES[table]))
    return pa.table([_plain(column) for column in found.columns], list(NAMES[table].values()))


def _chunks(tickets: int):
    for number, first in enumerate(range(0, tickets, CHUNK)):
        size = min(CHUNK, tickets - first)
        yield chunk_of(number, first, size, tickets), np.random.default_rng([2, number])


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Stamps as most systems write them: 2024-01-31T09:30:00Z."""
    if not pa.types.is_timestamp(column.type):
        return column
    return compute.strftime(column.cast(pa.timestamp("s", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
