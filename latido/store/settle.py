"""What an import does to the rejects: new ones are kept, old ones that came in are closed."""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from latido.model import TABLES
from latido.sources.source import Reject
from latido.store.reasons import packed
from latido.store.rejects import REJECTS, in_state
from latido.store.step import Layout, Step, quoted
from latido.store.writer import Writer


def reject_rows(rejects: Iterable[Reject], delivery: str, source: str, found: datetime) -> pa.Table:
    """Rejects as rows of their table."""
    records = [
        {
            "reject_id": _identity(r, delivery),
            "found": found,
            "file": r.file,
            "table": r.table,
            "column": r.column,
            "value": r.value,
            "reason": r.reason.template,
            "values": packed(r.reason),
            "raw": json.dumps(dict(r.raw), ensure_ascii=False, default=str),
            "kept": r.kept,
            "state": "open",
            "source": source,
            "delivery": delivery,
            "row": r.row,
        }
        for r in rejects
    ]
    return pa.Table.from_pylist(records, schema=REJECTS.schema())


def _identity(reject: Reject, delivery: str) -> str:
    parts = (delivery, reject.row, reject.table, reject.column, reject.reason.template)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Import:
    """What was delivered, as far as it matters to rejects.

    Attributes:
        rejected: Staged rejects.
        accepted: Staged rows, by table.
        tables: Tables that were read.
        names: Digest → name of each delivered file.
        replaying: Row of the (only) file → the rejects that it mends.
    """

    rejected: Sequence[Path]
    accepted: Mapping[str, Sequence[Path]]
    tables: Sequence[str]
    names: Mapping[str, str]
    replaying: Mapping[int, Sequence[str]] = field(default_factory=dict)


def settle(writer: Writer, came: Import) -> None:
    """Keep the rejects that are new, or found again after their import was undone; close the open ones that come in.

    Closed are: those of the same delivery that were not found again; those that a mended row
    replays, whatever became of them before (if it is rejected again, that is a reject of its own); and
    those of an earlier file of the same name whose row, by number and key, came in now.
    """
    stored = writer.now.files(REJECTS.name)
    if not stored:
        writer.upsert(REJECTS, came.rejected)
        return
    step = Step(writer.connection, "rejects settled", Layout(REJECTS.schema(), REJECTS.key, None))
    step.files("stored", stored)
    if came.rejected:
        step.files("found", came.rejected)
    else:
        step.view("found", f"FROM {step['stored']} LIMIT 0")
    staged = [_new(step, writer.staging / "rejects-new.parquet")]
    closed = _closed(step, came)
    if closed.num_rows:
        staged.append(writer.staging / "rejects-closed.parquet")
        pq.write_table(in_state(closed, "replayed"), staged[-1])
    writer.upsert(REJECTS, staged)


def _new(step: Step, path: Path) -> Path:
    known = f"(SELECT reject_id FROM {step['stored']} WHERE state <> 'undone')"
    query = f"SELECT {step.columns()} FROM {step['found']} ANTI JOIN {known} USING (reject_id)"
    step.write(query, path)
    return path


def _closed(step: Step, came: Import) -> pa.Table:
    """The stored rejects that this import closes; those that it mends remember by which file."""
    digests, tables = step.values("digests", came.names), step.values("tables", came.tables)
    mended = step.values("mended", [i for ids in came.replaying.values() for i in ids])
    again = step.values("again", _came_again(step, came, digests))
    (by,) = came.names if came.replaying else ("",)
    file = step.values("by", [by])
    step.view(
        "remembering",
        f"""
        SELECT * REPLACE (CASE WHEN _mended THEN concat_ws(' ', mended, {file}[1]) ELSE mended END AS mended) FROM (
            SELECT *, list_contains({mended}, reject_id) AND state <> 'undone'
                AND NOT contains(coalesce(mended, ''), {file}[1]) AS _mended
            FROM {step["stored"]}
        )
        """,
    )
    return step.con.sql(
        f"""
        SELECT {step.columns()} FROM {step["remembering"]} ANTI JOIN {step["found"]} USING (reject_id)
        WHERE _mended OR (state = 'open' AND (
            (list_contains({digests}, delivery) AND list_contains({tables}, "table"))
            OR list_contains({again}, reject_id)
        ))
        """
    ).to_arrow_table()


def _came_again(step: Step, came: Import, digests: str) -> list[str]:
    """Open rejects of earlier files whose row this import has under the same name, number and key."""
    names = step.values("names", came.names.values())
    earlier = step.con.sql(
        f"""
        SELECT reject_id, file, "table", "row", raw FROM {step["stored"]}
        WHERE state = 'open' AND list_contains({names}, file) AND NOT list_contains({digests}, delivery)
        """
    ).to_arrow_table()
    found: list[str] = []
    for table in sorted(set(earlier["table"].to_pylist()) & set(came.accepted)):
        open_ones = [r for r in earlier.to_pylist() if r["table"] == table]
        keys = _keys(step, table, came, [r["row"] for r in open_ones])
        found += [r["reject_id"] for r in open_ones if _has_key(json.loads(r["raw"]), keys.get((r["file"], r["row"])))]
    return found


def _keys(step: Step, table: str, came: Import, rows: Sequence[int]) -> dict[tuple[str, int], tuple[str | None, ...]]:
    """The accepted rows with these numbers: file's name and number → key as text."""
    declared = TABLES[table]
    here = Step(step.con, f"accepted {table}", Layout(declared.schema(), declared.key, None))
    here.files("rows", came.accepted[table])
    key = ", ".join(f"CAST({quoted(k)} AS VARCHAR)" for k in declared.key)
    numbers = here.values("numbers", rows, "BIGINT")
    query = f"""SELECT delivery, "row", {key} FROM {here["rows"]} WHERE list_contains({numbers}, "row")"""
    return {(came.names[d], row): tuple(key) for d, row, *key in step.con.execute(query).fetchall()}


def _has_key(raw: Mapping[str, str | None], key: Sequence[str | None] | None) -> bool:
    return key is not None and set(key) <= set(raw.values())
