"""Rejects that were mended in a spreadsheet, on their way back: what they mend, then brought in in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.errors import InputError, LatidoError, UsageError
from latido.http.trail import record
from latido.i18n import _
from latido.store.raw import read_origins
from latido.web.incoming import jobs_of, owner_of, unique, uploads_of
from latido.web.page import Page
from latido.web.pages import rejects
from latido.web.pages.mapping import sampled
from latido.workspace import jobs
from latido.workspace.mended import Mended, mended

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.sources.source import Delivery
    from latido.web.ask import Ask
    from latido.workspace.uploads import Upload


@dataclass(frozen=True)
class Back:
    """Mended rows of one file.

    Attributes:
        file: The file that they were delivered in.
        by: The file that mends them.
        rows: How many there are.
    """

    file: str
    by: str
    rows: int


def show(ask: Ask) -> Response:
    """What this corrects."""
    names = ask.query.getlist("file")
    return _page(ask, names) if names else ask.see_other(rejects.HOME)


def send(ask: Ask) -> Response:
    """Bring it in."""
    names = [str(name) for name in ask.form.getlist("file")]
    uploads = _uploads(ask, names)
    try:
        _back(ask, uploads)
    except (InputError, UsageError):
        return _page(ask, names, 422)
    job = jobs.new("replay", tuple(uploads), owner=owner_of(ask), who=ask.asker.name,
                   engine=ask.workspace.config.engine.url, uploads=tuple(u.id for u in uploads.values()))  # fmt: skip
    jobs_of(ask).start(job)
    record(ask.state, ask.asker, ask.request, "data.mended", f"import {job.id}")
    return ask.see_other(f"/data/jobs/{job.id}")


def _page(ask: Ask, names: Sequence[str], status: int = 200) -> Response:
    uploads = _uploads(ask, names)
    back: list[Back] = []
    error: LatidoError | None = None
    try:
        back = _back(ask, uploads)
    except (InputError, UsageError) as found:
        error = found
    return ask.page("data_mended.html", status, uploads=uploads, back=back, error=error, home=rejects.HOME)


def _uploads(ask: Ask, names: Sequence[str]) -> dict[str, Upload]:
    """The uploads by name.

    Raises:
        UsageError: There are none.
    """
    if not names:
        raise UsageError(_("No file was chosen."), _("Choose one or more, then send them."))
    return unique([uploads_of(ask).get(name, owner_of(ask)) for name in dict.fromkeys(names)])


def _back(ask: Ask, uploads: dict[str, Upload]) -> list[Back]:
    """The mended rows, by the file that they were delivered in.

    Raises:
        InputError: A file is not all here, or nothing that holds rows.
        UsageError: One of them holds no rejects.
    """
    files = [sample.delivery for name, upload in uploads.items() for sample in sampled(ask, upload, name)]
    return [_shown(ask, file, one) for file in files for one in mended(file, ask.workspace.lake)]


def _shown(ask: Ask, file: Delivery, one: Mended) -> Back:
    return Back(read_origins(ask.workspace.lake.raw, one.delivery)[-1].name, file.name, len(one.rows))


ROUTES = (
    Page("/data/mended", show, right="import"),
    Page("/data/mended", send, right="import", methods=("POST",)),
)
