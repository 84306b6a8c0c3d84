"""The data: files in, what there is of each table and how good it is, what came lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.errors import LatidoError, UnknownNameError
from latido.i18n import Message, _, number, percent
from latido.metrics.names import dimension_name
from latido.model import TABLES
from latido.report import history as told
from latido.web.incoming import Work, ago, jobs_of, owner_of, size, title, uploads_of, work
from latido.web.instants import When, instant, on_day
from latido.web.page import Page
from latido.web.render import link
from latido.workspace.quality import TableQuality, pointing_nowhere
from latido.workspace.uploads import ENDINGS

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from latido.store.history import Version
    from latido.web.ask import Ask
    from latido.workspace.uploads import Upload

HOME = "/data"
LATEST = 5
SPARSE = 0.5  # a column with a larger share of empty cells deserves a look


@dataclass(frozen=True)
class TableLine:
    """A table as the overview shows it."""

    name: str
    meaning: str
    rows: str
    first: When | None
    last: When | None
    came: str
    file: str
    empty: str
    rejects: int


@dataclass(frozen=True)
class VersionLine:
    """A version as lists show it.

    Attributes:
        n: Its number.
        what: What made it.
        icon: A picture of that.
        title: Files, or what was taken back.
        when: When.
        ago: How long ago.
        who: Who.
        counts: New, updated and rejected rows, in words.
        gone: The version that took it back, if one did.
        version: All of it.
    """

    n: int
    what: str
    icon: str
    title: str
    when: When
    ago: str
    who: str
    counts: list[str]
    gone: int | None
    version: Version


@dataclass(frozen=True)
class UploadLine:
    """A file on its way in."""

    upload: Upload
    here: str
    all: str
    href: str


ICONS = {"import": "upload", "replay": "edit", "undo": "arrow-back-up", "rejects": "x"}


def show(ask: Ask) -> Response:
    """The page."""
    return page(ask)


def page(ask: Ask, error: LatidoError | None = None, status: int = 200) -> Response:
    """The page, with what is wrong with an upload."""
    quality = ask.answers.once(("quality", ask.answers.version()), ask.workspace.quality)
    may = ask.asker.may("import")
    uploads = _uploads(ask) if may else []
    history = ask.workspace.history(LATEST) if may else []
    return ask.page(
        "data.html", status,
        tables=[_line(one, ask) for one in quality], rows=number(sum(one.rows for one in quality)),
        fresh=_fresh(quality), error=error, may=may, endings=[f".{ending}" for ending in ENDINGS],
        uploads=uploads, together=_together(uploads), work=_work(ask) if may else [],
        versions=[line(version, ask) for version in history if version.n],
        most=number(ask.workspace.config.uploads.max_gb),
        rejects=sum(one.rejects for one in quality),
    )  # fmt: skip


def table(ask: Ask) -> Response:
    """One table: its columns, and keys that point nowhere."""
    name, version = ask.param["name"], ask.answers.version()
    if name not in TABLES:
        raise UnknownNameError.among(_("table"), name, TABLES)
    quality = ask.answers.once(("quality", version), ask.workspace.quality)
    found = next((one for one in quality if one.name == name), None)
    nowhere = ask.answers.once(("nowhere", name, version), lambda: pointing_nowhere(ask.workspace, name))
    return ask.page(
        "data_table.html", name=name, meaning=str(TABLES[name].meaning), line=_line(found, ask) if found else None,
        columns=_columns(found), empty=_empty(found),
        nowhere=[(one.column, one.to, number(one.rows), percent(one.share), one.rows) for one in nowhere],
    )  # fmt: skip


def _columns(found: TableQuality | None) -> list[tuple[str, str, str, bool, float]]:
    """Used columns: name, meaning, share of empty cells, whether that is much, and the share of full ones."""
    if found is None:
        return []
    declared = TABLES[found.name]
    meanings: dict[str, Message | str] = {c.name: declared[c.name].meaning for c in found.columns if c.name in declared}
    return [
        (c.name, str(meanings.get(c.name, _("A column of your own"))), percent(c.empty), c.empty > SPARSE, 1 - c.empty)
        for c in found.used
    ]


def _empty(found: TableQuality | None) -> list[str]:
    """What the columns mean that say nothing at all."""
    if found is None:
        return []
    declared = TABLES[found.name]
    names = [column.name for column in found.columns if column.empty == 1]
    return [str(declared[name].meaning) if name in declared else dimension_name(name) for name in names]


def _line(one: TableQuality, ask: Ask) -> TableLine:
    came = one.came
    return TableLine(
        one.name,
        str(TABLES[one.name].meaning),
        number(one.rows),
        _day(one.first, ask),
        _day(one.last, ask),
        ago(came.committed) if came else "",
        title([file.name for file in came.deed.files], 1) if came and ask.asker.may("import") else "",
        percent(one.empty, 0),
        one.rejects,
    )


def _day(moment: datetime | None, ask: Ask) -> When | None:
    return on_day(moment.replace(tzinfo=None), ask.workspace.config.zone) if moment else None


def _fresh(quality: tuple[TableQuality, ...]) -> str:
    came = max((one.came.committed for one in quality if one.came), default=None)
    return ago(came) if came else ""


def _uploads(ask: Ask) -> list[UploadLine]:
    """One's own files that wait, but for those that are being imported."""
    busy = {name for seen in jobs_of(ask).all() if seen.runs for name in seen.job.uploads}
    mine = (upload for upload in uploads_of(ask).of(owner_of(ask)) if upload.id not in busy)
    return [UploadLine(u, size(u.offset), size(u.size), link("/data/import", file=u.id)) for u in mine]


def _together(uploads: list[UploadLine]) -> str:
    """Where several complete files are gone on with; empty where there are none."""
    complete = [("file", line.upload.id) for line in uploads if line.upload.complete]
    return link("/data/import", complete) if len(complete) > 1 else ""


def _work(ask: Ask) -> list[Work]:
    """Imports under way, and those that stopped or failed and are not forgotten."""
    return [work(seen) for seen in jobs_of(ask).all() if seen.known != "done"][:LATEST]


def line(version: Version, ask: Ask) -> VersionLine:
    """A version, for a list."""
    deed, zone = version.deed, ask.workspace.config.zone
    when = instant(version.committed.replace(tzinfo=None), zone)
    taken = str(_("Version {n}", n=str(deed.undoes))) if deed.undoes is not None else ""
    return VersionLine(
        version.n, told.what(version), ICONS.get(version.kind, "history"), taken or told.files(version), when,
        ago(version.committed), deed.who, told.counts(version), version.undone_by, version,
    )  # fmt: skip


ROUTES = (
    Page(HOME, show, right="read"),
    Page(HOME + "/tables/{name}", table, right="read"),
)
