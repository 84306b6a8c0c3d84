"""Rows of the lake as JSON: shapes taken from the declarations of the tables, instants in UTC, nothing for NaN."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import BaseModel, create_model
from starlette.responses import Response

from latido.api.meaning import about
from latido.api.proposals import Cell, Row
from latido.i18n import _
from latido.model.table import EXTRA_PREFIX, Type

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.model.table import Column, Table

_PYTHON: dict[Type, Any] = {
    Type.TEXT: str,
    Type.INTEGER: int,
    Type.NUMBER: float,
    Type.BOOLEAN: bool,
    Type.INSTANT: datetime,
    Type.DATE: date,
}


class Record(BaseModel):
    """What every record says besides the columns that its table declares."""

    updated: datetime | None = about(_("When the source last changed it"), default=None)
    source: str | None = about(_("Format or system that it came from"), default=None)
    extra: dict[str, str | None] = about(_("Columns of one's own, by their names without x_"), default={})


def shape(name: str, table: Table) -> type[BaseModel]:
    """A record's shape, from the declaration of its table."""
    fields: dict[str, Any] = {column.name: _field(column) for column in table.columns}
    return create_model(name, __base__=Record, **fields)


def _field(column: Column) -> tuple[Any, Any]:
    kind = _PYTHON[column.type]
    return (kind, about(column.meaning)) if column.required else (kind | None, about(column.meaning, default=None))


def rows_of(call: Call, expression: Any) -> list[Row]:
    """What an expression gives, row by row; the asker waits for the engine."""
    with call.answers.engine:
        found = call.workspace.engine.arrow(expression)
    return [{name: cell(value) for name, value in row.items()} for row in found.to_pylist()]


def records_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a data frame."""
    names = [str(name) for name in frame.columns]
    rows = frame.itertuples(index=False)
    return [{name: cell(value) for name, value in zip(names, row, strict=True)} for row in rows]


def record(row: Mapping[str, Cell]) -> dict[str, Any]:
    """A row with the columns of one's own apart."""
    own = {n.removeprefix(EXTRA_PREFIX): value for n, value in row.items() if n.startswith(EXTRA_PREFIX)}
    return {**{n: value for n, value in row.items() if not n.startswith(EXTRA_PREFIX)}, "extra": own}


def cell(value: Any) -> Cell:
    """A value as JSON can say it; instants without a zone are in UTC."""
    if value is None or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime):
        return utc(value)
    found: Cell = value.item() if hasattr(value, "item") else value
    return found


def utc(moment: datetime) -> datetime:
    """An instant in UTC; one without a zone is in UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def sheet(names: Sequence[str], rows: Iterable[Mapping[str, Cell]], file: str, head: Mapping[str, str]) -> Response:
    """Rows as CSV: ISO instants, `true` and `false`, nothing for what is not known.

    Args:
        names: The columns.
        rows: What stands in them.
        file: What a browser calls the file.
        head: What else the answer's head says.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_text(row.get(name)) for name in names] for row in rows)
    named = {"Content-Disposition": f'attachment; filename="{file}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers={**head, **named})


def _text(value: Cell) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value)
