"""What is on its way into the workspace: uploads, and imports under way, of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel.dates import format_timedelta

from latido.i18n import Message, _, language, number
from latido.workspace.jobs import Jobs, Known, Seen
from latido.workspace.uploads import Upload, Uploads

if TYPE_CHECKING:
    from latido.web.ask import Ask

STAGES: dict[Known, Message] = {
    "waiting": _("Waiting for its turn"),
    "opening": _("Opening the files"),
    "reading": _("Reading the rows"),
    "writing": _("Writing the rows"),
    "deriving": _("Deriving the facts"),
    "done": _("Done"),
    "failed": _("Did not work"),
    "stopped": _("Stopped in the middle"),
}
_UNITS = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True)
class Work:
    """An import as a page shows it.

    Attributes:
        id: The job's identifier.
        title: Its files.
        stage: What it is doing, in words.
        tone: `good`, `bad`, `warn` or `brand`.
        seen: All of it.
    """

    id: str
    title: str
    stage: str
    tone: str
    seen: Seen


def uploads_of(ask: Ask) -> Uploads:
    """The files on their way into the workspace."""
    return Uploads(ask.workspace.root, ask.workspace.config.uploads)


def owner_of(ask: Ask) -> str:
    """By what an upload is known to be somebody's."""
    return str(ask.asker.person.id) if ask.asker.person else ""


def jobs_of(ask: Ask) -> Jobs:
    """The imports of the workspace."""
    return Jobs(ask.workspace.root)


def work(seen: Seen) -> Work:
    """A job, for a page."""
    tone = {"done": "good", "failed": "bad", "stopped": "warn"}.get(seen.known, "brand")
    return Work(seen.job.id, title(seen.job.names), str(STAGES[seen.known]), tone, seen)


def title(names: Sequence[str], most: int = 3) -> str:
    """Files by name, the first few where they are many."""
    more = f" +{number(len(names) - most)}" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def unique(uploads: Sequence[Upload]) -> dict[str, Upload]:
    """Uploads by their names; a second `march.csv` is `march (2).csv`."""
    found: dict[str, Upload] = {}
    for upload in uploads:
        stem, dot, ending = upload.name.partition(".")
        name, times = upload.name, 1
        while name in found:
            times += 1
            name = f"{stem} ({times}){dot}{ending}"
        found[name] = upload
    return found


def size(count: int) -> str:
    """A number of bytes, in the unit that suits it.

    >>> size(5_300_000)
    '5.3 MB'
    """
    rest, unit = float(count), 0
    while rest >= 1000 and unit < len(_UNITS) - 1:
        rest, unit = rest / 1000, unit + 1
    return f"{number(rest, 1 if unit and rest < 100 else 0)} {_UNITS[unit]}"


def ago(moment: datetime) -> str:
    """How long ago something was, roughly: 3 hours ago, hace 3 horas."""
    return str(format_timedelta(moment - datetime.now(UTC), add_direction=True, locale=language()))
