"""The portable subset of Ibis: few words, each learnt from an engine that answered wrongly in silence.

Booleans are never cast or subtracted (`flag`), shares are float64 (`ratio`), durations are
differences of epoch seconds (`seconds`), there are no time zones in the engine, windows are
ordered by a unique key, and nothing ranks, approximates or sorts inside an aggregate.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from latido.model import Column, Table, Type
from latido.model.table import SYSTEM

# Ibis would fold steps into one another in Python, for as long as all else takes together; engines do it themselves.
ibis.options.sql.fuse_selects = False

_IBIS = {
    Type.TEXT: "string",
    Type.INTEGER: "int64",
    Type.NUMBER: "float64",
    Type.BOOLEAN: "boolean",
    Type.INSTANT: "timestamp(6)",
    Type.DATE: "date",
}


def flag(condition: Any) -> Any:
    """1 where the condition holds, else 0 (also where it is unknown)."""
    return ibis.ifelse(condition.fill_null(False), 1, 0).cast("int64")


def ratio(a: Any, b: Any) -> Any:
    """A ÷ b in float64."""
    return a.cast("float64") / b.cast("float64")


def epoch(instant: Any) -> Any:
    """Whole seconds since 1970; DuckDB's own would keep the fractions."""
    return instant.epoch_seconds() // 1


def seconds(start: Any, end: Any) -> Any:
    """Whole seconds from one instant to another."""
    return epoch(end) - epoch(start)


def when(condition: Any, value: Any) -> Any:
    """The value where the condition holds, else null."""
    return ibis.ifelse(condition, value, ibis.null(value.type()))


def first_known(*values: Any) -> Any:
    """The first of them that is not null."""
    return ibis.coalesce(*values)


def digest(text: Any) -> Any:
    """A number of 64 bits that stands for a text: grouping by it takes a third of the time and memory.

    Spark's own `hash` has 32 bits, with which some of a hundred thousand customers would be taken for
    one; DuckDB's reaches Ibis by way of a string of bits.
    """
    own = {"pyspark": _xxhash64, "duckdb": _hash}.get(text.get_backend().name)
    return own(text) if own else text.hash()


@ibis.udf.scalar.builtin(name="xxhash64", signature=(("string",), "int64"))  # type: ignore[untyped-decorator]
def _xxhash64(text: Any) -> Any: ...


@ibis.udf.scalar.builtin(name="hash", signature=(("string",), "uint64"))  # type: ignore[untyped-decorator]
def _hash(text: Any) -> Any: ...


def scattered(text: Any, among: int) -> Any:
    """A whole number from 0 up to `among`, by the text's MD5: drawn alike by every engine and version of it.

    Args:
        text: What is drawn; with another ending it has another number, which has nothing to do with this one.
        among: A power of two, so that all numbers are equally frequent.
    """
    if among < 2 or among & (among - 1):
        raise ValueError(among)
    hashed = _md5(text)
    codes = [hashed.substr(i, 1).ascii_str().cast("int64") for i in range((among.bit_length() + 2) // 4)]
    digits = [code - ibis.ifelse(code >= ord("a"), ord("a") - 10, ord("0")) for code in codes]
    return (sum(digit * 16**i for i, digit in enumerate(digits)) % among).cast("int64")


@ibis.udf.scalar.builtin(name="md5", signature=(("string",), "string"))  # type: ignore[untyped-decorator]
def _md5(text: Any) -> Any: ...


def missing(kind: Type) -> Any:
    """A typed null."""
    return ibis.null(_IBIS[kind])


def conform(table: Any | None, declared: Table) -> Any:
    """The table with every declared column in its type; absent ones are null, or their default.

    An absent table is an empty one, so that facts can be built from whatever there is.
    """
    if table is None:
        return empty({c.name: c.type for c in (*declared.columns, *SYSTEM)})
    plain = in_utc(table)
    lacking = {c.name: _absent(c) for c in declared.columns if c.name not in table.columns}
    other = {c.name: _IBIS[c.type] for c in declared.columns if c.name in plain.columns and _differs(plain, c)}
    return plain.mutate(**lacking, **{c: plain[c].cast(kind) for c, kind in other.items()})


def in_utc(table: Any) -> Any:
    """The table with instants as plain UTC ones, to the microsecond."""
    zoned = [n for n, t in table.schema().items() if t.is_timestamp() and (t.timezone or t.scale != 6)]
    return table.mutate(**{c: table[c].cast("timestamp(6)") for c in zoned}) if zoned else table


def empty(columns: Mapping[str, Type]) -> Any:
    """A table of no rows with these columns."""
    schema = ibis.schema({name: _IBIS[kind] for name, kind in columns.items()})
    return ibis.memtable(schema.to_pyarrow().empty_table())


def extras(table: Any) -> list[str]:
    """Names of the workspace's own columns (`x_…`)."""
    return [c for c in table.columns if c.startswith("x_")]


def join_columns(left: Any, right: Any, on: str, columns: Mapping[str, str], *, key: str | None = None) -> Any:
    """Left join that brings named columns of `right`; `columns` maps new name → right's name.

    Args:
        left: Keeps all its rows.
        right: At most one row per key.
        on: Key's name in `left`.
        columns: New name → name in `right`.
        key: Key's name in `right`, where it is another.
    """
    picked = right.select(_key=right[key or on], **{new: right[old] for new, old in columns.items()})
    return left.left_join(picked, left[on] == picked["_key"]).drop("_key")


def union_all(tables: list[Any]) -> Any:
    """All rows of all tables."""
    return reduce(lambda a, b: a.union(b), tables)


def _differs(table: Any, column: Column) -> bool:
    return bool(table[column.name].type().copy(nullable=True) != dt.dtype(_IBIS[column.type]))


def _absent(column: Column) -> Any:
    null = missing(column.type)
    return null if column.default is None else ibis.literal(column.default).cast(_IBIS[column.type])
