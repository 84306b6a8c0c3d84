"""How a text file is laid out: delimiter, header, preamble or fixed widths, judged by its beginning."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from io import StringIO
from itertools import accumulate, islice

from latido.sources.open import open_text
from latido.sources.records import Record, records
from latido.sources.sheet import Layout, unique_names
from latido.sources.source import Delivery

HEAD = 1 << 20
DELIMITERS = ("\t", "|", ";", ",")  # the rarer ones in other text first
SAMPLE = 1000
NOT_A_NAME = re.compile(
    r"[-+]?[\d.,  %€$£]*\d[\d.,  %€$£]*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|true|false", re.IGNORECASE
)


@dataclass(frozen=True)
class Opening:
    """The beginning of a text file, understood.

    Attributes:
        layout: Everything settled.
        names: The columns.
        start: Characters before the first data row.
        preamble: Lines above the header.
    """

    layout: Layout
    names: tuple[str, ...]
    start: int
    preamble: tuple[str, ...] = ()


def understand(file: Delivery, given: Layout) -> Opening:
    """Lay out a text file.

    Args:
        file: The file.
        given: What is known already; it wins.
    """
    with open_text(file, given.encoding) as text:
        head = text.read(HEAD)
        whole = not text.read(1)
    if given.widths:
        return _fixed(head, given)
    sniffed, given = _announced(head, given)
    delimiter = given.delimiter or _delimiter(head, whole=whole)
    if delimiter is None and (widths := fixed_widths(sample_lines(head, whole=whole))):
        return _fixed(head, replace(given, widths=widths))
    return _delimited(head, replace(given, delimiter=delimiter or ","), sniffed, whole=whole)


def _announced(head: str, given: Layout) -> tuple[int, Layout]:
    """Excel's first line `sep=;` and how many records it takes."""
    found = re.match(r"\ufeff?sep=(.)\r?\n", head, re.IGNORECASE)
    if found is None:
        return 0, given
    return 1, replace(given, delimiter=given.delimiter or found[1])


def _delimiter(head: str, *, whole: bool) -> str | None:
    """The delimiter that cuts the sample into records of the same number of cells."""
    best, best_score = None, 0.3
    for delimiter in DELIMITERS:
        found = _records(head, delimiter, whole=whole)
        columns, share = _usual([len(r.cells) for r in found if r.cells is not None])
        score = share**2 * (1 - 1 / columns) if columns > 1 else 0
        if score > best_score + 1e-9:
            best, best_score = delimiter, score
    return best


def _usual(counts: list[int]) -> tuple[int, float]:
    """The most frequent number of cells, and its share of the records."""
    if not counts:
        return 1, 0.0
    columns, times = Counter(counts).most_common(1)[0]
    return columns, times / len(counts)


def _records(head: str, delimiter: str, *, whole: bool) -> list[Record]:
    lines = iter(StringIO(head, newline=""))
    found = list(islice(records(lines, delimiter), SAMPLE))
    # The sample may end in the middle of a record.
    return found if whole or len(found) in {1, SAMPLE} else found[:-1]


def _delimited(head: str, given: Layout, announced: int, *, whole: bool) -> Opening:
    found = _records(head, given.delimiter or ",", whole=whole)
    columns, _share = _usual([len(r.cells) for r in found[announced:] if r.cells is not None])
    rows = [r.cells or [] for r in found]
    if given.skip is None:
        given = replace(given, skip=announced + preamble(rows[announced:]))
    layout, names = named(given, rows, columns)
    above = (layout.skip or 0) + bool(layout.header)
    start = found[above - 1].end if 0 < above <= len(found) else 0
    return Opening(layout, names, start, tuple(r.text for r in found[: layout.skip]))


def named(given: Layout, rows: list[list[str]], columns: int) -> tuple[Layout, tuple[str, ...]]:
    """The names of the columns, from the header if there is one, and the layout with all of it settled."""
    skip = given.skip or 0
    header = given.header if given.header is not None else is_header(rows[skip:])
    first = rows[skip] if header and skip < len(rows) else []
    names = given.names or unique_names([*first, *[""] * (columns - len(first))])
    return replace(given, header=header, skip=skip, names=() if header and not given.names else names), names


def preamble(rows: list[list[str]]) -> int:
    """How many rows stand above the header: those that reach less far to the right than most, or are comments."""
    reach = [max((i for i, cell in enumerate(cells, 1) if cell.strip()), default=0) for cells in rows]
    usual, _share = _usual([r for r in reach if r])
    for i, cells in enumerate(rows[:50]):
        filled = sum(bool(cell.strip()) for cell in cells)
        if reach[i] >= usual and filled >= 0.5 * usual and not cells[0].startswith("# "):
            return i
    return 0


def is_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: no cell of it is a number, a date, an answer, or comes again below."""
    if not rows:
        return True
    rows = [[cell.strip(" \ufeff") for cell in row] for row in rows[:100]]
    first = rows[0]
    if any(NOT_A_NAME.fullmatch(cell) for cell in first if cell):
        return False
    below = [row for row in rows[1:] if row != first and len(row) == len(first)]
    return not any(cell and cell == row[i] for row in below for i, cell in enumerate(first))


def sample_lines(head: str, *, whole: bool) -> list[str]:
    """The lines of the sample that hold something."""
    lines = [line.rstrip("\r\n") for line in StringIO(head, newline="")]
    return [line for line in (lines if whole else lines[:-1]) if line.strip()][:SAMPLE]


def fixed_widths(lines: list[str]) -> tuple[tuple[int, int], ...]:
    """Columns between positions that are blank in every line; empty if the file is not of fixed width."""
    if len(lines) < 3 or any("\t" in line for line in lines):
        return ()
    width = max(map(len, lines))
    if sum(len(line) == width for line in lines) < 0.5 * len(lines):
        return ()
    used = [any(len(line) > i and line[i] != " " for line in lines) for i in range(width)]
    runs = [(m.start(), m.end()) for m in re.finditer("1+", "".join("01"[u] for u in used))]
    if len(runs) < 2:
        return ()
    # A gap belongs to the column on its right: numbers grow to the left.
    starts = [0, *(end for _start, end in runs[:-1])]
    return tuple((start, end) for start, (_first, end) in zip(starts, runs, strict=True))


def _fixed(head: str, given: Layout) -> Opening:
    lines = sample_lines(head, whole=True)
    rows = [[line[a:b].strip() for a, b in given.widths] for line in lines]
    layout, names = named(given, rows, len(given.widths))
    ends = [0, *accumulate(map(len, StringIO(head, newline="")))]
    above = (layout.skip or 0) + bool(layout.header)
    return Opening(layout, names, ends[min(above, len(ends) - 1)], tuple(lines[: layout.skip]))
