"""Imports that run beside whoever asked for them, in processes of their own, told of on disk.

```
jobs/<id>/job.json      what was asked for, by whom
jobs/<id>/state.json    how far it is, and what came of it
jobs/<id>/lock          held by the process that runs it: whoever can take it knows that nobody does
jobs/running.lock       held by the one import that runs; others wait for it
```

So every process of a server sees every job, and one that was killed is known to be. Asking for it again
completes it: what was imported already changes nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from threading import Thread
from typing import Any, Literal
from uuid import uuid4

from filelock import FileLock, Timeout

from latido.errors import UnknownNameError
from latido.i18n import Message, _
from latido.store.history import Taken
from latido.store.reasons import packed, unpacked
from latido.store.undo import Undone
from latido.sync import Report, TableReport
from latido.workspace.arrivals import Accepted

FOLDER = "jobs"
KEPT = timedelta(days=30)
STARTING = 60.0  # seconds that a process may take until it holds its lock

Kind = Literal["import", "replay", "undo"]
Stage = Literal["waiting", "opening", "reading", "writing", "deriving", "done", "failed"]
Known = Literal["waiting", "opening", "reading", "writing", "deriving", "done", "failed", "stopped"]


@dataclass(frozen=True)
class Job:
    """What was asked for.

    Attributes:
        id: Its identifier.
        kind: An import of files, or of mended rejects; or taking one back.
        names: The files, for people.
        owner: Who asked, by the number under which uploads are theirs.
        who: Who asked, for people.
        asked: When (ISO 8601, UTC).
        engine: URL of the engine that derives the facts.
        uploads: The uploads that it imports.
        accepted: How they are read.
        version: The version that is taken back.
    """

    id: str
    kind: Kind
    names: tuple[str, ...]
    owner: str
    who: str
    asked: str
    engine: str
    uploads: tuple[str, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class State:
    """How far a job is.

    Attributes:
        stage: What it is doing.
        since: When it began to do that (seconds since 1970).
        table: Table at work.
        rows: Foreign rows read so far.
        total: How many there may be.
        ended: When it ended (ISO 8601, UTC); empty before.
        reports: What each group of files did.
        undone: What taking an import back did.
        error: Why it failed, and the way out.
    """

    stage: Stage = "waiting"
    since: float = 0.0
    table: str = ""
    rows: int = 0
    total: int | None = None
    ended: str = ""
    reports: tuple[Report, ...] = ()
    undone: Undone | None = None
    error: tuple[Message, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.stage in {"done", "failed"}

    @property
    def seconds(self) -> float:
        """How long it has been at this stage."""
        return max(0.0, time.time() - self.since)

    @property
    def rate(self) -> float:
        """Foreign rows a second."""
        return self.rows / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Seen:
    """A job as somebody sees it who does not run it.

    Attributes:
        job: What was asked for.
        state: How far it is, or was when it was stopped.
        known: Its stage, or `stopped` where the process that ran it is gone.
    """

    job: Job
    state: State
    known: Known

    @property
    def runs(self) -> bool:
        """Whether it is under way."""
        return self.known not in {"done", "failed", "stopped"}


class Jobs:
    """The jobs of a workspace.

    Args:
        root: The workspace's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / FOLDER

    def start(self, job: Job) -> None:
        """Note a job, and run it in a process of its own."""
        self.sweep()
        self.place(job.id).mkdir(parents=True, exist_ok=True)
        _write(self.place(job.id) / "job.json", asdict(job))
        self._run(job.id)

    def repeat(self, name: str) -> None:
        """Run a job that was stopped, or failed, again; one that is done, or under way, is left alone."""
        if self.get(name).known in {"failed", "stopped"}:
            self._run(name)

    def _run(self, name: str) -> None:
        self.tell(name, State(since=time.time()))
        _spawn(self.root, name, self.place(name))

    def get(self, name: str) -> Seen:
        """A job.

        Raises:
            UnknownNameError: There is none of this name.
        """
        found = self._read(name) if name.isalnum() else None
        if found is None:
            raise UnknownNameError(_("There is no import {id} any more.", id=name), _("The history shows what came."))
        return found

    def all(self) -> list[Seen]:
        """Every job that is kept, the newest first."""
        names = [p.name for p in self.folder.iterdir() if p.is_dir()] if self.folder.is_dir() else []
        found = [seen for name in names if (seen := self._read(name))]
        return sorted(found, key=lambda seen: seen.job.asked, reverse=True)

    def place(self, name: str) -> Path:
        """A job's folder."""
        return self.folder / name

    def tell(self, name: str, state: State) -> None:
        """Note how far a job is."""
        error = [{"template": m.template, "values": packed(m)} for m in state.error]
        record = {**asdict(state), "error": error}
        _write(self.place(name) / "state.json", record)

    def sweep(self) -> None:
        """Forget jobs that ended long ago."""
        before = (datetime.now(UTC) - KEPT).isoformat()
        for seen in self.all():
            if not seen.runs and seen.job.asked < before:
                rmtree(self.place(seen.job.id), ignore_errors=True)

    def _read(self, name: str) -> Seen | None:
        try:
            job = _job(json.loads((self.place(name) / "job.json").read_text(encoding="utf-8")))
            state = _state(json.loads((self.place(name) / "state.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        return Seen(job, state, self._known(name, state))

    def _known(self, name: str, state: State) -> Known:
        starting = state.stage == "waiting" and state.seconds < STARTING
        if state.over or starting or self._held(name):
            return state.stage
        # It may have ended between the two looks.
        again = _state(json.loads((self.place(name) / "state.json").read_text(encoding="utf-8")))
        return again.stage if again.over else "stopped"

    def _held(self, name: str) -> bool:
        """Whether a process holds the job's lock."""
        lock = FileLock(self.place(name) / "lock")
        try:
            with lock.acquire(timeout=0):
                return False
        except Timeout:
            return True


def new(kind: Kind, names: Sequence[str], **more: Any) -> Job:
    """A job, asked for now; the rest as `Job` has it."""
    return Job(uuid4().hex, kind, tuple(names), asked=datetime.now(UTC).isoformat(timespec="seconds"), **more)


def _spawn(root: Path, name: str, folder: Path) -> None:
    """Run a job in a process that lives on when this one ends."""
    command = [sys.executable, "-c", "import latido.workspace.job_process as p; p.main()", str(root), name]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    Thread(target=process.wait, daemon=True).start()


def _write(path: Path, record: Mapping[str, Any]) -> None:
    beside = path.with_name(f".{path.name}-{uuid4().hex[:8]}")
    beside.write_text(json.dumps(record, ensure_ascii=False, default=str), encoding="utf-8")
    beside.replace(path)


def _job(record: dict[str, Any]) -> Job:
    said = [Accepted(**{**one, "files": tuple(one["files"])}) for one in record["accepted"]]
    tuples = {name: tuple(record[name]) for name in ("names", "uploads")}
    return Job(**{**record, **tuples, "accepted": tuple(said)})


def _state(record: dict[str, Any]) -> State:
    reports = [_report(one) for one in record["reports"]]
    error = [unpacked(one["template"], one["values"]) for one in record["error"]]
    undone = _undone(record["undone"]) if record["undone"] else None
    return State(**{**record, "reports": tuple(reports), "undone": undone, "error": tuple(error)})


def _undone(record: Mapping[str, Any]) -> Undone:
    return Undone(**{**record, "tables": tuple(Taken(**one) for one in record["tables"])})


def _report(record: Mapping[str, Any]) -> Report:
    tuples = {"tables": tuple(_tables(record["tables"])), "deliveries": tuple(record.get("deliveries", ()))}
    return Report(**{**record, **tuples})


def _tables(records: Sequence[Mapping[str, Any]]) -> Iterator[TableReport]:
    return (TableReport(**one) for one in records)
