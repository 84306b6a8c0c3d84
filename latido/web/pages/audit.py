"""The audit trail: who changed or took out what."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from latido.http.access import audit_read, people_read
from latido.http.trail import record
from latido.state.audit import PAGE, Chosen, Entry
from latido.web.page import Page
from latido.web.words import action_name, way_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/audit"
# A spreadsheet takes what begins like this for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(ask: Ask) -> Response:
    """A page of entries, the latest first."""
    chosen, trail = _chosen(ask), audit_read(ask.asker, ask.state)
    found = trail.page(chosen)
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return ask.page(
        "audit.html", entries=found[:PAGE], older=older, chosen=chosen, actions=trail.actions(),
        people=people_read(ask.asker, ask.state), action_name=action_name, way_name=way_name,
    )  # fmt: skip


def export(ask: Ask) -> Response:
    """All entries that are chosen, as CSV."""
    chosen, trail = _chosen(ask), audit_read(ask.asker, ask.state)
    record(ask.state, ask.asker, ask.request, "audit.exported")
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(_lines(trail.each(chosen)), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(entries: Iterable[Entry]) -> Iterator[str]:
    yield _line([name for name in Entry._fields if name != "id"])
    for entry in entries:
        yield _line([entry.occurred.isoformat(), *entry[2:]])


def _line(cells: Iterable[object]) -> str:
    text = StringIO()
    csv.writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _chosen(ask: Ask) -> Chosen:
    return Chosen(ask.query.get("action", ""), _number(ask, "person"), _number(ask, "before"))


def _number(ask: Ask, name: str) -> int | None:
    value = ask.query.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


ROUTES = (
    Page(HOME, show, right="people"),
    Page(f"{HOME}.csv", export, right="people"),
)
