"""Files on their way in from a browser: written to disk piece by piece, so that what was cut off can go on.

```
uploads/<id>/upload.json    name, size, whose it is; at the end the hash of the bytes
uploads/<id>/data           the bytes so far: how long it is, is how far it has come
```

A piece is only ever written where the bytes so far end. So it does not matter which process of a server gets it,
whether an earlier one was killed, or whether a connection that was given up still delivers.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from uuid import uuid4

from filelock import FileLock

from latido.config.settings import UploadSettings
from latido.errors import FieldError, InputError, StoreError, UnknownNameError, UsageError
from latido.i18n import _, _n, number
from latido.sources.archives import is_gzip, is_zip
from latido.sources.open import HEAD, content
from latido.sources.source import Delivery
from latido.store.manifest import flush_file

FOLDER = "uploads"
FIELD = "files"
ENDINGS = (
    "csv", "tsv", "tab", "txt", "dat", "json", "jsonl", "ndjson", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet",
    "zip", "gz",
)  # fmt: skip
GB = 10**9
PIECE = 1 << 20  # written at a time
LONGEST = 200  # characters of a name

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file on its way in.

    Attributes:
        id: Its identifier.
        name: The name by which the person knows it.
        size: How many bytes it has.
        owner: Who began it.
        begun: When (ISO 8601, UTC).
        offset: How many bytes are here.
        digest: SHA-256 of all of them; empty until they are all here.
        modified: When its sender changed it last, as their machine says: another file of its name and size differs.
    """

    id: str
    name: str
    size: int
    owner: str
    begun: str
    offset: int = 0
    digest: str = ""
    modified: str = ""

    @property
    def complete(self) -> bool:
        """Whether all of it is here."""
        return bool(self.digest)


class OffsetError(UsageError):
    """A piece does not begin where the bytes so far end.

    Args:
        offset: Where they end.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(_("The next piece has to begin at byte {offset}.", offset=str(offset)))
        self.offset = offset


class Uploads:
    """The files on their way into a workspace.

    Args:
        root: The workspace's folder.
        limits: How large, how many, for how long.
    """

    def __init__(self, root: Path, limits: UploadSettings) -> None:
        self.folder = root / FOLDER
        self.limits = limits

    @property
    def room(self) -> int:
        """Most bytes that one file may have, now."""
        return min(round(self.limits.max_gb * GB), self._free())

    def begin(self, name: str, size: int, owner: str, modified: str = "") -> Upload:
        """Announce a file.

        Args:
            name: Its name.
            size: How many bytes it has.
            owner: Who sends it.
            modified: When it was changed last, as their machine says.

        Raises:
            FieldError: It is too large or of no kind that latido reads, or there are too many.
        """
        self.sweep()
        name = _plain(name)
        self._refuse(name, size, owner)
        begun = datetime.now(UTC).isoformat(timespec="seconds")
        made = Upload(uuid4().hex, name, size, owner, begun, modified=modified[:LONGEST])
        folder = self.folder / made.id
        folder.mkdir(parents=True)
        (folder / "data").touch()
        self._write(made)
        return made

    def get(self, name: str, owner: str) -> Upload:
        """One's own upload by its identifier.

        Raises:
            UnknownNameError: There is none.
        """
        found = self._read(name) if _ID.fullmatch(name) else None
        if found is None or found.owner != owner:
            raise UnknownNameError(
                _("There is no upload {id} any more.", id=name), _("Choose the file again; it starts anew.")
            )
        return found

    def of(self, owner: str) -> list[Upload]:
        """One's own uploads, the oldest first."""
        found = (self._read(folder.name) for folder in self._folders())
        return sorted((u for u in found if u and u.owner == owner), key=lambda u: u.begun)

    def path(self, upload: Upload) -> Path:
        """Where the bytes are."""
        return self.folder / upload.id / "data"

    def append(self, upload: Upload, offset: int, pieces: Iterable[bytes]) -> Upload:
        """Write what follows on the bytes so far; with the last of them the upload is complete.

        Args:
            upload: The upload.
            offset: Where the first piece begins.
            pieces: The bytes, as they arrive.

        Raises:
            OffsetError: That is not where the bytes so far end.
            InputError: More comes than was announced, or it is nothing that latido reads; it is removed.
        """
        position = offset
        if not upload.complete:
            for piece in _gathered(pieces):
                position = self._put(upload, position, piece)
        if position != self.path(upload).stat().st_size:
            raise OffsetError(self.path(upload).stat().st_size)
        if position == upload.size and not upload.complete:
            self._finish(upload)
        return self.get(upload.id, upload.owner)

    def close(self, upload: Upload) -> Upload:
        """Count as complete what is here of an upload whose size nobody knew.

        Raises:
            InputError: Nothing is, or it is nothing that latido reads; it is removed.
        """
        here = self.path(upload).stat().st_size
        if not here:
            self.remove(upload)
            raise FieldError(FIELD, _("{file} is empty.", file=upload.name))
        self._finish(replace(upload, size=here))
        return self.get(upload.id, upload.owner)

    def remove(self, upload: Upload) -> None:
        """Remove an upload, complete or not."""
        shutil.rmtree(self.folder / upload.id, ignore_errors=True)

    def keep(self, upload: Upload) -> None:
        """Count an upload's age from now on: it is being worked with."""
        if self.path(upload).exists():
            self.path(upload).touch()

    def sweep(self) -> int:
        """Remove what nobody has sent to or worked with for long; how many."""
        before = time.time() - self.limits.keep_hours * 3600
        stale = [f for f in self._folders() if _age(f) < before]
        for folder in stale:
            shutil.rmtree(folder, ignore_errors=True)
        return len(stale)

    def _refuse(self, name: str, size: int, owner: str) -> None:
        most, ending = round(self.limits.max_gb * GB), name.lower().rpartition(".")[2]
        if ending not in ENDINGS or "." not in name:
            raise FieldError(
                FIELD,
                _("{file} is of no kind that latido reads.", file=name),
                _("Export it as CSV, Excel, JSON or Parquet; a zip or gz of these will do."),
            )
        if size <= 0:
            raise FieldError(FIELD, _("{file} is empty.", file=name))
        if size > most:
            raise FieldError(
                FIELD,
                _("{file} has {size} GB, and {most} GB is the most.", file=name, size=number(size / GB, 1),
                  most=self.limits.max_gb),
                _("Split it, compress it, or import it on the server with “latido import”."),
            )  # fmt: skip
        if len(self.of(owner)) >= self.limits.per_person:
            many = _n("{count} upload is waiting", "{count} uploads are waiting", self.limits.per_person)
            rule = _("{many} already, and that is the most.", many=many)
            raise FieldError(FIELD, rule, _("Import or remove some of them."))
        if size > self._free():
            raise FieldError(
                FIELD,
                _("There is no room for {file} on the server's disk.", file=name),
                _("Whoever runs the server has to make some."),
            )

    def _free(self) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.folder).free

    def _put(self, upload: Upload, position: int, piece: bytes) -> int:
        """Write a piece where it belongs; where it ends."""
        path = self.path(upload)
        try:
            with FileLock(path.with_name("lock")), path.open("r+b") as file:
                here = file.seek(0, 2)
                if here != position:
                    raise OffsetError(here)
                if position + len(piece) > upload.size:
                    raise InputError(_("More of {file} came than was announced.", file=upload.name))
                file.write(piece)
        except FileNotFoundError:
            raise UnknownNameError(_("There is no upload {id} any more.", id=upload.id)) from None
        except OSError as error:
            if error.errno == errno.ENOSPC:
                rule = _("There is no room for {file} on the server's disk.", file=upload.name)
                raise StoreError(rule, _("What has come stays; go on when there is room.")) from error
            raise
        end = position + len(piece)
        if position < HEAD <= end:
            self._look(upload)
        return end

    def _look(self, upload: Upload) -> None:
        """Refuse by its first bytes what is nothing that latido reads."""
        path = self.path(upload)
        with path.open("rb") as file:
            head = file.read(8)
        if is_gzip(head) or is_zip(path, head):
            return
        try:
            content(Delivery(path, upload.name, ""))
        except InputError:
            self.remove(upload)
            raise

    def _finish(self, upload: Upload) -> None:
        path = self.path(upload)
        if upload.size < HEAD:
            self._look(upload)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        flush_file(path)
        self._write(replace(upload, offset=upload.size, digest=digest))

    def _write(self, upload: Upload) -> None:
        folder = self.folder / upload.id
        beside = folder / f".upload-{uuid4().hex[:8]}"
        beside.write_text(json.dumps(asdict(upload), ensure_ascii=False), encoding="utf-8")
        beside.replace(folder / "upload.json")

    def _read(self, name: str) -> Upload | None:
        try:
            record = json.loads((self.folder / name / "upload.json").read_text(encoding="utf-8"))
            here = (self.folder / name / "data").stat().st_size
        except FileNotFoundError:
            return None
        return Upload(**{**record, "offset": here})

    def _folders(self) -> Iterator[Path]:
        return self.folder.iterdir() if self.folder.is_dir() else iter(())


def _plain(name: str) -> str:
    """A file's name without folders and what no screen shows."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in bare if c.isprintable())[-LONGEST:].strip() or "upload"


def _age(folder: Path) -> float:
    """When an upload was last written to; now for one that is just being made or removed."""
    try:
        return (folder / "data").stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth writing."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
