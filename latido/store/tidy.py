"""Fewer and larger files, and no more versions than are promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from latido.store import delta
from latido.store.lake import Lake
from latido.store.manifest import Log
from latido.store.snapshot import Snapshot
from latido.store.writer import Writer

KEEP = timedelta(days=30)
LARGE = 128 << 20


@dataclass(frozen=True)
class Tidied:
    """What tidying did.

    Attributes:
        joined: Small files that were joined into larger ones.
        versions: Versions that are no longer kept.
        files: Files deleted.
        freed: Their bytes.
    """

    joined: int
    versions: int
    files: int
    freed: int


def tidy(lake: Lake, keep: timedelta = KEEP) -> Tidied:
    """Join small files of a month, forget versions older than `keep`, delete what none of the kept ones needs.

    The version in force at the beginning of that time stays, so that every instant within it can
    be asked for. Readers of kept versions notice nothing.
    """
    with lake.write("tidy") as writer:
        joined = sum(_join(writer, table) for table in sorted(writer.versions))
    with lake.write("tidy"):
        forgotten = forget(lake.log, datetime.now(UTC) - keep)
        kept = [lake.snapshot(n) for n in lake.log.numbers()]
        sizes = [_delete(path) for path in [*_unneeded(lake.tables, kept), *_old_logs(lake.tables, kept)]]
    return Tidied(joined, forgotten, len(sizes), sum(sizes))


def _join(writer: Writer, table: str) -> int:
    """Join a table's small files month by month; how many there were."""
    small = [f for f in writer.now.data_files(table) if f.size < LARGE]
    months = [list(same) for _month, same in groupby(small, key=lambda f: f.month)]
    files = [f for same in months if len(same) > 1 for f in same]
    if files:
        writer.join(table, files)
    return len(files)


def forget(log: Log, since: datetime) -> int:
    """Drop the manifests before the one in force at `since`; how many."""
    manifests = [log.read(n) for n in log.numbers()]
    in_force = max((m.n for m in manifests if m.committed <= since), default=manifests[0].n)
    old = [m.n for m in manifests if m.n < in_force]
    for n in old:
        log.drop(n)
    return len(old)


def _unneeded(tables: Path, kept: Sequence[Snapshot]) -> list[Path]:
    """Data files that no kept version refers to."""
    pinned = {(name, version): s for s in kept for name, version in s.tables.items()}
    needed = {path for (name, _version), s in pinned.items() for path in s.files(name)}
    return [path for path in tables.glob(f"*/{delta.PARTITION}=*/*.parquet") if str(path) not in needed]


def _old_logs(tables: Path, kept: Sequence[Snapshot]) -> list[Path]:
    """Log entries before the last checkpoint from which every kept version can be read."""
    found: list[Path] = []
    for name in sorted({name for s in kept for name in s.tables}):
        oldest = min(s.tables[name] for s in kept if name in s.tables)
        log = tables / name / "_delta_log"
        bases = [v for v in map(_version, log.glob("*.checkpoint.parquet")) if v <= oldest]
        found += [p for p in log.glob("[0-9]*") if _version(p) < max(bases, default=0)]
    return found


def _version(path: Path) -> int:
    return int(path.name.split(".")[0])


def _delete(path: Path) -> int:
    size = path.stat().st_size
    path.unlink()
    return size
