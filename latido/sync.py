"""From a source into the lake: read, check, stage, and one write that is seen whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Literal, TypeAlias

import pyarrow as pa

from latido.errors import InputError
from latido.i18n import Message, _, _n
from latido.model import TABLES, table
from latido.model.tickets import TICKET_EVENTS
from latido.model.validate import Invalid, as_text, validate
from latido.sources.priced import priced
from latido.sources.source import Chunk, Delivery, Options, Reject, Source
from latido.store import raw
from latido.store.early import EarlyEvents
from latido.store.engine import Engine
from latido.store.history import Brought, Deed, File
from latido.store.lake import Lake
from latido.store.losses import Losses, Lost, losses
from latido.store.mends import Mends
from latido.store.rejects import REJECTS
from latido.store.settle import Import, reject_rows, settle
from latido.store.stage import Stage
from latido.store.writer import Counts, Writer

_SAMPLE = 1 << 20
_LINES_THAT_TELL = 100


Doing = Literal["reading", "writing", "deriving"]


@dataclass(frozen=True)
class Progress:
    """How far an import is.

    Attributes:
        stage: `reading` the files, `writing` the lake, or `deriving` what follows.
        table: Table at work.
        rows: Foreign rows read so far.
        total: How many there may be, where that can be estimated.
    """

    stage: Doing
    table: str
    rows: int
    total: int | None


@dataclass(frozen=True)
class TableReport(Brought):
    """What an import did to one table, and how fast; beside that it is as the history keeps it.

    Attributes:
        seconds: Time spent on it.
    """

    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Foreign rows a second."""
        return self.read / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Report:
    """What an import did.

    Attributes:
        source: Through which source it came.
        tables: One report a table.
        version: Version of the lake that it ended with.
        changed: Whether it made that version.
        seconds: Time that all of it took, facts included.
        rejected: Rows of the files that did not come in, or not with all that they hold; each once, whatever
            tables it was meant for.
        emptied: Rows of the files that came in with a value left empty.
        deliveries: Hashes of the files.
    """

    source: str
    tables: tuple[TableReport, ...]
    version: int
    changed: bool
    seconds: float
    rejected: int = 0
    emptied: int = 0
    deliveries: tuple[str, ...] = ()


OnProgress: TypeAlias = Callable[[Progress], None]
After: TypeAlias = Callable[[Writer, Engine], None]


def run(
    lake: Lake,
    engine: Engine,
    source: Source,
    deliveries: Sequence[Delivery],
    options: Options,
    *,
    progress: OnProgress | None = None,
    after: After | None = None,
    replaying: Mapping[int, Sequence[str]] | None = None,
    who: str = "",
) -> Report:
    """Import deliveries; the same ones again change nothing.

    Args:
        lake: Where to.
        engine: Handed on to `after`.
        source: How to read them.
        deliveries: What was delivered.
        options: What was decided about reading.
        progress: Told how far it is.
        after: Derives what follows from new rows, within the same write; not called when nothing changed.
        replaying: Row of a mended file → the rejects that it stands for.
        who: The person who asks for it.

    Raises:
        InputError: A file is broken; nothing was imported.
        BusyError: Somebody else kept writing.
    """
    began = perf_counter()
    with lake.staging() as folder:
        intake = _Intake(source, deliveries, options, folder, progress)
        intake.read()  # while others may write
        with lake.write(_note(deliveries)) as writer:
            changed = intake.write(writer, replaying or {}, who)
            if changed and after:
                intake.tell("deriving")
                after(writer, engine)
            intake.keep(lake.raw)
    return intake.report(lake.snapshot().version, changed, perf_counter() - began)


class _Lane:
    """One table's rows on their way."""

    def __init__(self, name: str, folder: Path) -> None:
        self.table = table(name)
        self.stage = Stage(folder, name)
        self.read = self.mended = self.overruled = 0
        self.seconds = 0.0
        self.counts = Counts()
        self.lost = Lost()

    def take(self, chunk: Chunk, source: str, file: str) -> list[Reject]:
        """Check and stage a chunk; what has to be rejected of it."""
        good, invalid = validate(self.table, chunk.rows)
        self.stage.add(_stamped(good, source, chunk.file))
        rejects = [*chunk.rejects, *_rejects(self.table.name, chunk.rows, invalid, file)]
        self.read += chunk.read
        return rejects

    def report(self) -> TableReport:
        """What became of it."""
        return TableReport(**asdict(self.brought()), seconds=self.seconds)

    def brought(self) -> Brought:
        """What became of it, without the time it took."""
        c, lost = self.counts, self.lost
        return Brought(
            self.table.name, self.read, c.new, c.updated, c.unchanged + self.mended, lost.rejected, lost.emptied,
            self.mended, self.overruled,
        )  # fmt: skip


class _Intake:
    """One import on its way: a lane for each table, and the rejects of all."""

    def __init__(
        self,
        source: Source,
        deliveries: Sequence[Delivery],
        options: Options,
        folder: Path,
        progress: OnProgress | None,
    ) -> None:
        self.names = {d.digest: d.name for d in deliveries}
        self.lanes: dict[str, _Lane] = {}
        self._source, self._deliveries, self._options = source, deliveries, options
        self._folder = folder
        self._packed: list[Path] = []
        self._rejects = Stage(folder, REJECTS.name)
        self._late = Stage(folder, "rejects-late")  # those that are found while writing
        self._found = datetime.now(UTC)
        self._total = _expected_rows(deliveries)
        self._progress = progress
        self._rows = 0
        self.losses = Losses()

    def read(self) -> None:
        """Check and stage everything that the source reads, and compress the files as they came."""
        began = perf_counter()
        try:
            for chunk in priced(self._source.read(self._deliveries, self._options), self._options.currency):
                self._take(chunk)
                began, before = perf_counter(), began
                self.lanes[chunk.table].seconds += began - before
        except InputError as broken:
            broken.hint = _nothing(broken.hint, self._rows)
            raise
        pa.default_memory_pool().release_unused()
        self._packed = [raw.compress(d, self._folder) for d in self._deliveries]

    def write(self, writer: Writer, replaying: Mapping[int, Sequence[str]], who: str) -> bool:
        """Put everything into the lake, tickets before their events; whether that changed anything."""
        self.lanes = {name: self.lanes[name] for name in TABLES if name in self.lanes}
        mends = Mends(writer, self._rejects.close(), replay=bool(replaying))
        accepted = {name: self._write(writer, lane, mends) for name, lane in self.lanes.items()}
        rejected = [*mends.rejected, *self._late.close()]
        self.losses = losses(writer.connection, rejected)
        for name, lane in self.lanes.items():
            lane.lost = self.losses.tables.get(name, Lost())
        settle(writer, Import(rejected, accepted, tuple(self.lanes), self.names, replaying))
        writer.deed = self._deed("replay" if replaying else "import", who)
        return writer.versions != writer.snapshot.tables

    def keep(self, place: Path) -> None:
        """Keep the files as they came, with how they were read."""
        for delivery, path in zip(self._deliveries, self._packed, strict=True):
            raw.keep(place, path, raw.origin(delivery, self._source.name, self._options.mapping))

    def report(self, version: int, changed: bool, seconds: float) -> Report:
        """What became of it."""
        tables, lost = tuple(lane.report() for lane in self.lanes.values()), self.losses.rows
        return Report(self._source.name, tables, version, changed, seconds, lost.rejected, lost.emptied,
                      tuple(d.digest for d in self._deliveries))  # fmt: skip

    def _deed(self, kind: str, who: str) -> Deed:
        """What the history says of it."""
        files = tuple(File(d.name, d.digest, d.path.stat().st_size) for d in self._deliveries)
        brought, lost = tuple(lane.brought() for lane in self.lanes.values()), self.losses.rows
        return Deed(kind, self._source.name, files, brought, who=who, rejected=lost.rejected, emptied=lost.emptied)

    def _take(self, chunk: Chunk) -> None:
        lane = self.lanes.setdefault(chunk.table, _Lane(chunk.table, self._folder))
        self._reject(self._rejects, chunk.file, lane.take(chunk, self._source.name, self.names.get(chunk.file, "")))
        self._rows += chunk.read
        self.tell("reading", chunk.table)

    def _write(self, writer: Writer, lane: _Lane, mends: Mends) -> list[Path]:
        began = perf_counter()
        self.tell("writing", lane.table.name)
        staged, lane.mended = mends.without(lane.table, lane.stage.close())
        if lane.table is TICKET_EVENTS:
            early = EarlyEvents(writer, staged)
            staged = early.staged
            for digest, rejects in early.rejects(self.names):
                self._reject(self._late, digest, rejects)
        before = mends.standing(lane.table)
        lane.counts = writer.upsert(lane.table, staged)
        lane.overruled = before - mends.standing(lane.table)
        lane.seconds += perf_counter() - began
        return staged

    def _reject(self, stage: Stage, digest: str, rejects: Sequence[Reject]) -> None:
        if rejects:
            stage.add(reject_rows(rejects, digest, self._source.name, self._found))

    def tell(self, stage: Doing, name: str = "") -> None:
        """Say how far it is."""
        if self._progress:
            total = self._total if self._total and self._total >= self._rows else None
            self._progress(Progress(stage, name, self._rows, total))


def _stamped(rows: pa.Table, source: str, digest: str) -> pa.Table:
    """The rows with where they come from."""
    for name, value in (("source", source), ("delivery", digest)):
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, rows.schema.field(at), pa.repeat(value, rows.num_rows))
    return rows


def _rejects(name: str, rows: pa.Table, invalid: Sequence[Invalid], file: str) -> Iterator[Reject]:
    """What the check found, with the canonical row where the source gives no foreign one."""
    places = {number: i for i, number in enumerate(rows["row"].to_pylist())} if invalid else {}
    for found in invalid:
        i = places.get(found.row, found.row - 1)
        row = {n: as_text(rows[n][i]) for n in rows.column_names}
        yield Reject(file, found.row, name, found.column, found.value, found.reason, row, found.kept)


def _nothing(hint: Message | None, rows: int) -> Message:
    nothing = _n(
        "Nothing was imported, not even the {count} row before it.",
        "Nothing was imported, not even the {count} rows before it.",
        rows,
    )
    return _("{hint} {nothing}", hint=hint, nothing=nothing) if hint else nothing


def _note(deliveries: Sequence[Delivery]) -> str:
    return "import " + ", ".join(d.name for d in deliveries[:3]) + ("…" if len(deliveries) > 3 else "")


def _expected_rows(deliveries: Sequence[Delivery]) -> int | None:
    """About how many rows there are: sizes over the length of a line at the beginning; None if there are no lines."""
    guesses = [_expected_lines(d.path) for d in deliveries]
    return sum(g for g in guesses if g) if guesses and all(guesses) else None


def _expected_lines(path: Path) -> int | None:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    lines = sample.count(b"\n")
    return round(path.stat().st_size * lines / len(sample)) if lines >= _LINES_THAT_TELL else None
