"""The lake: Delta tables, and one manifest that says which of their versions belong together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from latido.errors import StoreError
from latido.i18n import _
from latido.store import delta
from latido.store.lock import Holder, exclusive, mark, unmark
from latido.store.manifest import Log, Manifest
from latido.store.session import WRITE_MEMORY, session
from latido.store.snapshot import Snapshot
from latido.store.writer import Writer

WAIT = 300.0


class Lake:
    """Everything that was imported and derived, in one folder.

    ```
    commits/00000007.json    manifests: which versions belong together
    tables/tickets/          one Delta table each, partitioned by month
    raw/                     deliveries as they came, compressed
    staging/                 imports under way
    ```

    Args:
        root: The lake's folder, made by `Lake.create`.
        memory: Limit of the memory that a write may use in its own DuckDB.
        threads: Worker threads of a write; None for one a core.
    """

    def __init__(self, root: Path | str, memory: str = WRITE_MEMORY, threads: int | None = None) -> None:
        self.root = Path(root).absolute()
        self.log = Log(self.root / "commits")
        self.memory = memory
        self.threads = threads
        if not self.log.folder.is_dir():
            raise StoreError(_("There is no lake in {folder}.", folder=str(self.root)))

    @classmethod
    def create(cls, root: Path | str) -> Lake:
        """A new, empty lake; one that exists already is opened."""
        folder = Path(root)
        for name in ("commits", "tables", "raw", "staging"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        lake = cls(folder)
        if not lake.log.numbers():
            with exclusive(lake.root, "create", WAIT):
                if not lake.log.numbers():
                    lake.log.append(Manifest(0, datetime.now(UTC), note="create", token=uuid4().hex[:12]))
        return lake

    @property
    def tables(self) -> Path:
        """Folder of the Delta tables."""
        return self.root / "tables"

    @property
    def raw(self) -> Path:
        """Folder of the deliveries as they came."""
        return self.root / "raw"

    def snapshot(self, as_of: datetime | int | None = None) -> Snapshot:
        """The lake as it is, as it was at an instant, or at a version.

        Args:
            as_of: An instant (naive means UTC): the last state committed at or before it;
                a number: that version; None: the current one.

        Raises:
            UsageError: No such version is kept.
        """
        return Snapshot(self.tables, self.log.at(as_of))

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder of one's own to prepare an import in.

        It goes away with the block, or after a kill with the next write: its lock tells whether
        its process still lives.
        """
        folder = self.root / "staging" / uuid4().hex[:12]
        with FileLock(_alive(folder)):
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                _alive(folder).unlink(missing_ok=True)

    @contextmanager
    def write(self, note: str, wait: float = WAIT) -> Iterator[Writer]:
        """Change several tables at once: all of it becomes visible at the end, or none.

        Args:
            note: What is being done, for people.
            wait: Seconds to wait for another writer.

        Raises:
            BusyError: Somebody else is still writing.
        """
        with exclusive(self.root, note, wait) as (own, died), self.staging() as staging:
            if died:
                self._undo(died)
            self._sweep()
            mark(self.root, own)
            before = self.snapshot()
            self._restore(before)
            with session(staging / "spill", self.memory, self.threads) as connection:
                writer = Writer(before, connection, staging, own.token)
                try:
                    yield writer
                    self._commit(writer, note)
                except BaseException:
                    self._undo(own)
                    raise
                finally:
                    unmark(self.root)

    def _commit(self, writer: Writer, note: str) -> None:
        before = writer.snapshot.manifest
        if writer.versions != before.tables or writer.deed.undoes is not None:
            self.log.append(before.next(writer.versions, note, writer.token, writer.deed))

    def _undo(self, holder: Holder) -> None:
        """Take back what a write left that did not come to its manifest."""
        latest = self.snapshot()
        if latest.manifest.token != holder.token:
            self._restore(latest)
            for orphan in self.tables.glob(f"*/{delta.PARTITION}=*/{holder.token}-*.parquet"):
                orphan.unlink()

    def _restore(self, snapshot: Snapshot) -> None:
        """Bring every Delta table back to the version that the manifest names."""
        for folder in self.tables.iterdir():
            version = snapshot.tables.get(folder.name)
            if version is None:
                shutil.rmtree(folder)
            elif delta.log_entry(folder, version + 1).exists():
                delta.brought_back(folder, version)

    def _sweep(self) -> None:
        """Remove the staging folders of processes that are gone."""
        for alive in (self.root / "staging").glob("*.lock"):
            with suppress(Timeout), FileLock(alive, timeout=0):
                shutil.rmtree(alive.with_suffix(""), ignore_errors=True)
                alive.unlink(missing_ok=True)


def _alive(folder: Path) -> Path:
    return folder.with_suffix(".lock")
