"""Canonical rows gathered one by one, for formats whose records are read in Python.

```python
rows = Rows(TICKETS, file)
for number, record in read_json(file, "tickets", broken=rows.broken):
    rows.add(number, raw=record, ticket_id=record["id"], created=record["created_at"])
    yield from rows.chunks()
yield rows.take()
```
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from latido.i18n import Message
from latido.model.table import Table, Type
from latido.model.validate import Invalid, left_empty, validate
from latido.sources.convert import NOT_A, truth
from latido.sources.source import Chunk, Delivery, Reject

CHUNK_ROWS = 50_000
FIRST_MILLISECONDS = 100_000_000_000  # as seconds this is the year 5138; as milliseconds 1973


@dataclass
class Rows:
    """Collects rows of one table from one file and hands them on as `Chunk`s.

    Values may be of the column's type or of what JSON has for it: stamps as ISO text or epoch
    seconds or milliseconds, numbers as text, anything as text. Empty text counts as missing.
    A value that fits its column in no way empties the cell, or rejects the row where the column
    is required or part of the key; both leave a `Reject`. Rows are validated on the way out.

    Attributes:
        table: Declaration of the rows.
        file: Where they come from.
        time_zone: Zone of stamps that carry no offset.
    """

    table: Table
    file: Delivery
    time_zone: tzinfo = UTC
    _rows: list[Mapping[str, Any]] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    _raw: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    _rejects: list[Reject] = field(default_factory=list)
    _lost: set[int] = field(default_factory=set)
    _read: int = 0
    _last: int = -1

    def add(self, row: int, /, *, raw: Mapping[str, Any] | None = None, **values: Any) -> None:
        """Add one canonical row.

        Args:
            row: Number of the foreign row in the file, from 1; several canonical rows may share it.
            raw: The foreign record, kept only to show it beside a reject.
            **values: Canonical columns, extras `x_…`, `updated`.
        """
        self._count(row)
        self._rows.append(values)
        self._numbers.append(row)
        if raw is not None:
            self._raw[row] = raw

    def reject(
        self,
        row: int,
        column: str | None,
        value: object,
        reason: Message,
        raw: Mapping[str, Any] | None = None,
        *,
        kept: bool = False,
    ) -> None:
        """Leave a foreign row out (or, `kept`, one value of it) and say why."""
        self._count(row)
        self._rejects.append(self._rejected(row, column, value, reason, raw, kept=kept))

    def broken(self, row: int, text: str, reason: Message) -> None:
        """Leave out a record that is not even readable: its text is kept as it stands."""
        self.reject(row, None, None, reason, {"": text})

    def chunks(self, every: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The rows so far as a chunk, once there are `every` of them; nothing before that."""
        if len(self._rows) + len(self._rejects) >= every:
            yield self.take()

    def take(self) -> Chunk:
        """Everything not yet handed on."""
        rows, invalid = validate(self.table, self._arrow())
        rejects = (*self._rejects, *(self._invalid(found) for found in invalid))
        chunk = Chunk(self.table.name, rows, rejects, self._read, self.file.digest)
        self._rows, self._numbers, self._raw, self._rejects, self._lost, self._read = [], [], {}, [], set(), 0
        return chunk

    def _count(self, row: int) -> None:
        if row != self._last:
            self._read, self._last = self._read + 1, row

    def _arrow(self) -> pa.Table:
        names = list(dict.fromkeys(name for row in self._rows for name in row))
        columns = {name: self._column(name) for name in names}
        rows = pa.table({**columns, "row": pa.array(self._numbers, pa.int64())})
        return rows.filter(pa.array([i not in self._lost for i in range(rows.num_rows)])) if self._lost else rows

    def _column(self, name: str) -> pa.Array:
        kind = self.table[name].type if name in self.table else Type.TEXT
        values = [row.get(name) for row in self._rows]
        whole = at_once(values, kind)
        if whole is not None:
            return whole
        return pa.array([self._cell(i, name, kind, value) for i, value in enumerate(values)], kind.arrow)

    def _cell(self, i: int, name: str, kind: Type, value: Any) -> Any:
        if value is None or value == "":
            return None
        try:
            return READERS[kind](value, self.time_zone)
        except (ValueError, TypeError, OverflowError):
            self._unreadable(i, name, value, NOT_A[kind](as_text(value)))
            return None

    def _unreadable(self, i: int, name: str, value: Any, reason: Message) -> None:
        kept = name not in self.table or not self.table.vital(name)
        if not kept:
            self._lost.add(i)
        reason = left_empty(reason) if kept else reason
        self._rejects.append(self._rejected(self._numbers[i], name, value, reason, None, kept=kept))

    def _rejected(
        self, row: int, column: str | None, value: object, reason: Message, raw: Mapping[str, Any] | None, *, kept: bool
    ) -> Reject:
        whole = as_texts(raw if raw is not None else self._raw.get(row, {}))
        return Reject(self.file.name, row, self.table.name, column, as_text(value), reason, whole, kept)

    def _invalid(self, found: Invalid) -> Reject:
        return self._rejected(found.row, found.column, found.value, found.reason, None, kept=found.kept)


def at_once(values: list[Any], kind: Type) -> pa.Array | None:
    """A column of texts, or of stamps that say their offset, in one go; None where one value is otherwise."""
    if kind not in {Type.TEXT, Type.INSTANT}:
        return None
    try:
        texts = pa.array(values, pa.string())
        return pc.if_else(pc.equal(texts, ""), None, texts).cast(kind.arrow)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        return None


def as_text(value: object) -> str | None:
    """A JSON value as text: objects and lists as JSON, truth as true and false."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool | dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def as_texts(record: Mapping[str, Any]) -> dict[str, str | None]:
    """A foreign record as text, name by name."""
    return {str(name): as_text(value) for name, value in record.items()}


def _text(value: Any, _zone: tzinfo) -> str:
    # JSON can spell half of an emoji, which is no character.
    return str(as_text(value)).encode(errors="replace").decode()


def _number(value: Any, _zone: tzinfo) -> float:
    if isinstance(value, bool):
        raise TypeError(value)
    return float(value)


def _integer(value: Any, _zone: tzinfo) -> int:
    number = _number(value, _zone)
    if not number.is_integer():
        raise ValueError(value)
    return int(number)


def _boolean(value: Any, _zone: tzinfo) -> bool:
    if isinstance(value, bool):
        return value
    found = truth(str(value).strip())
    if found is None:
        raise ValueError(value)
    return found


def _instant(value: Any, zone: tzinfo) -> datetime:
    if isinstance(value, bool):
        raise TypeError(value)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000 if abs(value) >= FIRST_MILLISECONDS else value, UTC)
    stamp = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=zone)).astimezone(UTC)


def _date(value: Any, _zone: tzinfo) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else datetime.fromisoformat(str(value).strip()).date()


READERS = {
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.INTEGER: _integer,
    Type.BOOLEAN: _boolean,
    Type.INSTANT: _instant,
    Type.DATE: _date,
}
