"""The little of Delta Lake that the lake needs: open, create, exchange files, go back.

Files are written by our own engine and put into the table's log here in one transaction, so
that an import costs one version a table, and what was computed within bounded memory is not
computed again by a second engine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable, Field
from deltalake.exceptions import DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction

from latido.errors import StoreError
from latido.i18n import _

PARTITION = "month"
NO_MONTH = "none"
# The manifests decide how long versions live; see tidy.py.
_CONFIGURATION = {"delta.enableExpiredLogCleanup": "false"}


@dataclass(frozen=True)
class DataFile:
    """One Parquet file of a table.

    Attributes:
        path: Relative to the table's folder.
        month: Partition, `YYYY-MM` or `none`.
        size: Bytes.
        rows: Number of rows.
    """

    path: str
    month: str
    size: int
    rows: int


def opened(folder: Path, version: int | None = None) -> DeltaTable:
    """The table at a version (the newest by default)."""
    try:
        return DeltaTable(folder, version=version)
    except (DeltaError, TableNotFoundError, OSError) as problem:
        raise StoreError(
            _("Table “{table}” of the lake cannot be read: {problem}", table=folder.name, problem=str(problem))
        ) from problem


def created(folder: Path, schema: pa.Schema) -> DeltaTable:
    """A new, empty table (version 0)."""
    folder.mkdir(parents=True, exist_ok=True)
    return DeltaTable.create(folder, _stored(schema), partition_by=[PARTITION], configuration=_CONFIGURATION)


def files(table: DeltaTable) -> list[DataFile]:
    """The files that make up this version, in order of month and name."""
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    found = [DataFile(a["path"], a[f"partition.{PARTITION}"], a["size_bytes"], a["num_records"]) for a in actions]
    return sorted(found, key=lambda f: (f.month, f.path))


def schema(table: DeltaTable) -> pa.Schema:
    """Columns without the partition, which exists only to prune."""
    found = pa.schema(table.schema().to_arrow())
    return pa.schema([_plain(f) for f in found if f.name != PARTITION])


def data_file(folder: Path, path: Path) -> DataFile:
    """Describe a Parquet file that lies in its place under `folder`, but is not in the log yet."""
    rows = pq.read_metadata(path).num_rows
    month = path.parent.name.removeprefix(f"{PARTITION}=")
    return DataFile(path.relative_to(folder).as_posix(), month, path.stat().st_size, rows)


def exchange(
    table: DeltaTable, adds: Sequence[DataFile], removes: Iterable[DataFile], *, data_change: bool = True
) -> int:
    """Put files in and take files out in one transaction; the new version."""
    now = time.time_ns() // 1_000_000
    table.create_write_transaction(
        [
            *(
                AddAction(f.path, f.size, {PARTITION: f.month}, now, data_change, json.dumps({"numRecords": f.rows}))
                for f in adds
            ),
            *(RemoveAction(f.path, data_change, now, f.size, {PARTITION: f.month}) for f in removes),
        ],
        "append",
        table.schema(),
        [PARTITION],
    )
    table.update_incremental()
    return int(table.version())


def overwritten(table: DeltaTable, adds: Sequence[DataFile], schema: pa.Schema) -> int:
    """Take every file out, put these in, with this schema; the new version."""
    now = time.time_ns() // 1_000_000
    stats = [json.dumps({"numRecords": f.rows}) for f in adds]
    actions = [AddAction(f.path, f.size, {PARTITION: f.month}, now, True, s) for f, s in zip(adds, stats, strict=True)]
    table.create_write_transaction(actions, "overwrite", _stored(schema), [PARTITION])
    table.update_incremental()
    return int(table.version())


def widened(table: DeltaTable, wanted: pa.Schema) -> int:
    """Add the columns that the table lacks; the version, new where there were any."""
    missing = [f for f in wanted if f.name not in schema(table).names]
    if missing:
        table.alter.add_columns([Field.from_arrow(f) for f in missing])
        table.update_incremental()
    return int(table.version())


def brought_back(folder: Path, version: int) -> None:
    """Make the table's newest version have the contents of `version` again."""
    newest, wanted = opened(folder), opened(folder, version)
    if files(newest) != files(wanted) or schema(newest) != schema(wanted):
        newest.restore(version)


def log_entry(folder: Path, version: int) -> Path:
    """The log file of a version."""
    return folder / "_delta_log" / f"{version:020d}.json"


def _stored(schema: pa.Schema) -> pa.Schema:
    return pa.schema([*schema, pa.field(PARTITION, pa.string())])


def _plain(field: pa.Field) -> pa.Field:
    """The types of the model, whichever views or sizes the reader of the log chose."""
    kind = field.type
    if pa.types.is_string_view(kind) or pa.types.is_large_string(kind):
        return pa.field(field.name, pa.string())
    return field
