"""Rows that could not be mapped: kept in the lake until they are mended, replayed or dismissed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from latido.errors import UnknownNameError
from latido.i18n import Message, _
from latido.model.table import Column, Table, Type
from latido.store.history import Deed
from latido.store.lake import WAIT, Lake
from latido.store.reasons import unpacked

State = Literal["open", "replayed", "dismissed", "undone"]

ID_COLUMN = "latido_reject"

REJECTS = Table(
    name="rejects",
    meaning=_("A delivered row, or a value of one, that could not be mapped"),
    key=("reject_id",),
    time="found",
    columns=(
        Column("reject_id", Type.TEXT, _("Hash of delivery, row, table, column and reason"), required=True),
        Column("found", Type.INSTANT, _("When it was delivered first")),
        Column("file", Type.TEXT, _("Delivered file")),
        Column("table", Type.TEXT, _("Canonical table that it was meant for")),
        Column("column", Type.TEXT, _("Column to blame, where one is")),
        Column("value", Type.TEXT, _("The offending value"), personal=True),
        Column("reason", Type.TEXT, _("Why, as a template in English")),
        Column("values", Type.TEXT, _("What stands in the template (JSON)"), personal=True),
        Column("raw", Type.TEXT, _("The whole foreign row (JSON)"), personal=True),
        Column("kept", Type.BOOLEAN, _("Whether the row was kept and only the value left empty")),
        Column("state", Type.TEXT, _("What became of it"), allowed=("open", "replayed", "dismissed", "undone")),
        Column("mended", Type.TEXT, _("Hashes of the files that mended it, one after the other")),
    ),
)


PLACE = ("delivery", "row")  # of a row in the files: what people count


@dataclass(frozen=True)
class Kept:
    """One reject as it lies in the lake.

    Attributes:
        reject_id: Its identifier.
        found: When it was delivered first.
        file: Delivered file.
        delivery: Hash of that file's bytes.
        row: Number of the row in it.
        table: Canonical table that it was meant for.
        column: Column to blame, where one is.
        value: The offending value.
        reason: Why.
        raw: The whole foreign row.
        kept: The row was kept and only the value left empty.
        state: `open`, `replayed` (it came in later), `dismissed`, or `undone` with the import that found it.
        source: Through which source it came.
    """

    reject_id: str
    found: datetime
    file: str
    delivery: str
    row: int
    table: str
    column: str | None
    value: str | None
    reason: Message
    raw: Mapping[str, str | None]
    kept: bool
    state: State
    source: str

    @property
    def place(self) -> tuple[str, int]:
        """The delivered row that it is of: file and number."""
        return self.delivery, self.row


class Rejects:
    """The rejects of a lake.

    Args:
        lake: The lake.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def count(self, state: State | None = "open") -> int:
        """How many rows of delivered files have some in this state (None: in any)."""
        stored, condition = self._stored(state=state)
        return int(rows_of(stored.to_table(list(PLACE), condition)).num_rows)

    def counts(self, state: State | None = "open") -> dict[str, int]:
        """How many rows of delivered files have some, for each table."""
        stored, condition = self._stored(state=state)
        rows = rows_of(stored.to_table([*PLACE, "table"], condition))
        counted = pc.value_counts(rows["table"])
        return {one["values"]: one["counts"] for one in counted.to_pylist()}

    def list(
        self, file: str | None = None, table: str | None = None, state: State | None = "open", limit: int | None = None
    ) -> list[Kept]:
        """Rejects by file and row.

        Args:
            file: Only of this delivered file.
            table: Only those meant for this table.
            state: Only in this state; None for any.
            limit: At most so many.
        """
        rows = self._rows(file=file, table=table, state=state)
        order = [("file", "ascending"), ("found", "ascending"), ("row", "ascending"), ("reject_id", "ascending")]
        return [kept(record) for record in rows.sort_by(order).slice(0, limit).to_pylist()]

    def mark(self, ids: Iterable[str], state: State, who: str = "", wait: float = WAIT) -> int:
        """Put rejects into a state; how many of them exist.

        Args:
            ids: Their identifiers.
            state: The state.
            who: The person who asks for it.
            wait: Seconds to wait for another writer.

        Raises:
            UnknownNameError: There is no reject with one of these identifiers.
            BusyError: Somebody else is still writing.
        """
        wanted = set(ids)
        rows = self._rows(reject_id=wanted)
        known = set(rows["reject_id"].to_pylist())
        if wanted - known:
            raise UnknownNameError.among(_("reject"), min(wanted - known), self._rows()["reject_id"].to_pylist())
        with self._lake.write("rejects", wait) as writer:
            path = writer.staging / "marked.parquet"
            pq.write_table(in_state(rows, state), path)
            writer.upsert(REJECTS, [path])
            writer.deed = Deed("rejects", who=who)
        return len(known)

    def _rows(self, **equal: Any) -> pa.Table:
        stored, condition = self._stored(**equal)
        return stored.to_table(filter=condition)

    def _stored(self, **equal: Any) -> tuple[ds.Dataset, pc.Expression]:
        """All that is stored, and the condition that each column has the given value, or one of a set of values."""
        stored = ds.dataset(self._lake.snapshot().files(REJECTS.name), schema=REJECTS.schema(), format="parquet")
        condition = pc.scalar(value=True)
        for column, value in equal.items():
            if value is not None:
                condition &= pc.field(column).isin(list(value) if isinstance(value, set) else [value])
        return stored, condition


def rows_of(rejects: pa.Table) -> pa.Table:
    """Rejects without what they say twice: where columns name a place in a file, each row of it once."""
    return rejects.group_by(rejects.column_names, use_threads=False).aggregate([])


def in_state(rows: pa.Table, state: State) -> pa.Table:
    """The rows with another state, as of now."""
    now = pa.scalar(datetime.now(UTC), Type.INSTANT.arrow)
    changed = {"state": pa.scalar(state), "updated": now}
    for name, value in changed.items():
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, rows.schema.field(name), pa.repeat(value, rows.num_rows))
    return rows


def export_reasons(rejects: Iterable[Kept], path: Path) -> int:
    """Write a CSV that says what is wrong with each, in the reader's language; how many there were."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["reject", "file", "row", "table", "column", "value", "reason", "state", "found"])
        lines = [
            (r.reject_id, r.file, r.row, r.table, r.column, r.value, str(r.reason), r.state, r.found.isoformat())
            for r in rejects
        ]
        sheet.writerows(lines)
    return len(lines)


def export_rows(rejects: Iterable[Kept], folder: Path) -> list[Path]:
    """Write the foreign rows back as CSV to be mended and replayed through the mapping they came by.

    One file for each delivery and set of columns; one line for each foreign row. The column
    `latido_reject` holds the identifiers of its rejects and must stay as it is. Rows that could not even
    be split into cells are left out.
    """
    ordered = sorted((r for r in rejects if r.raw and "" not in r.raw), key=lambda r: (*_sheet(r), r.row))
    paths = []
    for number, (_key, group) in enumerate(groupby(ordered, key=_sheet), 1):
        rows = list(group)
        path = folder / f"{Path(rows[0].file).stem}-{rows[0].delivery[:8]}-{number}.csv"
        _write_rows(rows, path)
        paths.append(path)
    return paths


def _sheet(reject: Kept) -> tuple[str, tuple[str, ...]]:
    return reject.delivery, tuple(reject.raw)


def _write_rows(rejects: Sequence[Kept], path: Path) -> None:
    names = [name for name in rejects[0].raw if name != ID_COLUMN]  # a row that was mended before has it already
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow([*names, ID_COLUMN])
        for _row, same in groupby(rejects, key=lambda r: r.row):
            alike = list(same)
            sheet.writerow([*(alike[0].raw[name] for name in names), " ".join(r.reject_id for r in alike)])


def kept(record: Mapping[str, Any]) -> Kept:
    """A reject from its row."""
    return Kept(
        reason=unpacked(record["reason"], record["values"]),
        raw=json.loads(record["raw"]),
        **{k: record[k] for k in _PLAIN},
    )


_PLAIN = ("reject_id", "found", "file", "delivery", "row", "table", "column", "value", "kept", "state", "source")
