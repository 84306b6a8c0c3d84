"""An import, a replay or an undo under way: how far it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.http.trail import record
from latido.i18n import Message, _, duration, number
from latido.metrics.present import Grid
from latido.report.history import rejects_of, undone
from latido.report.imports import brought, mends, waiting
from latido.store.reject_groups import Groups
from latido.web.incoming import STAGES, jobs_of, title, work
from latido.web.page import Page
from latido.workspace.arrivals import merged

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.workspace.jobs import Kind, Seen

HEADS: dict[Kind, Message] = {
    "import": _("Importing {files}"),
    "replay": _("Bringing mended rows in: {files}"),
    "undo": _("Taking an import back: {files}"),
}


@dataclass(frozen=True)
class Pace:
    """How far a job is, and how fast.

    Attributes:
        share: 0 to 1; None where nobody knows.
        rows: Rows read so far.
        rate: Rows a second.
        left: Time left, roughly.
        took: Time at this stage.
    """

    share: float | None
    rows: str
    rate: str
    left: str
    took: str


def show(ask: Ask) -> Response:
    """The page; while the job runs it looks again by itself."""
    seen = jobs_of(ask).get(ask.param["id"])
    head = Message(HEADS[seen.job.kind].template, {"files": title(seen.job.names)})
    before = _before(ask, seen)
    starts = seen.known == "waiting" and not before
    return ask.page(
        "data_job.html", seen=seen, work=work(seen), head=str(head), pace=_pace(seen),
        stage=str(_("Starting") if starts else STAGES[seen.known]), grid=_grid(seen), notes=_notes(seen),
        before=before, undo=_made(seen), rejected=_rejected(ask, seen),
    )  # fmt: skip


def repeat(ask: Ask) -> Response:
    """Do it again after it stopped or failed: what came already changes nothing."""
    name = ask.param["id"]
    jobs_of(ask).repeat(name)
    record(ask.state, ask.asker, ask.request, "data.imported", f"import {name}")
    return ask.see_other(f"/data/jobs/{name}")


def _pace(seen: Seen) -> Pace:
    state = seen.state
    known = state.total and seen.known == "reading"
    left = max(0.0, (state.total - state.rows) / state.rate) if known and state.rate and state.total else None
    return Pace(
        share=min(1.0, state.rows / state.total) if known and state.total else None,
        rows=number(state.rows),
        rate=number(round(state.rate)) if seen.known == "reading" else "",
        left=duration(round(left)) if left is not None else "",
        took=duration(round(state.seconds)),
    )


def _grid(seen: Seen) -> Grid | None:
    """What a job did, a line a table."""
    if seen.state.undone:
        return undone(seen.state.undone)
    return brought(merged(seen.state.reports).tables) if seen.state.reports else None


def _before(ask: Ask, seen: Seen) -> str:
    """The import that this one waits for."""
    if seen.known != "waiting":
        return ""
    others = (other for other in jobs_of(ask).all() if other.runs and other.known != "waiting")
    return next((title(other.job.names) for other in others), "")


def _made(seen: Seen) -> list[int]:
    """The versions that an import made, each of which can be taken back."""
    return [report.version for report in seen.state.reports if report.changed]


def _notes(seen: Seen) -> list[str]:
    """What a person should know of what a job did."""
    if seen.state.undone:
        return [str(rejects_of(seen.state.undone))] if seen.state.undone.rejects else []
    if not seen.state.reports:
        return []
    whole = merged(seen.state.reports)
    return [*map(str, waiting(whole)), *map(str, mends(whole.tables))]


def _rejected(ask: Ask, seen: Seen) -> int:
    """How many rows of its files wait to be mended now."""
    files = {digest for report in seen.state.reports for digest in report.deliveries}
    return Groups(ask.workspace.lake, deliveries=files).count() if files else 0


ROUTES = (
    Page("/data/jobs/{id}", show, right="import"),
    Page("/data/jobs/{id}/repeat", repeat, right="import", methods=("POST",)),
)
