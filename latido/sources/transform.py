"""Applying a mapping to a frame: foreign columns in, canonical rows and rejects out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.i18n import Message, _
from latido.model.table import Table, Type
from latido.model.validate import left_empty, validate
from latido.sources.convert import BLANK, NOT_A, UTC, Reading, clean, convert, impaired, translated
from latido.sources.dates import as_text
from latido.sources.mapping import Condition, Mapping, Rule, TableMap
from latido.sources.numbers import Sign
from latido.sources.scales import normal
from latido.sources.sheet import BrokenRow, Frame
from latido.sources.source import Chunk, Delivery, Options, Original, Reject
from latido.sources.stamps import Order
from latido.sources.vocabulary import allowed_values, canonical
from latido.sources.zones import zone

DIGEST = 12
TOTALS = frozenset(
    {"total", "totals", "grand total", "subtotal", "sum", "totales", "total general", "suma", "suma total"}
)


@dataclass(frozen=True)
class Context:
    """What holds for a whole file.

    Attributes:
        file: The file.
        time_zone: Zone of stamps without offset.
        missing: Marks for nothing besides the usual ones.
        dates: Order of day and month where a rule says nothing.
        decimal: Decimal sign where a rule says nothing.
        originals: Mended rows by number, as they were delivered.
    """

    file: Delivery
    time_zone: ZoneInfo = UTC
    missing: tuple[str, ...] = ()
    dates: Order | None = None
    decimal: Sign = "."
    originals: Dict[int, Original] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Delivery, mapping: Mapping, options: Options) -> Context:
        """What a mapping and the workspace say about a file."""
        time_zone = zone(mapping.time_zone) if mapping.time_zone else options.time_zone
        return cls(file, time_zone, mapping.missing, mapping.dates, mapping.decimal or ".", options.originals)


def draw(frame: Frame, mapping: Mapping, context: Context) -> Iterator[Chunk]:
    """One chunk for each table of the mapping; rows that no table can have are rejected by the first."""
    frame = without_strays(frame)
    broken = tuple(_broken(row, mapping.tables[0].table, context.file) for row in frame.broken)
    drawn: dict[str, np.ndarray] = {}
    for part in mapping.tables:
        counting = _counting(frame, part.where, context)
        chunk = _draw_one(counting, part, context)
        before = drawn.get(part.table, _NO_ROWS)
        drawn[part.table] = np.union1d(before, counting.numbers) if before.size else counting.numbers
        # A row of which several records are made is read once.
        read = drawn[part.table].size - before.size + len(broken)
        yield replace(chunk, rejects=(*broken, *chunk.rejects), read=read)
        broken = ()


@dataclass
class _Drawing:
    """One canonical table being drawn from one frame."""

    frame: Frame
    part: TableMap
    table: Table
    context: Context
    lost: np.ndarray
    rejects: list[Reject] = field(default_factory=list)

    def chunk(self) -> Chunk:
        columns = {name: self._column(name, rule) for name, rule in self.part.columns.items()}
        rows = pa.table({**columns, "row": pa.array(self.frame.numbers, pa.int64())})
        good, invalid = validate(self.table, rows.filter(pa.array(~self.lost)) if self.lost.any() else rows)
        for found in invalid:
            i = int(np.searchsorted(self.frame.numbers, found.row))
            self._reject(i, found.column, found.value, found.reason, kept=found.kept)
        read = len(self.frame.numbers)
        return Chunk(self.table.name, good, tuple(self.rejects), read, self.context.file.digest)

    def _column(self, name: str, rule: Rule) -> pa.Array:
        kind = self.table[name].type if name in self.table else Type.TEXT
        given = self._in_canonical_words(name, cells(self.frame, rule, self.context))
        values, unreadable = convert(given, self._reading(kind, rule))
        for i in unreadable.tolist():
            self._unreadable(i, name, str(given[i].as_py()), kind)
        if kind is Type.TEXT:
            for i in impaired(given).tolist():
                self._reject(i, name, None, _IMPAIRED, kept=True)
        return _finished(values, rule, kind)

    def _in_canonical_words(self, name: str, given: pa.Array) -> pa.Array:
        declared = self.table[name].allowed if name in self.table else ()
        kind = self.part.columns["kind"].constant if "kind" in self.part.columns else None
        allowed = allowed_values(self.table.name, name, declared, kind)
        return canonical(text(given), allowed) if allowed else given

    def _reading(self, kind: Type, rule: Rule) -> Reading:
        context = self.context
        return Reading(kind, rule.dates or context.dates, rule.decimal or context.decimal, context.time_zone)

    def _unreadable(self, i: int, name: str, value: str, kind: Type) -> None:
        vital = name in self.table and self.table.vital(name)
        self.lost[i] |= vital
        reason = NOT_A[kind](value)
        self._reject(i, name, value, reason if vital else left_empty(reason), kept=not vital)

    def _reject(self, i: int, name: str, value: str | None, reason: Message, *, kept: bool) -> None:
        rule = self.part.columns.get(name, Rule())
        column = rule.foreign[0] if len(rule.foreign) == 1 else name
        raw = _raw(self.frame, i)
        # What stood in the file says more than what was made of it.
        value = raw.get(column, value) if rule.split is None else value
        number = int(self.frame.numbers[i])
        self.rejects.append(Reject(self.context.file.name, number, self.table.name, column, value, reason, raw, kept))


_NO_ROWS = np.empty(0, dtype=np.int64)
_IMPAIRED = _("It holds characters that cannot be read; they are shown as “�” or left out.")


def _draw_one(counting: Frame, part: TableMap, context: Context) -> Chunk:
    lost = np.zeros(len(counting.numbers), dtype=bool)
    return _Drawing(counting, part, part.canonical, context, lost).chunk()


def _finished(values: pa.Array, rule: Rule, kind: Type) -> pa.Array:
    if rule.times != 1 and kind in {Type.NUMBER, Type.INTEGER}:
        return pc.multiply(values.cast(pa.float64()), rule.times).cast(kind.arrow, safe=False)
    if kind is Type.TEXT and (rule.prefix or rule.suffix):
        return pc.binary_join_element_wise(rule.prefix, values, rule.suffix, "")
    return values


def cells(frame: Frame, rule: Rule, context: Context) -> pa.Array:
    """The foreign cells of a rule, cleaned, cut, put together and translated, not yet converted."""
    values = _origin(frame, rule, context)
    if rule.split is not None:
        values = clean(_piece(text(values), rule.split, rule.part), context.missing)
    if rule.values or rule.otherwise is not None:
        values = translated(values, rule.values.items(), rule.otherwise)
    return values if rule.default is None else _filled(values, rule.default)


def _origin(frame: Frame, rule: Rule, context: Context) -> pa.Array:
    if rule.column is not None:
        return _foreign(frame, rule.column, context)
    if rule.columns:
        return pc.binary_join_element_wise(*(text(_foreign(frame, c, context)) for c in rule.columns), rule.join)
    if rule.first:
        return pc.coalesce(*(text(_foreign(frame, c, context)) for c in rule.first))
    if rule.row_number:
        numbers = pa.array(frame.numbers, pa.int64()).cast(pa.string())
        named = pc.binary_join_element_wise(context.file.digest[:DIGEST], numbers, "-")
        return _as_delivered(named, frame, context, lambda row: f"{row.delivery[:DIGEST]}-{row.row}")
    if rule.fingerprint:
        return _as_delivered(fingerprints(frame.rows), frame, context, lambda row: _digest(_joined(row)))
    return pa.repeat(pa.scalar(rule.constant), len(frame.numbers))


def fingerprints(rows: pa.Table) -> pa.Array:
    """A digest of each whole row, 64 bits in hexadecimal."""
    columns = [text(column.combine_chunks()) for column in rows.columns]
    whole = pc.binary_join_element_wise(*columns, "\x1f", null_handling="replace", null_replacement="")
    return pa.array([_digest(row) for row in whole.to_pylist()], pa.string())


def _digest(row: str) -> str:
    return hashlib.blake2b(row.encode(), digest_size=8).hexdigest()


def _joined(row: Original) -> str:
    return "\x1f".join(cell or "" for cell in row.raw.values())


def _as_delivered(names: pa.Array, frame: Frame, context: Context, call: Callable[[Original], str]) -> pa.Array:
    """The names of rows; mended ones keep those under which they came, so that they replace what they mend."""
    if not context.originals:
        return names
    came = (context.originals.get(int(number)) for number in frame.numbers)
    return pa.array(
        [call(row) if row else name for row, name in zip(came, names.to_pylist(), strict=True)], pa.string()
    )


def _foreign(frame: Frame, name: str, context: Context) -> pa.Array:
    if name not in frame.rows.column_names:
        return pa.nulls(len(frame.numbers), pa.string())
    return clean(frame.rows[name].combine_chunks(), context.missing)


def text(values: pa.Array) -> pa.Array:
    """Any cells as text."""
    return values if pa.types.is_string(values.type) else as_text(values)


def _piece(texts: pa.Array, mark: str, part: int) -> pa.Array:
    """The `part`-th piece of each text; null where there are not so many."""
    pieces = pc.split_pattern(texts, mark)
    count = np.asarray(pc.fill_null(pc.list_value_length(pieces), 0))
    ends = np.cumsum(count)
    places = ends - count + part - 1 if part > 0 else ends + part
    return pieces.flatten().take(pa.array(places, mask=count < abs(part)))


def _filled(values: pa.Array, default: object) -> pa.Array:
    if pa.types.is_string(values.type) and not isinstance(default, str):
        default = str(default).lower()
    return pc.fill_null(values, default)


def _counting(frame: Frame, where: tuple[Condition, ...], context: Context) -> Frame:
    """The rows for which all conditions hold."""
    if not where:
        return frame
    holds = np.ones(len(frame.numbers), dtype=bool)
    for condition in where:
        holds &= np.asarray(_holding(text(_foreign(frame, condition.column, context)), condition))
    return replace(frame, rows=frame.rows.filter(pa.array(holds)), numbers=frame.numbers[holds])


def _holding(texts: pa.Array, condition: Condition) -> pa.Array:
    holds = pa.repeat(pa.scalar(value=True), len(texts))
    if condition.equals:
        holds = pc.and_(holds, pc.is_in(texts, value_set=pa.array(condition.equals)))
    if condition.other_than:
        holds = pc.and_not(holds, pc.is_in(texts, value_set=pa.array(condition.other_than)))
    if condition.filled is not None:
        holds = pc.and_(holds, pc.equal(pc.is_valid(texts), condition.filled))
    return holds


def without_strays(frame: Frame) -> Frame:
    """The frame without rows that are no data: the header come again, totals below."""
    if not frame.rows.num_columns or not pa.types.is_string(frame.rows.schema[0].type):
        return frame
    first = frame.rows[0].combine_chunks()
    suspects = pc.is_in(pc.utf8_lower(clean(first)), value_set=pa.array([frame.rows.column_names[0].lower(), *TOTALS]))
    found: list[tuple[int, Message]] = []
    for i in pc.indices_nonzero(suspects.fill_null(fill_value=False)).to_pylist():
        reason = _stray(_raw(frame, i))
        if reason is not None:
            found.append((i, reason))
    if not found:
        return frame
    keep = np.ones(len(frame.numbers), dtype=bool)
    keep[[i for i, _reason in found]] = False
    broken = tuple(BrokenRow(int(frame.numbers[i]), _line(frame, i), reason) for i, reason in found)
    return Frame(frame.rows.filter(pa.array(keep)), frame.numbers[keep], (*frame.broken, *broken))


def _stray(row: Dict[str, str | None]) -> Message | None:
    filled = {name: cell.strip(BLANK) for name, cell in row.items() if cell and cell.strip(BLANK)}
    first = next(iter(row))
    if all(name.startswith(cell) for name, cell in filled.items()) and len(filled) > 1:
        return _("The row repeats the header.")
    if normal(filled.get(first, "")) in TOTALS and 2 * len(filled) <= len(row) + 1:
        return _("The row holds totals.")
    return None


def _line(frame: Frame, i: int) -> str:
    return ", ".join(cell or "" for cell in _raw(frame, i).values())


def _raw(frame: Frame, i: int) -> dict[str, str | None]:
    """A foreign row as text."""
    row = frame.rows.slice(i, 1).to_pylist()[0]
    return {name: None if cell is None else str(cell) for name, cell in row.items()}


def _broken(row: BrokenRow, table: str, file: Delivery) -> Reject:
    return Reject(file.name, row.number, table, None, None, row.reason, {"": row.text})
