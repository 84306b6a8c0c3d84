"""What may stand in a canonical row, checked column by column.

A row that lacks what it cannot do without, or contradicts itself, is left out. A value that is
wrong in an optional column is emptied and the row is kept. Both are reported, one `Invalid` each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.i18n import Message, _
from latido.model.table import EXTRA_PREFIX, SYSTEM, Column, Table, Type

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
ZERO_TO_TEN = ("nps", "enps")


@dataclass(frozen=True)
class Invalid:
    """A row left out, or a value emptied.

    Attributes:
        row: Its number in the file (the column `row`), or its position where there is none, from 1.
        column: Canonical column to blame.
        value: The offending value as text.
        reason: Why.
        kept: The row was kept and only this value emptied.
    """

    row: int
    column: str
    value: str | None
    reason: Message
    kept: bool = False


@dataclass(frozen=True)
class _Finding:
    column: str
    bad: pa.ChunkedArray
    reason: Callable[[pa.Table, int], Message]
    kept: bool = False


def validate(table: Table, rows: pa.Table) -> tuple[pa.Table, list[Invalid]]:
    """Check rows against their table's declaration.

    Args:
        table: The declaration.
        rows: Any subset of its columns in their canonical types, extra columns `x_…`, system columns.

    Returns:
        The good rows with the table's full schema (defaults filled, extras kept), and what was
        wrong with the others. Validating good rows again changes nothing.
    """
    rows = _with_scale(_with_defaults(table, complete(table, rows)))
    good = pa.chunked_array([pa.repeat(pa.scalar(value=True), rows.num_rows)])
    invalid: list[Invalid] = []
    for rule in (_instants, _allowed, _limits, _required, _order, _on_scale):
        for finding in rule(table, rows):
            bad = pc.and_(pc.fill_null(finding.bad, fill_value=False), good)
            if not pc.any(bad, min_count=0).as_py():
                continue
            invalid += _report(rows, finding, bad)
            if finding.kept:
                rows = _emptied(rows, finding.column, bad)
            else:
                good = pc.and_not(good, bad)
    invalid.sort(key=lambda found: found.row)
    return (rows if pc.all(good, min_count=0).as_py() else rows.filter(good)), invalid


def complete(table: Table, rows: pa.Table) -> pa.Table:
    """The rows with every column of the table's schema, missing ones empty, in its order and types.

    Raises:
        KeyError: The rows have a column that the table does not.
    """
    extras = [name for name in rows.column_names if name.startswith(EXTRA_PREFIX)]
    schema = table.schema(extras)
    strange = set(rows.column_names) - set(schema.names)
    if strange:
        raise KeyError(f"{table.name} has no column {', '.join(sorted(strange))}")
    have = set(rows.column_names)
    columns = [
        rows[f.name].cast(f.type) if f.name in have else pa.chunked_array([pa.nulls(rows.num_rows, f.type)])
        for f in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _with_defaults(table: Table, rows: pa.Table) -> pa.Table:
    for column in table.columns:
        if column.default is not None and rows[column.name].null_count:
            rows = _replaced(rows, column.name, pc.fill_null(rows[column.name], column.default))
    return rows


def _with_scale(rows: pa.Table) -> pa.Table:
    """Recommendation questions are asked from 0 to 10 unless the row says otherwise."""
    if "scale_high" not in rows.column_names or not pc.any(pc.is_valid(rows["kind"]), min_count=0).as_py():
        return rows
    unsaid = pc.and_(pc.is_null(rows["scale_low"]), pc.is_null(rows["scale_high"]))
    fill = pc.and_(unsaid, pc.is_in(rows["kind"], value_set=pa.array(ZERO_TO_TEN)))
    rows = _replaced(rows, "scale_low", pc.if_else(fill, 0.0, rows["scale_low"]))
    return _replaced(rows, "scale_high", pc.if_else(fill, 10.0, rows["scale_high"]))


def _required(table: Table, rows: pa.Table) -> Iterator[_Finding]:
    for column in table.columns:
        if column.required:
            empty = pc.is_null(rows[column.name])
            if column.type is Type.TEXT:
                empty = pc.or_(empty, pc.equal(pc.fill_null(rows[column.name], ""), ""))
            yield _Finding(column.name, empty, _missing(column))


def _missing(column: Column) -> Callable[[pa.Table, int], Message]:
    return lambda _rows, _i: _("“{column}” is missing.", column=column.name)


def _allowed(table: Table, rows: pa.Table) -> Iterator[_Finding]:
    for column in table.columns:
        if column.allowed:
            values = rows[column.name]
            known = pc.is_in(values, value_set=pa.array(column.allowed))
            yield _Finding(
                column.name, pc.and_not(pc.is_valid(values), known), _not_allowed(column), not table.vital(column.name)
            )


def _not_allowed(column: Column) -> Callable[[pa.Table, int], Message]:
    allowed = ", ".join(column.allowed)
    return lambda rows, i: _("“{value}” is not one of: {allowed}.", value=rows[column.name][i].as_py(), allowed=allowed)


def _limits(table: Table, rows: pa.Table) -> Iterator[_Finding]:
    for column in table.columns:
        values = rows[column.name]
        if column.type is Type.NUMBER:
            yield _Finding(
                column.name, pc.invert(pc.is_finite(values)), _not_a_number(column), not table.vital(column.name)
            )
        if column.low is not None:
            yield _Finding(column.name, pc.less(values, column.low), _below(column), not table.vital(column.name))
        if column.high is not None:
            yield _Finding(column.name, pc.greater(values, column.high), _above(column), not table.vital(column.name))


def _not_a_number(column: Column) -> Callable[[pa.Table, int], Message]:
    return lambda rows, i: _("“{value}” is not a number.", value=str(rows[column.name][i].as_py()))


def _below(column: Column) -> Callable[[pa.Table, int], Message]:
    return lambda rows, i: _("{value} is below {low}.", value=rows[column.name][i].as_py(), low=column.low)


def _above(column: Column) -> Callable[[pa.Table, int], Message]:
    return lambda rows, i: _("{value} is above {high}.", value=rows[column.name][i].as_py(), high=column.high)


def _instants(table: Table, rows: pa.Table) -> Iterator[_Finding]:
    low, high = pa.scalar(EARLIEST, Type.INSTANT.arrow), pa.scalar(LATEST, Type.INSTANT.arrow)
    for column in (*table.columns, *SYSTEM):
        if column.type is Type.INSTANT:
            values = rows[column.name]
            outside = pc.or_(pc.less(values, low), pc.greater_equal(values, high))
            yield _Finding(column.name, outside, _out_of_time(column), not table.vital(column.name))


def _out_of_time(column: Column) -> Callable[[pa.Table, int], Message]:
    return lambda rows, i: _("{instant} lies outside the years 1970 to 2099.", instant=as_text(rows[column.name][i]))


def _order(table: Table, rows: pa.Table) -> Iterator[_Finding]:
    for earlier, later in table.order:
        yield _Finding(later, pc.less(rows[later], rows[earlier]), _out_of_order(earlier, later))


def _out_of_order(earlier: str, later: str) -> Callable[[pa.Table, int], Message]:
    return lambda rows, i: _(
        "“{later}” ({end}) is before “{earlier}” ({start}).",
        later=later,
        end=as_text(rows[later][i]),
        earlier=earlier,
        start=as_text(rows[earlier][i]),
    )


def _on_scale(table: Table, rows: pa.Table) -> Iterator[_Finding]:
    """An answer off its scale is no answer to that question: the row goes, not only its score."""
    if "scale_high" in table:
        score, low, high = rows["score"], rows["scale_low"], rows["scale_high"]
        off = pc.or_kleene(pc.less(score, low), pc.greater(score, high))
        yield _Finding("score", off, _off_scale)


def _off_scale(rows: pa.Table, i: int) -> Message:
    return _(
        "{value} is not on the scale from {low} to {high}.",
        value=rows["score"][i].as_py(),
        low=rows["scale_low"][i].as_py(),
        high=rows["scale_high"][i].as_py(),
    )


def _report(rows: pa.Table, finding: _Finding, bad: pa.ChunkedArray) -> Iterator[Invalid]:
    numbers = rows["row"]
    for i in pc.indices_nonzero(bad).to_pylist():
        reason = finding.reason(rows, i)
        yield Invalid(
            row=numbers[i].as_py() or i + 1,
            column=finding.column,
            value=as_text(rows[finding.column][i]),
            reason=left_empty(reason) if finding.kept else reason,
            kept=finding.kept,
        )


def left_empty(reason: Message) -> Message:
    """The reason, with what became of the row."""
    return _("{reason} The value was left empty and the row kept.", reason=reason)


def as_text(value: pa.Scalar) -> str | None:
    """A value as people read it in a list of rejects; instants without needless fractions."""
    if not value.is_valid:
        return None
    if pa.types.is_timestamp(value.type):
        return _instant_text(value)
    return str(value.as_py())


def _instant_text(value: pa.Scalar) -> str:
    # numpy, because the years 0 and 9999 have to be shown too.
    return str(np.datetime64(value.value, value.type.unit).astype("datetime64[s]")).replace("T", " ")


def _emptied(rows: pa.Table, name: str, where: pa.ChunkedArray) -> pa.Table:
    return _replaced(rows, name, pc.if_else(where, pa.scalar(None, rows.schema.field(name).type), rows[name]))


def _replaced(rows: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), rows.schema.field(name), values)
