"""`/rejects`: rows and values that could not be read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel

from latido.api.call import Asking
from latido.api.groups import DATA
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Cursor, Page, Pages, begin, lead_on, stale
from latido.api.questions import Name
from latido.i18n import _
from latido.store import rejects as store

States = Literal["open", "replayed", "dismissed", "undone"]


class Reject(BaseModel):
    """A row or value that could not be read."""

    reject_id: str = about(_("Its identifier"))
    found: datetime = about(_("When it was delivered first"))
    file: str = about(_("The delivered file"))
    row: int = about(_("Number of the row in it"))
    table: str = about(_("The canonical table that it was meant for"))
    column: str | None = about(_("The column to blame"))
    value: str | None = about(_("The offending value"))
    reason: str = about(_("Why, in the reader's language"))
    kept: bool = about(_("Whether the row was kept and only the value left empty"))
    state: States = about(_("What became of it"))
    raw: dict[str, str | None] = about(_("The whole foreign row"))


class Rejects(Page):
    """Rejects."""

    items: list[Reject] = about(_("The rejects, by file and row"))


class Wanted(Pages):
    """Which rejects are wanted."""

    file: Annotated[str, Query(max_length=1_000)] | None = about(_("Only of this delivered file"), default=None)
    table: Name | None = about(_("Only those meant for this table"), default=None)
    state: States | Literal["all"] = about(_("Only those in this state"), default="open")


def every(call: Asking, said: Annotated[Wanted, Query()]) -> Rejects:
    """Rejects by file and row."""
    at = begin(call, said, *([int] if said.cursor else []))
    if at.version != call.answers.version():
        raise stale()
    call.tag(at, said)
    first = int(at.after[0]) if at.after else 0
    state: store.State | None = None if said.state == "all" else said.state
    found = call.workspace.rejects.list(said.file, said.table, state, first + said.limit + 1)[first:]
    after = Cursor(at.version, (first + said.limit,)) if len(found) > said.limit else None
    items = [_told(reject) for reject in found[: said.limit]]
    return Rejects(items=items, next=lead_on(call, after), version=at.version)


def _told(reject: store.Kept) -> Reject:
    return Reject(
        reject_id=reject.reject_id, found=reject.found, file=reject.file, row=reject.row, table=reject.table,
        column=reject.column, value=reject.value, reason=str(reject.reason), kept=reject.kept, state=reject.state,
        raw=dict(reject.raw),
    )  # fmt: skip


OPERATIONS = (
    Operation(
        "GET", "/rejects", every, "import", DATA,
        _("Rejects"),
        _("Delivered rows and values that could not be read, each with file, row, column, value and reason."),
        Rejects, tagged=True, example="/rejects?table=tickets&state=open",
    ),
)  # fmt: skip
