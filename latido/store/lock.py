"""One writer at a time, between processes, and the trace that a killed one leaves."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from latido.errors import BusyError
from latido.i18n import _, number

_MARK = "writing.json"


@dataclass(frozen=True)
class Holder:
    """Who is writing: the mark that stays behind when they are killed.

    Attributes:
        token: Name of the write; its files carry it.
        pid: Process.
        host: Machine.
        since: When it began (ISO 8601, UTC).
        note: What it is doing.
    """

    token: str
    pid: int
    host: str
    since: str
    note: str


@contextmanager
def exclusive(root: Path, note: str, wait: float) -> Iterator[tuple[Holder, Holder | None]]:
    """Hold the lake's write lock.

    Args:
        root: The lake's folder.
        note: What is being done, told to whoever waits.
        wait: Seconds to wait for another writer.

    Yields:
        Who we are, and the mark of a writer that died holding the lock, if one did.

    Raises:
        BusyError: Somebody else still held it after `wait` seconds.
    """
    lock = FileLock(root / "write.lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise _busy(holder(root), wait) from None
    try:
        died = holder(root)
        own = Holder(uuid4().hex[:12], os.getpid(), socket.gethostname(), _now(), note)
        yield own, died
    finally:
        lock.release()


def mark(root: Path, own: Holder) -> None:
    """Leave the mark; whatever a predecessor left must be cleaned before."""
    beside = root / f".{_MARK}-{own.token}"
    beside.write_text(json.dumps(asdict(own)), encoding="utf-8")
    beside.replace(root / _MARK)


def unmark(root: Path) -> None:
    """Take the mark away: nothing is left to clean."""
    (root / _MARK).unlink(missing_ok=True)


def holder(root: Path) -> Holder | None:
    """Whoever left the mark; None where nobody is writing."""
    try:
        return Holder(**json.loads((root / _MARK).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _busy(who: Holder | None, wait: float) -> BusyError:
    hint = _("Try again when it has finished.")
    if who is None:
        return BusyError(_("Another process is writing; waited {wait} s.", wait=number(wait)), hint)
    return BusyError(
        _(
            "Process {pid} on {host} has been writing since {since} ({note}); waited {wait} s.",
            pid=str(who.pid), host=who.host, since=who.since, note=who.note, wait=number(wait),
        ),
        hint,
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
