"""The history: every version that is kept, what it did, the data as of then, and taking an import back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.errors import UsageError
from latido.http.trail import record
from latido.i18n import _, number
from latido.metrics.catalog import METRICS
from latido.metrics.present import quantity
from latido.metrics.query import Query
from latido.model import TABLES
from latido.report.history import taken
from latido.report.imports import brought, mends
from latido.store.undo import foreseen
from latido.web.incoming import jobs_of, owner_of, size
from latido.web.page import Page
from latido.web.pages.data import line
from latido.web.render import link
from latido.workspace import jobs
from latido.workspace.history import also_brought, kept, undoable

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/data/history"
PAGE = 50
FIGURES = ("ticket_volume", "first_reply_time", "resolution_time", "nps")


@dataclass(frozen=True)
class Then:
    """A figure as of a version, and as of now."""

    label: str
    then: str
    now: str


def show(ask: Ask) -> Response:
    """The versions, the newest first."""
    before = _number(ask.query.get("before"))
    found = ask.workspace.history()
    later = [version for version in found if before is None or version.n < before]
    page = later[:PAGE]
    older = link(HOME, before=page[-1].n) if len(later) > PAGE else ""
    return ask.page("data_history.html", versions=[line(v, ask) for v in page], older=older, first=before is None)


def version(ask: Ask) -> Response:
    """One version: what it did, and the data as of then."""
    one = kept(ask.workspace.history(), ask.param["n"])
    return ask.page(
        "data_version.html", line=line(one, ask), files=[(f.name, size(f.size), f.digest) for f in one.deed.files],
        grids=[*([brought(one.deed.brought)] if one.deed.brought else []),
               *([taken(one.deed.taken)] if one.deed.taken else [])],
        mends=[str(text) for text in mends(one.deed.brought)],
        tables=_tables(ask, one.n), figures=_figures(ask, one.n), source=one.deed.source,
    )  # fmt: skip


def confirm(ask: Ask) -> Response:
    """What taking an import back would do."""
    found = ask.workspace.history()
    one = undoable(found, ask.param["n"])
    later = also_brought(found, one)
    # Which rows later imports changed again is looked up in the data, once for each of their versions.
    done = ask.answers.once(("undo", one.n, ask.answers.version()), lambda: foreseen(ask.workspace.lake, one.n))
    return ask.page(
        "data_undo.html", line=line(one, ask), grid=taken(done), later=[line(v, ask) for v in later],
    )  # fmt: skip


def undo(ask: Ask) -> Response:
    """Take it back, in the background."""
    one = undoable(ask.workspace.history(), ask.param["n"])
    names = tuple(f.name for f in one.deed.files)
    job = jobs.new("undo", names, owner=owner_of(ask), who=ask.asker.name, engine=ask.workspace.config.engine.url,
                   version=one.n)  # fmt: skip
    jobs_of(ask).start(job)
    record(ask.state, ask.asker, ask.request, "data.undone", f"version {one.n}")
    return ask.see_other(f"/data/jobs/{job.id}")


def _tables(ask: Ask, n: int) -> list[tuple[str, str]]:
    snapshot = ask.workspace.snapshot(n)
    rows = ((name, snapshot.rows(name)) for name in TABLES)
    return [(name, number(count)) for name, count in rows if count]


def _figures(ask: Ask, n: int) -> list[Then]:
    """Some figures over everything, as of then and as of now; those that are never merged are left out."""
    return [Then(str(METRICS[name].label), _figure(ask, name, n), _figure(ask, name, None)) for name in FIGURES]


def _figure(ask: Ask, name: str, n: int | None) -> str:
    found = ask.answers.ask(Query(name), as_of=n).figures
    if len(found) != 1 or not found[0].estimate.n or found[0].withheld:
        return "—"
    return quantity(found[0].estimate.value, METRICS[name].unit)


def _number(given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit()):
        raise UsageError(_("“{value}” is no version of the data.", value=given))
    return int(given)


ROUTES = (
    Page(HOME, show, right="import"),
    Page(HOME + "/{n:int}", version, right="import"),
    Page(HOME + "/{n:int}/undo", confirm, right="import"),
    Page(HOME + "/{n:int}/undo", undo, right="import", methods=("POST",)),
)
