"""Delimited text (CSV, TSV and their kin) as a sheet, streaming."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import BinaryIO, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.csv

from latido.errors import InputError
from latido.i18n import _
from latido.sources.encoding import Encoding, detect, known, state
from latido.sources.fixed import read_fixed
from latido.sources.layout import Opening, understand
from latido.sources.open import open_text
from latido.sources.records import Record, records
from latido.sources.sheet import BrokenRow, Frame, Layout, Sheet, ragged
from latido.sources.source import Delivery

BLOCK = 8 << 20
LONGEST_ROW = 512 << 20
FRAME_ROWS = 20_000


def read_csv(file: Delivery, layout: Layout | None = None) -> Sheet:
    """Open delimited or fixed-width text.

    Args:
        file: The file.
        layout: What is known of its layout; the rest is detected.

    Raises:
        InputError: It holds no rows, or its encoding is unknown.
    """
    given = layout or Layout()
    encoding = _encoding(file, given)
    opening = understand(file, replace(given, encoding=encoding.name))
    if opening.layout.widths:
        return read_fixed(file, opening)
    regular = encoding.name.startswith("utf-8") and not encoding.broken

    def opened(columns: tuple[str, ...] | None) -> Iterator[Frame]:
        if _in_order(file, opening, state(file.path), regular=regular):
            return _fast(file, opening, columns, regular=regular)
        return _carefully(file, opening, columns)

    return Sheet(file, opening.names, opening.layout, opened, opening.preamble)


def _encoding(file: Delivery, given: Layout) -> Encoding:
    """The encoding that a person named; what is to be UTF-8 is looked at all the same."""
    if given.encoding is None:
        return detect(file.path, file.name)
    name = known(given.encoding)
    return detect(file.path, file.name) if name.startswith("utf-8") else Encoding(name)


def _fast(file: Delivery, opening: Opening, columns: tuple[str, ...] | None, *, regular: bool) -> Iterator[Frame]:
    """Rows by Arrow; where one is longer than a block, again from there with larger blocks."""
    block, done = BLOCK, 0
    while True:
        try:
            for frame in _arrow(_utf8(file, opening, regular=regular), opening, columns, block, done):
                done = max([done, *frame.numbers[-1:].tolist(), *(row.number for row in frame.broken)])
                yield frame
        except pa.ArrowInvalid as error:
            if "straddl" not in str(error):
                raise InputError(_("{file} cannot be read as CSV: {why}.", file=file.name, why=str(error))) from error
            if block >= LONGEST_ROW:
                raise InputError(
                    _("{file} has a row of more than {limit} MB.", file=file.name, limit=LONGEST_ROW >> 20)
                ) from None
            block *= 8
        else:
            return


def _arrow(
    stream: BinaryIO, opening: Opening, columns: tuple[str, ...] | None, block: int, done: int
) -> Iterator[Frame]:
    broken: list[BrokenRow] = []

    def keep(row: pa.csv.InvalidRow) -> str:
        if row.number > done:
            reason = ragged(row.actual_columns, row.expected_columns)
            broken.append(BrokenRow(row.number, row.text, reason))
        skipped.append(row.number)
        return "skip"

    skipped: list[int] = []
    last = 0
    with stream:
        for batch in _batches(stream, opening, columns, block, keep):
            numbers = _numbers(last, batch.num_rows, skipped)
            last = int(numbers[-1]) if len(numbers) else last
            skipped[:] = [number for number in skipped if number > last]
            fresh = numbers > done
            rows = pa.Table.from_batches([batch])
            if not fresh.all():
                rows, numbers = rows.filter(pa.array(fresh)), numbers[fresh]
            yield Frame(rows, numbers, _drained(broken))
    if broken:
        yield Frame(_empty(columns or opening.names), np.empty(0, np.int64), _drained(broken))


def _batches(
    stream: BinaryIO, opening: Opening, columns: tuple[str, ...] | None, block: int, keep: object
) -> Iterator[pa.RecordBatch]:
    names = list(opening.names)
    if not stream.peek(1):  # type: ignore[attr-defined]
        return
    yield from pyarrow.csv.open_csv(
        stream,
        read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=block),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=opening.layout.delimiter, newlines_in_values=True, invalid_row_handler=keep
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            include_columns=list(columns) if columns is not None else names,
        ),
    )


def _numbers(last: int, count: int, skipped: list[int]) -> np.ndarray:
    """Numbers of the next `count` good rows after row `last`, given the numbers of bad ones."""
    numbers = np.arange(last + 1, last + 1 + count + len(skipped))
    return np.setdiff1d(numbers, np.array(skipped, dtype=np.int64), assume_unique=True)[:count]


def _drained(broken: list[BrokenRow]) -> tuple[BrokenRow, ...]:
    taken = tuple(broken)
    broken.clear()
    return taken


def _carefully(file: Delivery, opening: Opening, columns: tuple[str, ...] | None) -> Iterator[Frame]:
    """Rows of a file whose quotation marks are not in order: by Arrow where they are, line by line where not."""
    done, ahead, delimiter = 0, "", opening.layout.delimiter or ","
    with open_text(file, opening.layout.encoding) as text:
        text.read(opening.start)
        while block := ahead + text.read(BLOCK) + text.readline():
            data = block.encode()
            unread: list[str] = []
            if _marks_in_order(_buffered(data), delimiter):
                frames = _arrow(_buffered(data), opening, columns, len(data) + 1, 0)
            else:
                found = records(chain(io.StringIO(block, newline=""), text), delimiter, len(opening.names), unread)
                frames = _framed(_until(found, len(block)), opening, columns)
            last = 0
            for frame in frames:
                last = max([last, *frame.numbers[-1:].tolist(), *(row.number for row in frame.broken)])
                yield _numbered_from(frame, done)
            done, ahead = done + last, "".join(unread)


def _buffered(data: bytes) -> BinaryIO:
    return io.BufferedReader(io.BytesIO(data))


def _until(found: Iterator[Record], size: int) -> Iterator[Record]:
    """Records up to the first that reaches so many characters."""
    for record in found:
        yield record
        if record.end >= size:
            return


def _framed(found: Iterator[Record], opening: Opening, columns: tuple[str, ...] | None) -> Iterator[Frame]:
    names = opening.names
    numbered = enumerate(found, 1)
    while some := list(islice(numbered, FRAME_ROWS)):
        good = [(n, r.cells) for n, r in some if r.cells is not None and len(r.cells) == len(names)]
        broken = tuple(
            BrokenRow(n, r.text, r.reason or ragged(len(r.cells or ()), len(names)))
            for n, r in some
            if r.cells is None or len(r.cells) != len(names)
        )
        cells = list(zip(*(c for _n, c in good), strict=True)) or [()] * len(names)
        rows = pa.table({name: pa.array(values, pa.string()) for name, values in zip(names, cells, strict=True)})
        numbers = np.array([n for n, _c in good], dtype=np.int64)
        yield Frame(rows.select(columns) if columns is not None else rows, numbers, broken)


def _numbered_from(frame: Frame, done: int) -> Frame:
    """The frame with its numbers counted from the row after `done`."""
    broken = tuple(replace(row, number=row.number + done) for row in frame.broken)
    return Frame(frame.rows, frame.numbers + done, broken)


def _empty(names: tuple[str, ...]) -> pa.Table:
    return pa.table({name: pa.array([], pa.string()) for name in names})


def _utf8(file: Delivery, opening: Opening, *, regular: bool) -> BinaryIO:
    """The data rows as UTF-8 bytes."""
    if regular:
        with open_text(file, opening.layout.encoding) as text:
            above = len(text.read(opening.start).encode())
        stream = file.path.open("rb")
        stream.seek(above + (3 if opening.layout.encoding == "utf-8-sig" else 0))
        return stream
    text = open_text(file, opening.layout.encoding)
    text.read(opening.start)
    return io.BufferedReader(_Transcoded(text), BLOCK)


class _Transcoded(io.RawIOBase):
    """Text in any encoding as a stream of UTF-8."""

    def __init__(self, text: TextIO) -> None:
        self._text, self._rest = text, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = self._text.read(1 << 20).encode("utf-8", "replace")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        self._text.close()
        super().close()


@lru_cache(maxsize=256)
def _in_order(file: Delivery, opening: Opening, _state: tuple[int, int], *, regular: bool) -> bool:
    return _marks_in_order(_utf8(file, opening, regular=regular), opening.layout.delimiter or ",")


def _marks_in_order(stream: BinaryIO, delimiter: str) -> bool:
    """Whether quotation marks open at a cell's beginning and close at its end, in turns, over the whole file.

    Doubled marks are taken out first.
    """
    borders = np.zeros(256, dtype=bool)
    borders[[ord(delimiter), 10, 13]] = True
    closing = 0  # 1 while a cell is open, so that the next mark has to close it
    with stream:
        for block in _whole_lines(stream):
            if b'"' in block:
                text = np.frombuffer(block.replace(b'""', b""), np.uint8)
                marks = np.flatnonzero(text == ord('"'))
                opens, closes = borders[text[marks[closing::2] - 1]], borders[text[marks[1 - closing :: 2] + 1]]
                if not (opens.all() and closes.all()):
                    return False
                closing = (closing + len(marks)) % 2
    return not closing


def _whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Blocks that begin right after a line end, with that line end before them, and end at one."""
    rest = b"\n"
    while block := stream.read(BLOCK):
        block = rest + block
        cut = max(block.rfind(b"\n"), block.rfind(b"\r"), 0)
        if cut:
            yield block[: cut + 1]
        rest = block[cut:]
    yield rest + b"\n"
