"""`/metrics/{name}/trace`: the rows behind figures, each with the reason why it counts or not."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from latido.api.call import Asking
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Cursor, Page, Pages, begin, lead_on
from latido.api.proposals import Row
from latido.api.questions import MetricName, Name, Rows, blamed, understood
from latido.api.records import records_of, sheet
from latido.errors import FieldError
from latido.i18n import _


class Wanted(Pages, Rows):
    """Which rows are wanted."""

    counted: bool | None = about(_("Only those that count, or only those left out"), default=None)
    search: Name = about(_("Only those whose key begins with this"), default="")


class Traced(Page):
    """Rows behind figures."""

    items: list[Row] = about(
        _("The rows, the latest first: `counted`, `left_out` (why not), the key, the dimensions asked for, `value`")
    )
    all: int = about(_("How many rows there are"))
    counted: int = about(_("How many of them count"))


def rows(call: Asking, name: MetricName, said: Annotated[Wanted, Query()]) -> Traced | Response:
    """The rows behind a question's figures."""
    place = begin(call, said, *([int] if said.cursor else []))
    if said.cursor and said.as_of:
        raise FieldError("as_of", _("The cursor says the version already."))
    asked = understood(call, name, said.model_copy(update={"as_of": str(place.version)} if said.cursor else {}))
    first = int(place.after[0]) if place.after else 0
    call.tag(asked.query, asked.version, first, said.limit, said.counted, said.search)
    with blamed(asked.query), call.answers.engine:
        found = call.workspace.rows(asked.query, asked.version, counted=said.counted, search=said.search, first=first,
                                    most=said.limit)  # fmt: skip
    call.record("rows.exported", f"{name} {asked.version}")
    there = {None: found.all, True: found.counted, False: found.all - found.counted}[said.counted]
    after = first + said.limit
    following = lead_on(call, Cursor(asked.version, (after,)) if after < there else None)
    items = records_of(found.rows)
    if call.wants_csv:
        return sheet([str(c) for c in found.rows.columns], items, f"{name}-rows", call.head)
    return Traced(items=items, next=following, version=asked.version, all=found.all, counted=found.counted)


OPERATIONS = (
    Operation(
        "GET", "/metrics/{name}/trace", rows, "rows", FIGURES,
        _("The rows behind figures"),
        _("Every row that a question is about, with whether it counts, its value, and why it is left out; as JSON, or "
          "with “Accept: text/csv” as a sheet. What single people said under protection is never shown."),
        Traced, errors=(400, 404), tagged=True, csv=True,
        example="/metrics/nps/trace?where=channel=chat&start=2025-03&end=2025-04",
    ),
)  # fmt: skip
