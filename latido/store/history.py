"""What every version of the lake came about by: who imported what, and what it did to which table.

A write leaves its deed in the manifest that makes it visible, so that the two are there together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from latido.store.manifest import Log, Manifest

IMPORTS = ("import", "replay")


@dataclass(frozen=True)
class File:
    """A delivered file.

    Attributes:
        name: The name by which the person who delivered it knows it.
        digest: SHA-256 of its bytes.
        size: Bytes.
    """

    name: str
    digest: str
    size: int


@dataclass(frozen=True)
class Brought:
    """What an import did to one table.

    Attributes:
        table: Its name.
        read: Foreign rows read for it.
        new: Rows whose key was new.
        updated: Rows that replaced an older version.
        unchanged: Rows that changed nothing.
        rejected: Rows of the files that did not come in, or not with all that they hold.
        emptied: Rows of the files that came in with a value left empty.
        mended: Mended rows that were delivered again as they had been, and stay as they were mended.
        overruled: Mended rows that were delivered anew with other content, which counts now.
    """

    table: str
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    emptied: int = 0
    mended: int = 0
    overruled: int = 0


@dataclass(frozen=True)
class Taken:
    """What taking an import back did to one table.

    Attributes:
        table: Its name.
        removed: Rows that the import had added.
        restored: Rows that are again as they were before it.
        kept: Rows of the import that stay, since a later one changed them again.
    """

    table: str
    removed: int = 0
    restored: int = 0
    kept: int = 0


@dataclass(frozen=True)
class Deed:
    """What a write did, and for whom.

    Attributes:
        kind: `import`, `replay` or `undo`; empty where the note says all there is to say.
        source: Through which source rows came.
        files: What was delivered, or taken back.
        brought: What an import did, by table.
        taken: What an undo did, by table.
        undoes: The version that an undo takes back.
        who: The person who asked for it.
        rejected: Rows of the files that did not come in, or not with all that they hold, over all tables: a row
            that was meant for several is one.
        emptied: Rows of the files that came in with a value left empty.
    """

    kind: str = ""
    source: str = ""
    files: tuple[File, ...] = ()
    brought: tuple[Brought, ...] = ()
    taken: tuple[Taken, ...] = ()
    undoes: int | None = None
    who: str = ""
    rejected: int = 0
    emptied: int = 0

    @property
    def digests(self) -> frozenset[str]:
        """The hashes of the files."""
        return frozenset(file.digest for file in self.files)


NO_DEED = Deed()


@dataclass(frozen=True)
class Version:
    """One version of the lake, as a person looks back on it.

    Attributes:
        n: Its number.
        committed: When it became the current one.
        note: What was done, in a word or two.
        deed: What was done.
        undone_by: The version that took it back.
        can_undo: Whether it can be taken back: an import that still stands, and the version before it is kept.
    """

    n: int
    committed: datetime
    note: str
    deed: Deed
    undone_by: int | None
    can_undo: bool

    @property
    def kind(self) -> str:
        """`import`, `replay`, `undo`, `rejects`, `tidy`, `create`."""
        return self.deed.kind or self.note.partition(" ")[0]


def versions(log: Log) -> Iterator[Version]:
    """Every version that is kept, the newest first, read one by one."""
    numbers = log.numbers()
    undone: dict[int, int] = {}
    for n in reversed(numbers):
        manifest = log.read(n)
        if manifest.deed.undoes is not None:
            undone[manifest.deed.undoes] = n
        yield _version(manifest, undone.get(n), before=n != numbers[0])


def gone(found: Iterable[Version]) -> frozenset[str]:
    """Hashes of the files of which nothing stands: every import of them was taken back."""
    undone, standing = set[str](), set[str]()
    for version in found:
        if version.deed.undoes is not None:
            undone |= version.deed.digests
        elif version.deed.kind in IMPORTS and version.undone_by is None:
            standing |= version.deed.digests
    return frozenset(undone - standing)


def _version(manifest: Manifest, undone_by: int | None, *, before: bool) -> Version:
    deed = manifest.deed
    can_undo = deed.kind in IMPORTS and undone_by is None and before
    return Version(manifest.n, manifest.committed, manifest.note, deed, undone_by, can_undo)


def read_deed(record: Mapping[str, Any]) -> Deed:
    """A deed from its JSON."""
    brought = tuple(Brought(**one) for one in record["brought"])
    return Deed(
        kind=record["kind"],
        source=record["source"],
        files=tuple(File(**one) for one in record["files"]),
        brought=brought,
        taken=tuple(Taken(**one) for one in record["taken"]),
        undoes=record["undoes"],
        who=record["who"],
        # Older versions say it by table only.
        rejected=record.get("rejected", sum(one.rejected for one in brought)),
        emptied=record.get("emptied", sum(one.emptied for one in brought)),
    )
