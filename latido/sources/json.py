"""JSON and JSON Lines as a sheet: nested objects become columns `a.b`, lists stay JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from latido.errors import UnsureError
from latido.i18n import Message, _
from latido.sources.json_parser import Parser
from latido.sources.open import open_text, read_json
from latido.sources.rows import as_text
from latido.sources.sheet import BrokenRow, Frame, Layout, Sheet
from latido.sources.source import Delivery

FRAME_ROWS = 20_000
SAMPLE = 1000


def read_json_sheet(file: Delivery, layout: Layout | None = None) -> Sheet:
    """Open a JSON file as a table.

    Raises:
        UnsureError: It holds several arrays of records.
    """
    given = layout or Layout()
    settled = given if given.records else replace(given, records=_only_array(file))

    def opened(columns: tuple[str, ...] | None) -> Iterator[Frame]:
        broken: list[BrokenRow] = []

        def keep(number: int, text: str, reason: Message) -> None:
            broken.append(BrokenRow(number, text, reason))

        records = read_json(file, settled.records, keep)
        while some := list(islice(records, FRAME_ROWS)):
            yield _frame(some, columns, tuple(broken))
            broken.clear()
        if broken:
            yield Frame(pa.table({}), np.empty(0, np.int64), tuple(broken))

    sample = islice(read_json(file, settled.records, lambda *_broken: None), SAMPLE)
    names = dict.fromkeys(name for _n, record in sample for name in flat(record))
    return Sheet(file, tuple(names), settled, opened, open_ended=True)


def flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, str | None]:
    """A record as text cells, nested objects spread out."""
    cells: dict[str, str | None] = {}
    for name, value in record.items():
        if isinstance(value, dict) and value:
            cells.update(flat(value, f"{prefix}{name}."))
        else:
            cells[prefix + name] = as_text(value)
    return cells


def _frame(
    records: list[tuple[int, dict[str, Any]]], columns: tuple[str, ...] | None, broken: tuple[BrokenRow, ...]
) -> Frame:
    rows = [flat(record) for _n, record in records]
    names = columns or tuple(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
    return Frame(table, np.array([n for n, _record in records], dtype=np.int64), broken)


def _only_array(file: Delivery) -> str | None:
    with open_text(file) as text:
        arrays = Parser(text, file.name).arrays()
    if len(arrays) < 2:
        return next(iter(arrays), None)
    listed = ", ".join(f"{name} ({count})" for name, count in arrays.items())
    raise UnsureError(
        _("{file} holds several lists of records: {lists}.", file=file.name, lists=listed),
        _("Say which in a mapping file: {line}", line=f"records = {json.dumps(next(iter(arrays)))}"),
    )
