"""Opening zip and gzip without being fooled: bombs, paths that climb out, links, locks, nests."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from latido.errors import InputError
from latido.i18n import _, _n

COPY = 1 << 20
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OFFICE = ("[Content_Types].xml", "mimetype")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Limits:
    """How far an archive may unfold.

    Attributes:
        total: Bytes in all.
        ratio: Times its packed size, once beyond `floor` bytes. Text rarely packs beyond 100 to 1.
        floor: Bytes below which the ratio is nobody's concern.
        members: Files inside.
        depth: Archives inside archives.
    """

    total: int = 100 * 10**9
    ratio: int = 200
    floor: int = 64 * 10**6
    members: int = 10_000
    depth: int = 2


@dataclass
class Budget:
    """What one archive has unfolded to so far, everything inside it included."""

    name: str
    packed: int
    limits: Limits
    spent: int = field(default=0)

    def spend(self, size: int) -> None:
        """Count `size` more bytes.

        Raises:
            InputError: The archive unfolds to too much.
        """
        self.spent += size
        if self.spent > self.limits.total:
            raise InputError(
                _("{file} unfolds to more than {limit} GB.", file=self.name, limit=self.limits.total / 10**9),
                _("Unpack it yourself and import the files one by one."),
            )
        if self.spent > self.limits.floor and self.spent > self.limits.ratio * self.packed:
            raise InputError(
                _("{file} unfolds to more than {ratio} times its size, as a zip bomb does.", file=self.name,
                  ratio=self.limits.ratio),
                _("If you trust it, unpack it yourself and import the files inside."),
            )  # fmt: skip


def is_gzip(head: bytes) -> bool:
    """Whether these first bytes open a gzip file."""
    return head.startswith(GZIP)


def is_zip(path: Path, head: bytes) -> bool:
    """Whether it is a zip archive of files, and not an office document, which is a zip inside."""
    return head.startswith(ZIP) and not is_office(path)


def is_office(path: Path) -> bool:
    """Whether a zip is a spreadsheet or another office document."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name in archive.namelist() for name in OFFICE)
    except (zipfile.BadZipFile, OSError):
        return False


def gunzip(path: Path, into: Path, budget: Budget) -> Path:
    """Unfold one gzip file.

    Raises:
        InputError: It is cut short or damaged.
    """
    try:
        with gzip.open(path) as packed:
            _copy(packed, into, budget)
    except EOFError:
        raise InputError(
            _("{file} is cut short: its compressed data stop before their end.", file=budget.name),
            _("Download or copy it again."),
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise _damaged(budget.name) from None
    return into


def unzip(path: Path, name: str, folder: Path, budget: Budget) -> Iterator[tuple[Path, str]]:
    """Unfold a zip archive member by member; nothing is read until every member's name has been checked.

    Yields:
        Where each member is now, and its name inside.

    Raises:
        InputError: The archive is damaged, locked, or would write outside its folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _junk(m.filename)]
            _check(members, name, budget.limits)
            for i, member in enumerate(members):
                into = folder / f"{path.name}.{i}"
                with archive.open(member) as packed:
                    _copy(packed, into, budget)
                yield into, member.filename
    except NotImplementedError:
        raise InputError(_("{file} is packed with a method that latido cannot unpack.", file=name)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise _damaged(name) from None


def _check(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if not members:
        raise InputError(_("{file} is an archive with no files in it.", file=name))
    if len(members) > limits.members:
        raise InputError(
            _n(
                "{file} holds {count} file; at most {limit} are opened.",
                "{file} holds {count} files; at most {limit} are opened.",
                len(members),
                file=name,
                limit=limits.members,
            )
        )
    for member in members:
        _check_member(member, name)


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    inside = member.filename
    path = PurePosixPath(inside.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise InputError(
            _("{file} holds “{inside}”, which would be written outside its folder.", file=name, inside=inside)
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InputError(_("{file} holds “{inside}”, which is a link and not a file.", file=name, inside=inside))
    if member.flag_bits & 1:
        raise InputError(
            _("{file} is locked with a password.", file=name), _("Unpack it yourself and import the files inside.")
        )


def _junk(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in {".DS_Store", "Thumbs.db"}


def _copy(packed: _Readable, into: Path, budget: Budget) -> None:
    with into.open("wb") as out:
        while block := packed.read(COPY):
            budget.spend(len(block))
            out.write(block)


def _damaged(name: str) -> InputError:
    return InputError(
        _("{file} is a damaged archive and cannot be unpacked.", file=name), _("Download or copy it again.")
    )
