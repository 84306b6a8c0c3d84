"""What requests that change the data have in common: an engine of their own, and a report of what was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pydantic import BaseModel

from latido.api.meaning import about
from latido.i18n import _
from latido.store.engine import EMBEDDED
from latido.workspace import open as open_workspace

if TYPE_CHECKING:
    from latido import sync
    from latido.api.call import Call
    from latido.workspace import Workspace


class TableReport(BaseModel):
    """What an import did to one table."""

    table: str = about(_("The table"))
    read: int = about(_("Foreign rows read for it"))
    new: int = about(_("Rows whose key was new"))
    updated: int = about(_("Rows that replaced an older version"))
    unchanged: int = about(_("Rows that changed nothing"))
    rejected: int = about(_("Rows of the files that did not come in, or not whole; /rejects says why"))
    emptied: int = about(_("Rows of the files that came in with a value left empty"))
    mended: int = about(_("Mended rows that were delivered again as they had been: they stay mended"))
    overruled: int = about(_("Mended rows that were delivered with other content, which counts now"))


class Report(BaseModel):
    """What an import did."""

    source: str = about(_("Through which source the rows came"))
    version: int = about(_("The version of the data that it ended with"))
    changed: bool = about(_("Whether it changed anything; the same files twice do not"))
    seconds: float = about(_("How long it took, the facts included"))
    rejected: int = about(_("Rows of the files that did not come in, or not whole; each once over all tables"))
    emptied: int = about(_("Rows of the files that came in with a value left empty"))
    tables: list[TableReport] = about(_("What it did, table by table"))


class TakenBack(BaseModel):
    """What taking an import back did to one table."""

    table: str = about(_("The table"))
    removed: int = about(_("Rows that the import had added"))
    restored: int = about(_("Rows that are again as they were before it"))
    kept: int = about(_("Rows that stay, since a later import changed them again"))


@contextmanager
def apart(call: Call) -> Iterator[Workspace]:
    """The workspace with an engine of its own, so that nobody waits for an import; one for all where it is remote."""
    if call.workspace.config.engine.url != EMBEDDED:
        with call.answers.engine:
            yield call.workspace
        return
    with closing(open_workspace(call.workspace.root)) as workspace:
        yield workspace


def reported(call: Call, report: sync.Report) -> Report:
    """What an import did; 200 instead of 201 where it made no new version."""
    if not report.changed:
        call.response.status_code = 200
    tables = [TableReport.model_validate(one, from_attributes=True) for one in report.tables]
    return Report(source=report.source, version=report.version, changed=report.changed, seconds=report.seconds,
                  rejected=report.rejected, emptied=report.emptied, tables=tables)  # fmt: skip
