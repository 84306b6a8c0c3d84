"""Rejects that have the same thing wrong: told together, mended together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from latido.errors import UnknownNameError
from latido.i18n import Message, _
from latido.store.lake import Lake
from latido.store.reasons import unpacked
from latido.store.rejects import PLACE, REJECTS, Kept, State, kept, rows_of

_SAME = ("reason", "table", "column")
_ORDER = [(name, "ascending") for name in ("file", "found", "row", "reject_id")]


@dataclass(frozen=True)
class Group:
    """Rejects of one table and column for one reason.

    Attributes:
        key: By which it is asked for.
        table: Canonical table that they were meant for.
        column: Column to blame, where one is.
        reason: Why; one of them as an example.
        template: Why, as a template in English.
        count: How many: each is of a row of its own.
        kept: How many of them are rows that were kept, with the value left empty.
    """

    key: str
    table: str
    column: str | None
    reason: Message
    template: str
    count: int
    kept: int


@dataclass(frozen=True)
class Value:
    """A value that several rejects of a group have."""

    value: str | None
    count: int


class Groups:
    """The rejects of a lake, by what is wrong with them.

    Args:
        lake: The lake.
        state: Only those in this state; None for any.
        file: Only those of this delivered file; None for all.
        deliveries: Only those of files with these hashes; None for all.
    """

    def __init__(
        self,
        lake: Lake,
        state: State | None = "open",
        file: str | None = None,
        deliveries: Collection[str] | None = None,
    ) -> None:
        files = lake.snapshot().files(REJECTS.name)
        self._stored = ds.dataset(files, schema=REJECTS.schema(), format="parquet")
        self._condition = _equal({"state": state, "file": file})
        if deliveries is not None:
            self._condition &= pc.field("delivery").isin(pa.array([*deliveries], pa.string()))

    def count(self, table: str | None = None, source: str | None = None) -> int:
        """How many rows of delivered files have some; a row with several things wrong is one.

        Args:
            table: Only those meant for this table.
            source: Only those that came through this source.
        """
        rows = self._stored.to_table(list(PLACE), self._condition & _equal({"table": table, "source": source}))
        return int(rows_of(rows).num_rows)

    def all(self) -> list[Group]:
        """The groups, the largest first."""
        columns = [*_SAME, "values", "kept"]
        rows = self._stored.to_table(columns, self._condition)
        rows = rows.set_column(4, "kept", pc.cast(rows["kept"], pa.int64()))
        told = rows.group_by(list(_SAME), use_threads=False).aggregate(
            [("values", "first"), ("kept", "sum"), ("kept", "count")]
        )
        found = [_group(record) for record in told.to_pylist()]
        return sorted(found, key=lambda group: (-group.count, group.table, group.column or "", group.template))

    def get(self, key: str) -> Group:
        """A group.

        Raises:
            UnknownNameError: There are no such rejects (any more).
        """
        found = next((group for group in self.all() if group.key == key), None)
        if found is None:
            raise UnknownNameError(_("There are no such rejects any more."), _("They came in, or were put aside."))
        return found

    def rows(self, group: Group, first: int = 0, most: int | None = None) -> list[Kept]:
        """Rejects of a group by file and row.

        Args:
            group: The group.
            first: How many to leave out.
            most: At most so many; None for all.
        """
        light = self._stored.to_table([name for name, _ascending in _ORDER], self._of(group))
        page = light.sort_by(_ORDER).slice(first, most)["reject_id"]
        return self._kept(pc.field("reject_id").isin(page.combine_chunks()))

    def values(self, group: Group, most: int = 50) -> list[Value]:
        """The commonest values of a group."""
        values = self._stored.to_table(["value"], self._of(group))["value"]
        counted = pc.value_counts(values).to_pylist()
        ordered = sorted(counted, key=lambda one: (-one["counts"], one["values"] or ""))
        return [Value(one["values"], one["counts"]) for one in ordered[:most]]

    def ids(self, group: Group, values: Iterable[str | None] | None = None) -> list[str]:
        """Identifiers of a group's rejects.

        Args:
            group: The group.
            values: Only of those with one of these values; None for all.
        """
        condition = self._of(group)
        if values is not None:
            condition &= pc.field("value").isin(pa.array(list(values), pa.string()))
        found: list[str] = self._stored.to_table(["reject_id"], condition)["reject_id"].to_pylist()
        return found

    def named(self, ids: Iterable[str]) -> list[Kept]:
        """Rejects by their identifiers."""
        return self._kept(pc.field("reject_id").isin(pa.array(list(ids), pa.string())))

    def of_rows(self, rejects: Sequence[Kept]) -> list[Kept]:
        """All rejects of the rows that these are of: a row is mended as a whole."""
        rows = {r.place for r in rejects}
        condition = pc.field("delivery").isin(pa.array(sorted({d for d, _row in rows}), pa.string()))
        condition &= pc.field("row").isin(pa.array(sorted({row for _d, row in rows}), pa.int64()))
        return [r for r in self._kept(condition) if r.place in rows]

    def _of(self, group: Group) -> pc.Expression:
        return self._condition & _equal(
            {"reason": group.template, "table": group.table, "column": group.column}, empty=True
        )

    def _kept(self, condition: pc.Expression) -> list[Kept]:
        rows = self._stored.to_table(filter=self._condition & condition)
        return [kept(record) for record in rows.sort_by(_ORDER).to_pylist()]


def mended(rejects: Sequence[Kept], cells: Mapping[str, str]) -> list[Kept]:
    """Rejects with their whole rows as they should be; a row's cells are mended together.

    Args:
        rejects: All rejects of the rows.
        cells: Identifier of a reject → what its column should hold.
    """
    rows: dict[tuple[str, int], dict[str, str | None]] = {}
    for reject in rejects:
        row = rows.setdefault(reject.place, dict(reject.raw))
        if reject.reject_id in cells and reject.column in reject.raw:
            row[str(reject.column)] = cells[reject.reject_id]
    return [replace(reject, raw=rows[reject.place]) for reject in rejects]


def _equal(wanted: Mapping[str, str | None], *, empty: bool = False) -> pc.Expression:
    """The condition that columns have these values; None asks for nothing, or for what is empty."""
    condition = pc.scalar(value=True)
    for column, value in wanted.items():
        if value is not None:
            condition &= pc.field(column) == value
        elif empty:
            condition &= pc.field(column).is_null()
    return condition


def _group(record: Mapping[str, object]) -> Group:
    template, table, column = (str(record[name]) if record[name] is not None else None for name in _SAME)
    key = hashlib.sha256(json.dumps([template, table, column]).encode()).hexdigest()[:16]
    reason = unpacked(str(template), str(record["values_first"]))
    count, left_empty = (int(str(record[name])) for name in ("kept_count", "kept_sum"))
    return Group(key, str(table), column, reason, str(template), count, left_empty)
