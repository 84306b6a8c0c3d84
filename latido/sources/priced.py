"""Amounts that state no currency take the workspace's, once, when they come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from latido.model import TABLES

if TYPE_CHECKING:
    from latido.sources.source import Chunk

AMOUNT, CURRENCY = "amount", "currency"
PRICED = frozenset(t.name for t in TABLES.values() if {AMOUNT, CURRENCY} <= {column.name for column in t.columns})


def priced(chunks: Iterable[Chunk], currency: str) -> Iterator[Chunk]:
    """The chunks with a currency wherever there is an amount.

    Args:
        chunks: As a source reads them.
        currency: Of amounts that state none; empty to leave it open.
    """
    for chunk in chunks:
        open_ = currency and chunk.table in PRICED and AMOUNT in chunk.rows.column_names
        yield replace(chunk, rows=_with_currency(chunk.rows, currency)) if open_ else chunk


def _with_currency(rows: pa.Table, currency: str) -> pa.Table:
    if CURRENCY not in rows.column_names:
        rows = rows.append_column(CURRENCY, pa.nulls(rows.num_rows, pa.string()))
    stated = rows[CURRENCY].cast(pa.string())
    bare = pc.and_(pc.is_null(stated), pc.is_valid(rows[AMOUNT]))
    return rows.set_column(rows.column_names.index(CURRENCY), CURRENCY, pc.if_else(bare, currency, stated))
