"""Whole columns of a named format: found by their known names, cleaned, read as what they are."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.errors import LatidoError, UnsureError
from latido.i18n import Message, _
from latido.model.table import Table, Type
from latido.model.validate import left_empty
from latido.sources.convert import NOT_A, Reading, clean, convert
from latido.sources.dates import Orders
from latido.sources.decide import order
from latido.sources.layout import DELIMITERS
from latido.sources.reading import read_sheet
from latido.sources.records import records
from latido.sources.scales import normal
from latido.sources.sheet import Frame, Sheet, unique_names
from latido.sources.source import Delivery, Options, Reject
from latido.sources.stamps import Order

HEAD = 1 << 16
SPREADSHEETS = ("PK\x03\x04", "\ufffd\ufffd\x11\ufffd")  # as they look where text is expected


def beginning(file: Delivery, size: int = HEAD) -> str:
    """The first bytes of a file as text, good enough to recognise it; what is not UTF-8 or UTF-16 is “�”."""
    with file.path.open("rb") as start:
        head = start.read(size)
    return head.decode("utf-16" if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig", "replace")


def header(file: Delivery) -> tuple[str, ...]:
    """The cells of a table's first row, by the file's beginning alone; none where it is no table."""
    text = beginning(file)
    if text.startswith(SPREADSHEETS):
        return _sheet_header(file, file.path.stat().st_mtime_ns)
    if text.lstrip().startswith(("{", "[")):
        return ()
    firsts = (next(records(iter(StringIO(text, newline="")), mark), None) for mark in DELIMITERS)
    found = [tuple(first.cells or ()) for first in firsts if first is not None]
    return max(found, key=len, default=())


@lru_cache(maxsize=16)
def _sheet_header(file: Delivery, _changed: int) -> tuple[str, ...]:
    # Several formats ask in turn, and a workbook has to be read whole to be asked at all.
    try:
        return read_sheet(file).columns
    except LatidoError:
        return ()


def names(file: Delivery) -> list[str]:
    """The same, normalised; a second “category” is “category 2”."""
    return [normal(name) for name in unique_names(list(header(file)))]


@dataclass(frozen=True)
class Known:
    """A sheet of a known format.

    Attributes:
        sheet: The sheet.
        names: Our name of a column → its name in the file.
        order: Of day and month in its dates.
        time_zone: Of stamps that carry no offset.
    """

    sheet: Sheet
    names: Mapping[str, str]
    order: Order | None
    time_zone: ZoneInfo

    @classmethod
    def of(cls, sheet: Sheet, aliases: Mapping[str, Sequence[str]], dates: Iterable[str], options: Options) -> Known:
        """Find the columns by their names, and how the dates among them are written.

        Raises:
            UnsureError: The dates can be read in two ways, or are written in both.
        """
        by_name = {normal(name): name for name in reversed(sheet.columns)}
        names = {
            ours: by_name[alias]
            for ours, known in aliases.items()
            for alias in reversed((ours, *known))
            if alias in by_name
        }
        written = [names[name] for name in dates if name in names]
        return cls(sheet, names, date_order(sheet, written, options), options.time_zone)

    def frames(self) -> Iterable[Frame]:
        """The rows, unknown columns too: a reject shows its whole row."""
        return self.sheet.frames()


def date_order(sheet: Sheet, columns: Sequence[str], options: Options) -> Order | None:
    """The order of day and month, decided over all the stamps of all these columns.

    Raises:
        UnsureError: They leave it open, and nobody has said it.
    """
    said = order(options.dates)
    if said or not columns:
        return said
    found = Orders()
    for frame in sheet.frames(tuple(columns)):
        for name in columns:
            found.add(frame.rows[name].combine_chunks())
    if found.decided is None:
        raise _unsure(sheet.file, columns, found)
    return found.decided


def _unsure(file: Delivery, columns: Sequence[str], found: Orders) -> UnsureError:
    names, hint = ", ".join(columns), _("Say which with --dates dmy, or --dates mdy.")
    if found.mixed:
        dmy, mdy = found.examples["dmy"], found.examples["mdy"]
        return UnsureError(
            _("{file} mixes dates with the day first ({dmy}) and with the month first ({mdy}) in {columns}.",
              file=file.name, dmy=dmy, mdy=mdy, columns=names), hint)  # fmt: skip
    return UnsureError(
        _("In {columns} of {file} no date tells whether its day or its month comes first.", file=file.name,
          columns=names), hint)  # fmt: skip


@dataclass
class Cells:
    """The cells of one frame by our names; what cannot be read is told.

    Attributes:
        known: The sheet.
        frame: The rows.
        table: Canonical table that the cells are meant for.
        rejects: What could not be read.
        lost: Which rows cannot do without it.
    """

    known: Known
    frame: Frame
    table: Table
    rejects: list[Reject] = field(default_factory=list)
    lost: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.lost = np.zeros(self.frame.rows.num_rows, dtype=bool)
        for row in self.frame.broken:
            file = self.known.sheet.file.name
            self.rejects.append(Reject(file, row.number, self.table.name, None, None, row.reason, {"": row.text}))

    def __contains__(self, name: str) -> bool:
        return name in self.known.names

    @property
    def numbers(self) -> pa.Array:
        """Numbers of the rows in the file."""
        return pa.array(self.frame.numbers, pa.int64())

    def text(self, name: str) -> pa.Array:
        """Texts; what stands for nothing (“?”, “N/A”) is nothing."""
        return self.read(name, Type.TEXT)

    def read(self, name: str, kind: Type) -> pa.Array:
        """Cells of some type."""
        if name not in self:
            return pa.nulls(self.frame.rows.num_rows, kind.arrow)
        cells = clean(self.frame.rows[self.known.names[name]].combine_chunks())
        found, unread = convert(cells, Reading(kind, self.known.order, time_zone=self.known.time_zone))
        self._tell(name, unread, NOT_A[kind])
        return found

    def mapped(self, name: str, values: Mapping[str, str | None], reason: Callable[[str | None], Message]) -> pa.Array:
        """A text translated; values are keyed by the text in small letters."""
        texts = self.text(name)
        coded = texts.dictionary_encode()
        words = [values.get(word.casefold()) for word in coded.dictionary.to_pylist()]
        found = pa.array(words, pa.string()).take(coded.indices)
        self._tell(name, np.flatnonzero(np.asarray(pc.and_(texts.is_valid(), found.is_null()))), reason)
        return found

    def required(self, name: str, cells: pa.Array) -> pa.Array:
        """The cells; rows where this one is empty are lost."""
        for i in pc.indices_nonzero(pc.is_null(cells)).to_pylist():
            if not self.lost[i]:
                self.reject(i, self.known.names.get(name), None, _("“{column}” is missing.", column=name))
        return cells

    def _tell(self, name: str, unread: np.ndarray, reason: Callable[[str | None], Message]) -> None:
        kept = name not in self.table or not self.table.vital(name)
        column = self.known.names.get(name)
        for i in unread.tolist():
            value = str(self.frame.rows[column][i].as_py())
            why = left_empty(reason(value)) if kept else reason(value)
            self.reject(i, column, value, why, kept=kept)

    def reject(self, i: int, column: str | None, value: str | None, reason: Message, *, kept: bool = False) -> None:
        """Leave out a row of the frame or, `kept`, one value of it."""
        raw = {k: None if v is None else str(v) for k, v in self.frame.rows.slice(i, 1).to_pylist()[0].items()}
        number, file = int(self.frame.numbers[i]), self.known.sheet.file.name
        self.rejects.append(Reject(file, number, self.table.name, column, value, reason, raw, kept))
        self.lost[i] |= not kept
