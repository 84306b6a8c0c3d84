"""`/tables/{name}`: canonical tables and facts, whole, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Path, Query, Response
from pydantic import BaseModel

from latido.api.call import Asking
from latido.api.groups import DATA
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Cursor, Order, Page, Pages, begin, leaf
from latido.api.proposals import Row
from latido.api.questions import Name, field
from latido.api.records import sheet
from latido.api.within import within
from latido.errors import FieldError, UnknownNameError
from latido.facts.catalog import FACTS
from latido.i18n import _
from latido.model import TABLES

if TYPE_CHECKING:
    from latido.api.call import Call

PLACE = "_place"
TableName = Annotated[str, Path(description=_("A canonical table or facts").template)]


class Wanted(Pages):
    """Which rows are wanted."""

    as_of: Name | None = about(
        _("The data as they were: a version's number, a day (at its end) or an instant"), default=None
    )


class ColumnOf(BaseModel):
    """A column of a table."""

    name: str = about(_("Its name"))
    type: str = about(_("Its type: string, int64, float64, boolean, timestamp(6) in UTC, date"))


class TableRows(Page):
    """Rows of a table."""

    table: str = about(_("The table"))
    columns: list[ColumnOf] = about(_("Its columns, in order"))
    items: list[Row] = about(_("Its rows, in the order of its key"))


def rows(call: Asking, name: TableName, said: Annotated[Wanted, Query()]) -> TableRows | Response:
    """The rows of a table."""
    if name not in TABLES and name not in FACTS:
        raise UnknownNameError.among(_("table"), name, (*TABLES, *FACTS))
    key = TABLES[name].key if name in TABLES else FACTS[name].key
    at = _begin(call, said, len(key))
    call.tag(at, said)
    tables = call.workspace.tables(at.version)
    with call.answers.engine:  # facts that are not kept are derived here
        chosen = within(name, tables, call.asker.teams)
    order = tuple(Order(f"{PLACE}{i}") for i in range(len(key)))
    # Facts may have keys with gaps and of any type; as texts they have an order, too.
    texts = {one.column: chosen[column].cast("string").fill_null("") for one, column in zip(order, key, strict=True)}
    found = leaf(call, at, chosen.mutate(**texts), order, said.limit)
    call.record("table.exported", f"{name} {at.version}")
    columns = [ColumnOf(name=n, type=str(kind)) for n, kind in chosen.schema().items()]
    if call.wants_csv:
        return sheet([column.name for column in columns], found.items, name, call.head)
    items = [{n: value for n, value in row.items() if not n.startswith(PLACE)} for row in found.items]
    return TableRows(table=name, columns=columns, items=items, next=found.next, version=at.version)


def _begin(call: Call, said: Wanted, keys: int) -> Cursor:
    if said.cursor is None:
        with field("as_of"):
            return Cursor(call.answers.version(said.as_of), ())
    if said.as_of is not None:
        raise FieldError("as_of", _("The cursor says the version already."))
    kinds: list[Any] = [str] * keys
    return begin(call, said, *kinds)


OPERATIONS = (
    Operation(
        "GET", "/tables/{name}", rows, "export", DATA,
        _("A table"),
        _("All rows of a canonical table (tickets, answers, …) or of facts (ticket_facts, …), page by page, in the "
          "order of its key; as JSON, or with “Accept: text/csv” as a sheet. What employees answered is not among it, "
          "and a lead gets the rows of their teams."),
        TableRows, errors=(404,), tagged=True, csv=True, example="/tables/ticket_facts?limit=1000",
    ),
)  # fmt: skip
