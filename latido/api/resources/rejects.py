"""`/rejects`: rows and values that could not be read, mended and brought in again, or put aside."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from latido.api.call import Asking
from latido.api.groups import DATA
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.paging import Cursor, Page, Pages, begin, lead_on, stale
from latido.api.questions import SOUND, Name
from latido.api.writing import Report, apart, reported
from latido.errors import FieldError
from latido.i18n import _
from latido.store import rejects as store
from latido.store.reject_groups import Groups, mended
from latido.workspace.arrivals import merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from latido.store.rejects import Kept

MOST, LONGEST = 10_000, 20_000  # rejects of one request; characters of a value
WAIT = 10.0  # seconds for another writer

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


class Mending(BaseModel):
    """What should stand in the cells of rejects."""

    model_config = ConfigDict(extra="forbid")

    cells: Annotated[
        dict[Name, Annotated[str, Field(max_length=LONGEST, pattern=SOUND)]], Field(min_length=1, max_length=MOST)
    ] = about(_("A reject's identifier, and what its column should hold, written as in the file"))


class Chosen(BaseModel):
    """Rejects by their identifiers."""

    model_config = ConfigDict(extra="forbid")

    rejects: Annotated[list[Name], Field(min_length=1, max_length=MOST)] = about(_("Identifiers of open rejects"))


class PutAside(BaseModel):
    """How many rejects were put aside."""

    count: int = about(_("How many they were"))
    version: int = about(_("The version of the data that it ended with"))


def mend(call: Asking, said: Mending) -> Report:
    """Bring rows in again with other values."""
    groups = Groups(call.workspace.lake)
    found = _open(groups, "cells", said.cells)
    for one in found:
        if one.column not in one.raw:
            raise FieldError("cells", _("Reject {id} is to blame on no cell of its row.", id=one.reject_id))
    rows = mended(groups.of_rows(found), said.cells)
    with apart(call) as workspace, workspace.lake.staging() as folder:
        files = store.export_rows(rows, folder)
        report = merged([workspace.intake.replay(file, who=call.asker.name) for file in files])
    call.record("data.mended", f"version {report.version}")
    return reported(call, report)


def dismiss(call: Asking, said: Chosen) -> PutAside:
    """Put rejects aside."""
    found = _open(Groups(call.workspace.lake), "rejects", said.rejects)
    count = call.workspace.rejects.mark((one.reject_id for one in found), "dismissed", call.asker.name, WAIT)
    call.record("data.dismissed", f"{count} rejects")
    return PutAside(count=count, version=call.workspace.snapshot().version)


def _open(groups: Groups, field: str, ids: Iterable[str]) -> list[Kept]:
    """Open rejects.

    Raises:
        FieldError: One of them is none, or is not open any more.
    """
    found = groups.named(ids)
    if missing := {*ids} - {one.reject_id for one in found}:
        raise FieldError(
            field, _("There is no open reject “{id}”.", id=min(missing)), _("/rejects lists those that are open.")
        )
    return found


OPERATIONS = (
    Operation(
        "GET", "/rejects", every, "import", DATA,
        _("Rejects"),
        _("Delivered rows and values that could not be read, each with file, row, column, value and reason."),
        Rejects, tagged=True, example="/rejects?table=tickets&state=open",
    ),
    Operation(
        "POST", "/rejects/mend", mend, "import", DATA,
        _("Mend rejects"),
        _("Rows come in again, in the way in which they came, with other values in the cells that could not be read. "
          "What is still wrong with them is a reject again. All cells of a row belong into one request."),
        Report, status=201, errors=(400, 413), example="/rejects/mend",
        curl=("--json", '{"cells": {"5f3c0a…": "2025-03-04T18:30:00Z"}}'),
    ),
    Operation(
        "POST", "/rejects/dismiss", dismiss, "import", DATA,
        _("Put rejects aside"),
        _("Rows that nobody is going to mend stay out, and are open no more."),
        PutAside, errors=(400, 413), example="/rejects/dismiss", curl=("--json", '{"rejects": ["5f3c0a…"]}'),
    ),
)  # fmt: skip
