"""Rows and values that could not be read: by reason, mended in the page, brought in again or put aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.responses import Response

from latido.errors import BusyError, FieldError, LatidoError, UsageError
from latido.http.trail import record
from latido.i18n import Message, _, _n, number
from latido.metrics.names import table_name
from latido.sources.generic import Generic
from latido.store.reject_groups import Group, Groups, mended
from latido.store.rejects import Kept, State, export_reasons, export_rows
from latido.web.forms import text
from latido.web.incoming import jobs_of, owner_of, title
from latido.web.page import Page
from latido.web.render import link
from latido.workspace import jobs
from latido.workspace.uploads import ENDINGS

if TYPE_CHECKING:
    from latido.web.ask import Ask

HOME = "/data/rejects"
TO_MEND = "/data/rejects-to-mend.csv"
PAGE = 50
VALUES = 30  # the commonest values that are offered to be mended at once
WAIT = 10.0  # seconds for another writer, with somebody looking on
STATES: dict[State | None, Message] = {
    "open": _("Open"),
    "replayed": _("Came in later"),
    "dismissed": _("Put aside"),
    "undone": _("Gone with their import"),
    None: _("All"),
}


@dataclass(frozen=True)
class Asked:
    """Which rejects the address asks for."""

    state: State | None
    table: str
    file: str
    job: str

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What of it stands in an address."""
        return [("state", self.state or "all"), ("table", self.table), ("file", self.file), ("job", self.job)]


@dataclass(frozen=True)
class Row:
    """A row of a file, as a group's list shows it.

    Attributes:
        reject: What of it is in the group.
        all: All that is wrong with it.
    """

    reject: Kept
    all: list[Kept]


@dataclass(frozen=True)
class GroupLine:
    """A group as the list shows it."""

    group: Group
    reason: str
    place: str
    count: str
    href: str


def show(ask: Ask) -> Response:
    """The groups."""
    asked = _asked(ask)
    groups = _groups(ask, asked)
    found = [g for g in groups.all() if not asked.table or g.table == asked.table]
    count = groups.count(asked.table or None)
    can_mend = asked.state == "open" and groups.count(asked.table or None, Generic.name) > 0
    return ask.page(
        "data_rejects.html", asked=asked, states=_tabs(asked), groups=[_line(group, asked) for group in found],
        count=count, several=sum(group.count for group in found) > count, can_mend=can_mend,
        reasons=link(f"{HOME}.csv", asked.pairs),
        rows=link(TO_MEND, asked.pairs), job=title(jobs_of(ask).get(asked.job).job.names) if asked.job else "",
        endings=[f".{ending}" for ending in ENDINGS], most=number(ask.workspace.config.uploads.max_gb),
    )  # fmt: skip


def group(ask: Ask) -> Response:
    """The rows of one group, to be mended."""
    return _group_page(ask)


def _group_page(ask: Ask, error: LatidoError | None = None, status: int = 200) -> Response:
    asked, groups = _asked(ask), _groups(ask, _asked(ask))
    one = groups.get(ask.param["key"])
    page = _page_number(ask)
    rows = groups.rows(one, (page - 1) * PAGE, PAGE)
    can_mend = asked.state == "open" and any(map(mendable, rows))
    path = f"{HOME}/{one.key}"
    return ask.page(
        "data_reject_group.html", status, asked=asked, line=_line(one, asked), rows=_rows(groups, rows),
        can_mend=can_mend, mendable=mendable,
        values=groups.values(one, VALUES) if can_mend else [], typed=ask.form, error=error, path=path, number=page,
        before=link(path, asked.pairs, page=page - 1) if page > 1 else "",
        after=link(path, asked.pairs, page=page + 1) if page * PAGE < one.count else "",
        back=link(HOME, asked.pairs), reasons=link(f"{HOME}.csv", asked.pairs, group=one.key),
        export=link(TO_MEND, asked.pairs, group=one.key),
    )  # fmt: skip


def _rows(groups: Groups, rejects: Sequence[Kept]) -> list[Row]:
    """The rows that rejects are of, each with all that is wrong with it: those of the group first."""
    every: dict[tuple[str, int], list[Kept]] = {}
    for one in groups.of_rows(rejects):
        every.setdefault(one.place, []).append(one)
    return [Row(one, [one, *(r for r in every[one.place] if r.reject_id != one.reject_id)]) for one in rejects]


def mendable(reject: Kept) -> bool:
    """Whether what is wrong is a cell that can be typed anew."""
    return reject.source == Generic.name and reject.column in reject.raw


def mend(ask: Ask) -> Response:
    """Bring rows in again with the values that were typed."""
    groups = Groups(ask.workspace.lake)
    try:
        cells = _typed(ask, groups, groups.get(ask.param["key"]))
    except FieldError as error:
        return _group_page(ask, error, 422)
    rows = mended(groups.of_rows(groups.named(cells)), cells)
    job = jobs.new("replay", tuple(dict.fromkeys(row.file for row in rows)), owner=owner_of(ask), who=ask.asker.name,
                   engine=ask.workspace.config.engine.url)  # fmt: skip
    place = jobs_of(ask).place(job.id)
    place.mkdir(parents=True)
    export_rows(rows, place)
    jobs_of(ask).start(job)
    record(ask.state, ask.asker, ask.request, "data.mended", f"import {job.id}")
    return ask.see_other(f"/data/jobs/{job.id}")


def dismiss(ask: Ask) -> Response:
    """Put rejects aside: those that were ticked, or the whole group."""
    try:
        count = ask.workspace.rejects.mark(_ticked(ask), "dismissed", ask.asker.name, WAIT)
    except FieldError as error:
        return _group_page(ask, error, 422)
    except BusyError as error:
        return _group_page(ask, error, 503)
    record(ask.state, ask.asker, ask.request, "data.dismissed", f"{count} rejects")
    return ask.see_other(HOME, _n("{count} row is put aside.", "{count} rows are put aside.", count))


def export(ask: Ask) -> Response:
    """The rejects as CSV: what is wrong with each."""
    found = _wanted(ask)[1]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rejects.csv"
        export_reasons(found, path)
        return _file(ask, path)


def export_to_mend(ask: Ask) -> Response:
    """The rows as they were delivered, to be mended in a spreadsheet and brought back: CSV, or several in a zip."""
    groups, found = _wanted(ask)
    rows = groups.of_rows([reject for reject in found if reject.source == Generic.name])
    with TemporaryDirectory() as folder:
        paths = export_rows(rows, Path(folder))
        if not paths:
            raise UsageError(_("None of these rows can be mended one by one."),
                             _("Put them right in the file and import it again."))  # fmt: skip
        if len(paths) == 1:
            return _file(ask, paths[0])
        whole = Path(folder) / "rejects-to-mend.zip"
        with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
            for path in paths:
                archive.write(path, path.name)
        return _file(ask, whole)


def _wanted(ask: Ask) -> tuple[Groups, list[Kept]]:
    """The rejects that the address asks for."""
    asked = _asked(ask)
    groups, key = _groups(ask, asked), ask.query.get("group")
    wanted = [groups.get(key)] if key else [g for g in groups.all() if not asked.table or g.table == asked.table]
    return groups, [row for one in wanted for row in groups.rows(one)]


def _file(ask: Ask, path: Path) -> Response:
    record(ask.state, ask.asker, ask.request, "rows.exported", path.name)
    kind = "text/csv; charset=utf-8" if path.suffix == ".csv" else "application/zip"
    headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(path.name)}"}
    return Response(path.read_bytes(), media_type=kind, headers=headers)


def _ticked(ask: Ask) -> list[str]:
    """The rejects of a group to put aside.

    Raises:
        FieldError: Only those that are ticked, and none is.
    """
    groups = Groups(ask.workspace.lake)
    ids = groups.ids(groups.get(ask.param["key"]))
    if text(ask.form, "which") == "all":
        return ids
    ticked = {str(name) for name in ask.form.getlist("tick")}
    if not ticked & {*ids}:
        raise FieldError("tick", _("No row was ticked."), _("Tick the rows that are to be put aside."))
    return sorted(ticked & {*ids})


def _typed(ask: Ask, groups: Groups, one: Group) -> dict[str, str]:
    """What was typed: identifier of a reject → what its column should hold; a row's own word counts for more.

    Raises:
        FieldError: Nothing was.
    """
    cells: dict[str, str] = {}
    for name, value in _changed(ask, "value"):
        cells |= dict.fromkeys(groups.ids(one, [text(ask.form, f"value-{name}-was") or None]), value)
    cells |= dict(_changed(ask, "cell"))
    if not cells:
        raise FieldError("cells", _("Nothing was changed."), _("Type what a value should be, here or in a row."))
    return cells


def _changed(ask: Ask, kind: str) -> list[tuple[str, str]]:
    """The fields `cell-<name>` that say otherwise than `cell-<name>-was`."""
    pattern = re.compile(rf"{kind}-(\w+)")
    named = [(found[1], text(ask.form, field)) for field in ask.form if (found := pattern.fullmatch(field))]
    return [(name, value) for name, value in named if value != text(ask.form, f"{kind}-{name}-was")]


def _asked(ask: Ask) -> Asked:
    given = ask.query.get("state", "open")
    if given not in {*get_args(State), "all"}:
        raise UsageError(_("“{value}” is no state of rejects.", value=given))
    more = (ask.query.get(name, "") for name in ("table", "file", "job"))
    return Asked(None if given == "all" else given, *more)  # type: ignore[arg-type]


def _groups(ask: Ask, asked: Asked) -> Groups:
    files = None
    if asked.job:
        reports = jobs_of(ask).get(asked.job).state.reports
        files = {digest for report in reports for digest in report.deliveries}
    return Groups(ask.workspace.lake, asked.state, asked.file or None, files)


def _line(one: Group, asked: Asked) -> GroupLine:
    place = " · ".join(filter(None, [table_name(one.table), one.column]))
    return GroupLine(one, str(one.reason), place, number(one.count), link(f"{HOME}/{one.key}", asked.pairs))


def _tabs(asked: Asked) -> list[tuple[str, str, bool]]:
    pairs = [pair for pair in asked.pairs if pair[0] != "state"]
    return [
        (str(label), link(HOME, pairs, state=state or "all"), state == asked.state) for state, label in STATES.items()
    ]


def _page_number(ask: Ask) -> int:
    given = ask.query.get("page", "1")
    if not (given.isascii() and given.isdigit() and int(given)):
        raise UsageError(_("“{value}” is no page number.", value=given))
    return int(given)


ROUTES = (
    Page(HOME, show, right="import"),
    Page(f"{HOME}.csv", export, right="import"),
    Page(TO_MEND, export_to_mend, right="import"),
    Page(HOME + "/{key}", group, right="import"),
    Page(HOME + "/{key}/mend", mend, right="import", methods=("POST",)),
    Page(HOME + "/{key}/dismiss", dismiss, right="import", methods=("POST",)),
)
