"""Files read as they would be imported, and thrown away: what they would become, and what would be rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from latido.errors import LatidoError
from latido.i18n import Message
from latido.model import TABLES
from latido.model.table import SYSTEM
from latido.model.validate import validate
from latido.sources.source import Chunk, Delivery, Options, Source

FIRST = 3  # rows that are shown
MOST = 100_000  # rows that are read; what is known then is shown
WHY = 3  # reasons that are shown

_OURS = {column.name for column in SYSTEM} - {"updated"}


@dataclass(frozen=True)
class Tried:
    """One table.

    Attributes:
        table: Its name.
        rows: Rows that it would get.
        rejected: Rows of the files that would not come in, or not with all that they hold.
        emptied: Rows of the files that would come in with a value left empty.
        columns: Its columns that hold something in the first rows.
        first: The first rows.
        reasons: What is wrong, and with how many rows; the commonest first.
    """

    table: str
    rows: int
    rejected: int
    emptied: int
    columns: tuple[str, ...] = ()
    first: tuple[Mapping[str, Any], ...] = ()
    reasons: tuple[tuple[Message, int], ...] = ()


@dataclass(frozen=True)
class Trial:
    """What came of it.

    Attributes:
        tables: The tables, those that it fills.
        read: Rows of the files that were read.
        rejected: Those of them that would not come in whole, whatever tables they were meant for.
        emptied: Those that would come in with a value left empty.
        whole: Whether that is all there is in the files.
        error: Why they cannot be read to the end.
    """

    tables: tuple[Tried, ...]
    read: int
    rejected: int
    emptied: int
    whole: bool
    error: LatidoError | None = None


@dataclass
class _Lane:
    """One table, as it fills."""

    rows: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)
    lost: dict[tuple[str, int], bool] = field(default_factory=dict)
    why: dict[tuple[str, str | None], Message] = field(default_factory=dict)
    rows_of: dict[tuple[str, str | None], set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))

    def take(self, name: str, chunk: Chunk) -> None:
        good, invalid = validate(TABLES[name], chunk.rows)
        self.rows += good.num_rows
        self.first += good.slice(0, FIRST - len(self.first)).to_pylist()
        for reject in chunk.rejects:
            self._lose((chunk.file, reject.row), reject.column, reject.reason, kept=reject.kept)
        for found in invalid:
            self._lose((chunk.file, found.row), found.column, found.reason, kept=found.kept)

    def _lose(self, place: tuple[str, int], column: str | None, reason: Message, *, kept: bool) -> None:
        self.lost[place] = self.lost.get(place, False) or not kept
        self.why.setdefault((reason.template, column), reason)
        self.rows_of[reason.template, column].add(place)

    def told(self, name: str) -> Tried:
        """What is known of it."""
        filled = {n for row in self.first for n, cell in row.items() if cell is not None} - _OURS
        columns = tuple(n for n in dict.fromkeys(n for row in self.first for n in row) if n in filled)
        often = sorted(self.rows_of.items(), key=lambda item: -len(item[1]))[:WHY]
        reasons = tuple((self.why[same], len(places)) for same, places in often)
        return Tried(name, self.rows, *_counted(self.lost), columns, tuple(self.first), reasons)


def trial(source: Source, deliveries: Sequence[Delivery], options: Options, *, whole: bool) -> Trial:
    """Read files as they would be imported.

    Args:
        source: What reads them.
        deliveries: The files, or their beginnings.
        options: How.
        whole: Whether they are the files, not only their beginnings.
    """
    lanes: dict[str, _Lane] = {}
    read, error = 0, None
    try:
        for chunk in _read(source, deliveries, options):
            lanes.setdefault(chunk.table, _Lane()).take(chunk.table, chunk)
            read += chunk.read
            if read >= MOST:
                whole = False
                break
    except LatidoError as broken:
        error = broken
    lost: dict[tuple[str, int], bool] = {}
    for lane in lanes.values():
        for place, left_out in lane.lost.items():
            lost[place] = lost.get(place, False) or left_out
    tables = tuple(lanes[name].told(name) for name in TABLES if name in lanes)
    return Trial(tables, read, *_counted(lost), whole, error)


def _counted(lost: Mapping[tuple[str, int], bool]) -> tuple[int, int]:
    """Rows of the files of which something was left out, and those of which only a value was left empty."""
    left_out = sum(lost.values())
    return left_out, len(lost) - left_out


def _read(source: Source, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
    """Chunks with something in them."""
    return (c for c in source.read(deliveries, options) if c.rows.num_rows or c.rejects or c.read)
