"""The process of one job: `python -c "…; main()" <workspace> <job>`."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from latido.errors import LatidoError
from latido.i18n import Message, _
from latido.sync import Progress
from latido.workspace.arrivals import Named
from latido.workspace.folder import open as open_workspace
from latido.workspace.jobs import Job, Jobs, State
from latido.workspace.uploads import Uploads
from latido.workspace.workspace import Workspace

EVERY = 0.5  # seconds between two notes


class Telling:
    """Notes how far a job is, not more often than anybody looks.

    Args:
        jobs: The jobs.
        name: The job.
    """

    def __init__(self, jobs: Jobs, name: str) -> None:
        self._jobs, self._name = jobs, name
        self._last = 0.0
        self.state = State(since=time.time())

    def say(self, state: State) -> None:
        """Note a state, now."""
        self.state = state if state.stage == self.state.stage else replace(state, since=time.time())
        self._jobs.tell(self._name, self.state)
        self._last = time.monotonic()

    def __call__(self, now: Progress) -> None:
        """Note how far an import is."""
        if now.stage != self.state.stage or time.monotonic() - self._last >= EVERY:
            self.say(replace(self.state, stage=now.stage, table=now.table, rows=now.rows, total=now.total))


def main() -> None:
    """Run the job that the command line names."""
    run(Path(sys.argv[1]), sys.argv[2])


def run(root: Path, name: str) -> None:
    """Run a job, one at a time in a workspace; what goes wrong is noted."""
    jobs = Jobs(root)
    with FileLock(jobs.place(name) / "lock"):
        seen = jobs.get(name)
        if seen.state.over:  # somebody else asked for it too, and was quicker
            return
        telling = Telling(jobs, name)
        telling.say(telling.state)
        with FileLock(jobs.folder / "running.lock"):
            _run(jobs, seen.job, telling)


def _run(jobs: Jobs, job: Job, telling: Telling) -> None:
    telling.say(replace(telling.state, stage="opening"))
    workspace = open_workspace(jobs.root, engine=job.engine)
    try:
        done = _WORK[job.kind](jobs, job, workspace, telling)
        telling.say(replace(done, stage="done", ended=_now()))
        _done_with(job, workspace)
    except LatidoError as error:
        _failed(telling, error.message, error.hint)
    except Exception:
        said = _("Something went wrong here, and it is not your fault.")
        _failed(telling, said, _("The server's log says what."))
        raise
    finally:
        workspace.close()


def _import(_jobs: Jobs, job: Job, workspace: Workspace, telling: Telling) -> State:
    with workspace.intake.receive_accepted(_sent(job, workspace), job.accepted) as found:
        reports = tuple(workspace.intake.take(arrival, telling, job.who) for arrival in found)
    return replace(telling.state, reports=reports)


def _replay(jobs: Jobs, job: Job, workspace: Workspace, telling: Telling) -> State:
    typed = [Named(file, file.name) for file in sorted(jobs.place(job.id).glob("*.csv"))]
    files = typed or _sent(job, workspace)
    reports = (workspace.intake.replay(file.path, telling, job.who, file.name) for file in files)
    return replace(telling.state, reports=tuple(reports))


def _sent(job: Job, workspace: Workspace) -> list[Named]:
    """The uploads of a job, by the names that they have for people."""
    uploads = _uploads(workspace)
    mine = [uploads.get(name, job.owner) for name in job.uploads]
    for upload in mine:
        uploads.keep(upload)
    return [Named(uploads.path(upload), name) for upload, name in zip(mine, job.names, strict=True)]


def _undo(_jobs: Jobs, job: Job, workspace: Workspace, telling: Telling) -> State:
    telling.say(replace(telling.state, stage="writing"))
    return replace(telling.state, undone=workspace.undo(job.version, job.who))


_WORK = {"import": _import, "replay": _replay, "undo": _undo}


def _done_with(job: Job, workspace: Workspace) -> None:
    """Remove the uploads: the lake keeps what was delivered."""
    uploads = _uploads(workspace)
    for name in job.uploads:
        uploads.remove(uploads.get(name, job.owner))


def _uploads(workspace: Workspace) -> Uploads:
    return Uploads(workspace.root, workspace.config.uploads)


def _failed(telling: Telling, message: Message, hint: Message | None) -> None:
    error = (message, hint) if hint else (message,)
    telling.say(replace(telling.state, stage="failed", error=error, ended=_now()))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
