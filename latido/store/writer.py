"""One write: rows go into several tables and become visible together."""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path
from typing import TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable

from latido.model import TABLES, Table
from latido.store import delta, merge
from latido.store.history import NO_DEED, Deed
from latido.store.manifest import Manifest, flush_file, flush_folder
from latido.store.merge import Plan
from latido.store.months import Rewrite
from latido.store.snapshot import Snapshot
from latido.store.step import Layout, Step, listed, plain

_SMALL = 8 << 20
_MANY = 16

Rows: TypeAlias = pa.Table | Sequence[Path]


@dataclass(frozen=True)
class Counts:
    """What an upsert did with the rows that were staged."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0


class Writer:
    """Made by `Lake.write`; what it writes is seen by others when that block ends.

    Attributes:
        snapshot: The lake as it was before.
        connection: The write's DuckDB, within the lake's memory limit.
        staging: A folder for files of one's own; it goes away with the write.
        token: The write's name.
        versions: Delta version of each table as of now.
        deed: What is being done and for whom, as whoever writes says it.
    """

    def __init__(self, snapshot: Snapshot, connection: duckdb.DuckDBPyConnection, staging: Path, token: str) -> None:
        self.snapshot = snapshot
        self.connection = connection
        self.staging = staging
        self.token = token
        self.versions = dict(snapshot.tables)
        self.deed: Deed = NO_DEED
        self._numbers = count()
        self._touched: dict[str, list[str]] = {}

    @property
    def now(self) -> Snapshot:
        """The lake with what this write has done so far; nobody else sees it yet."""
        before = self.snapshot.manifest
        return Snapshot(self.snapshot.folder, Manifest(before.n, before.committed, dict(self.versions)))

    def upsert(self, table: Table, staged: Sequence[Path]) -> Counts:
        """Add rows whose key is new, replace rows that changed.

        The newer `updated` wins; where one of two rows has none, or they are equal, the later
        arrival. A row with the same content is left as it is.

        Args:
            table: The canonical table.
            staged: Parquet files in the order they came, with columns of `table.schema()` and
                extra text columns; columns that are missing are empty.
        """
        staged = [f for f in staged if _rows_in(f)]
        if not staged:
            return Counts()
        layout = Layout(widest(table, self.now, staged), table.key, table.time)
        step = self.step(table.name, layout)
        plan = merge.upsert(step, staged, self.now.files(table.name))
        grown = self._apply(table.name, step, plan)
        self._relieve(table.name)
        return Counts(grown, plan.updated, sum(map(_rows_in, staged)) - grown - plan.updated)

    def replace(
        self, name: str, rows: Rows, key: tuple[str, ...], keys: Rows | None = None, time: str | None = None
    ) -> None:
        """Replace the rows of some keys, or a whole table, by others; what is the same is left as it is.

        Args:
            name: The table; it need not exist.
            rows: Arrow data or Parquet files.
            key: Columns that identify what is replaced; several rows may share a key.
            keys: Keys whose rows go, beside those of the rows that come; None: all rows go, and the columns
                may be others than before.
            time: Instant that decides a row's month.
        """
        given = self._relation(rows)
        schema = plain(given) if keys is None else _united(self.now.schema(name), plain(given))
        step = self.step(name, Layout(schema, key, time))
        come = merge.given(step, given)
        if keys is None:
            self._overwrite(name, step, come)
        else:
            self._apply(name, step, merge.replace(step, come, self._relation(keys), self.now.files(name)))
            self._relieve(name)

    def put_back(self, name: str, before: Snapshot) -> None:
        """Make a table what it was in an earlier snapshot, by its files; no row is read or written."""
        stored, wanted = self.now.data_files(name), before.data_files(name)
        adds, leave = ([f for f in a if f not in set(b)] for a, b in ((wanted, stored), (stored, wanted)))
        if adds or leave:
            table = delta.opened(self.snapshot.folder / name)
            self._advance(name, delta.exchange(table, adds, leave))

    def join(self, name: str, files: Sequence[delta.DataFile]) -> None:
        """Make one file of a table's files month by month; the rows stay as they are."""
        declared = TABLES.get(name)
        layout = Layout(self.now.schema(name), declared.key if declared else (), declared.time if declared else None)
        self._apply(name, self.step(name, layout), Plan(), files)

    def has_changed(self, table: str) -> bool:
        """Whether this write touched any row of the table."""
        return table in self._touched

    def changed(self, table: str, *columns: str) -> pa.Table | None:
        """What this write touched: new rows, and both versions of replaced ones.

        Args:
            table: The table.
            *columns: Which columns; their distinct combinations are given.

        Returns:
            The distinct values, or None where nothing changed.
        """
        if not self.has_changed(table):
            return None
        wanted = listed(columns)
        union = " UNION ALL ".join(f"SELECT {wanted} FROM ({part})" for part in self._touched[table])
        return self.connection.sql(f"SELECT DISTINCT {wanted} FROM ({union})").to_arrow_table()

    def _relation(self, rows: Rows) -> duckdb.DuckDBPyRelation:
        if isinstance(rows, Sequence):
            return self.connection.read_parquet([str(f) for f in rows], union_by_name=True, hive_partitioning=False)
        return self.connection.from_arrow(rows)

    def step(self, name: str, layout: Layout) -> Step:
        """A change to a table, or a look at one, whose parts are named apart from all others of this write."""
        return Step(self.connection, f"{name} {next(self._numbers)}", layout)

    def _apply(self, name: str, step: Step, plan: Plan, join: Sequence[delta.DataFile] = ()) -> int:
        """Carry a plan out; by how many rows the table grew."""
        stored = self.now.data_files(name)
        rewrite = Rewrite(step, plan, self.snapshot.folder / name, stored, join)
        adds, leave = self._placed(rewrite), rewrite.leaving
        if not adds and not leave:
            return 0
        table = self._opened(name, step.layout.schema)
        delta.widened(table, step.layout.schema)
        self._advance(name, delta.exchange(table, adds, leave, data_change=bool(plan.come)))
        self._touched.setdefault(name, []).extend(rewrite.touched())
        return sum(f.rows for f in adds) - sum(f.rows for f in leave)

    def _relieve(self, name: str) -> None:
        """Join the small files of months that this write found, or left, with many."""
        changed = self.versions.get(name) != self.snapshot.tables.get(name)
        crowded = _crowded(self.now.data_files(name)) if changed else []
        if crowded:
            self.join(name, crowded)

    def _overwrite(self, name: str, step: Step, come: str) -> None:
        rewrite, stored = Rewrite(step, Plan(come), self.snapshot.folder / name), self.now.files(name)
        adds = self._placed(rewrite)
        table = self._opened(name, step.layout.schema)
        self._advance(name, delta.overwritten(table, adds, step.layout.schema))
        touched = self._touched.setdefault(name, [])
        touched.extend(rewrite.touched())
        if stored:
            step.files("before", stored)
            touched.append(f"FROM {step['before']}")

    def _opened(self, name: str, schema: pa.Schema) -> DeltaTable:
        folder = self.snapshot.folder / name
        return delta.opened(folder) if name in self.versions else delta.created(folder, schema)

    def _advance(self, name: str, version: int) -> None:
        """Take note of a table's new version, once its log entry is on the disk."""
        entry = delta.log_entry(self.snapshot.folder / name, version)
        flush_file(entry)
        flush_folder(entry.parent)
        self.versions[name] = version

    def _placed(self, rewrite: Rewrite) -> list[delta.DataFile]:
        """Write rows durably into the table's folder; its log does not know them yet."""
        out, placed = self.staging / rewrite.step.name, []
        out.mkdir()
        for month, path, rows in rewrite.months(out):
            if rows:
                target = rewrite.folder / f"{delta.PARTITION}={month}" / f"{self.token}-{next(self._numbers)}.parquet"
                _move(path, target)
                placed.append(delta.data_file(rewrite.folder, target))
        shutil.rmtree(out)
        return placed


def _crowded(stored: Sequence[delta.DataFile]) -> list[delta.DataFile]:
    """Small files of months that have gathered many."""
    small = sorted((f for f in stored if f.size < _SMALL), key=lambda f: f.month)
    months = [list(same) for _month, same in groupby(small, key=lambda f: f.month)]
    return [f for files in months if len(files) >= _MANY for f in files]


def _move(path: Path, target: Path) -> None:
    """Put a file in its place, so that it survives a loss of power from now on."""
    target.parent.mkdir(parents=True, exist_ok=True)
    flush_file(path)
    path.rename(target)
    flush_folder(target.parent)


def _rows_in(file: Path) -> int:
    return int(pq.read_metadata(file).num_rows)


def widest(table: Table, now: Snapshot, staged: Sequence[Path]) -> pa.Schema:
    """The table's columns with every extra one that is stored or staged."""
    known = now.schema(table.name)
    extras = {n: None for schema in (known, *map(pq.read_schema, staged)) for n in schema.names if n not in table}
    return table.schema(extras)


def _united(first: pa.Schema, second: pa.Schema) -> pa.Schema:
    return pa.schema([*first, *(f for f in second if f.name not in first.names)])
