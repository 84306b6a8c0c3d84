"""The commit log: which version of every table belongs together.

A Delta table is atomic by itself; an import touches several. Each finished import leaves one
small file `commits/<n>.json` that names the version of each table, written beside, flushed to
disk and renamed, so that it is there whole or not at all. Whoever reads, reads through one of these.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from latido.errors import StoreError, UsageError
from latido.i18n import _
from latido.store.history import NO_DEED, Deed, read_deed


@dataclass(frozen=True)
class Manifest:
    """One whole state of the lake.

    Attributes:
        n: Version of the lake; 0 is the empty one.
        committed: When it became the current one (UTC); never earlier than the one before.
        tables: Delta version of each table.
        note: What was done, for people.
        token: Name of the write that made it.
        deed: What that write did, and for whom.
    """

    n: int
    committed: datetime
    tables: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    token: str = ""
    deed: Deed = NO_DEED

    def next(self, tables: Mapping[str, int], note: str, token: str, deed: Deed = NO_DEED) -> Manifest:
        """The manifest that follows this one, now (or a tick later where the clock was set back)."""
        now = max(datetime.now(UTC), self.committed + timedelta(microseconds=1))
        return Manifest(self.n + 1, now, dict(sorted(tables.items())), note, token, deed)


class Log:
    """The manifests of one lake, oldest to newest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def numbers(self) -> list[int]:
        """Versions that are still kept, ascending."""
        return sorted(int(p.stem) for p in self.folder.glob("[0-9]*.json"))

    def read(self, n: int) -> Manifest:
        """The manifest of version `n`."""
        text = self._path(n).read_text(encoding="utf-8")
        return _parsed(json.loads(text))

    def latest(self) -> Manifest:
        """The current manifest."""
        return self.read(self._kept()[-1])

    def at(self, as_of: datetime | int | None) -> Manifest:
        """The manifest in force at an instant (naive means UTC), of a version number, or the current one."""
        if as_of is None:
            return self.latest()
        return self._at_version(as_of) if isinstance(as_of, int) else self._at_instant(_utc(as_of))

    def append(self, manifest: Manifest) -> None:
        """Make `manifest` the current one; call only while holding the lake's lock."""
        target = self._path(manifest.n)
        if target.exists():
            raise StoreError(_("Version {n} of the lake exists already.", n=manifest.n))
        beside = self.folder / f".{manifest.n}-{manifest.token}"
        record = asdict(manifest) | {"committed": manifest.committed.isoformat()}
        write_durably(beside, json.dumps(record, ensure_ascii=False, indent=1).encode())
        beside.rename(target)
        flush_folder(self.folder)

    def drop(self, n: int) -> None:
        """Forget version `n`."""
        self._path(n).unlink(missing_ok=True)

    def _path(self, n: int) -> Path:
        return self.folder / f"{n:08d}.json"

    def _kept(self) -> list[int]:
        numbers = self.numbers()
        if not numbers:
            raise StoreError(_("There is no lake in {folder}.", folder=str(self.folder.parent)))
        return numbers

    def _at_version(self, n: int) -> Manifest:
        numbers = self._kept()
        if n not in numbers:
            message = _("Version {n} of the data is not kept.", n=n)
            raise UsageError(message, _("Kept: {first} to {last}.", first=numbers[0], last=numbers[-1]))
        return self.read(n)

    def _at_instant(self, instant: datetime) -> Manifest:
        for n in reversed(self._kept()):
            manifest = self.read(n)
            if manifest.committed <= instant:
                return manifest
        message = _("No version of the data as of {when} is kept.", when=instant.isoformat(timespec="seconds"))
        raise UsageError(message, _("The oldest is of {when}.", when=manifest.committed.isoformat(timespec="seconds")))


def write_durably(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet and flush it to disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_file(path: Path) -> None:
    """Flush a file's bytes to disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Flush a folder's names to disk, where the system can (Windows cannot)."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _parsed(record: Mapping[str, Any]) -> Manifest:
    committed = datetime.fromisoformat(record["committed"])
    deed = read_deed(record["deed"]) if "deed" in record else NO_DEED
    return Manifest(**{**record, "committed": committed, "deed": deed})


def _utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
