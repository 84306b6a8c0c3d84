"""Splitting delimited text into records the careful way, line by line.

The fast reader (Arrow) trusts quotation marks. This one is for the beginnings of files and for
files whose marks are not in order: a mark that is opened and never closed costs one line, not
the rest of the file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from latido.i18n import Message, _

LONGEST_RECORD = 10_000  # lines of one record


class Record(NamedTuple):
    """One record: its cells, or why it has none.

    Attributes:
        text: As it stands in the file, without the line end.
        cells: Its cells; None where they cannot be told apart.
        reason: Why not.
        end: Characters of the text up to here, the line end included.
    """

    text: str
    cells: list[str] | None
    end: int
    reason: Message | None = None


def records(
    text: Iterator[str], delimiter: str, columns: int | None = None, ahead: list[str] | None = None
) -> Iterator[Record]:
    """Records of delimited text; blank lines are none.

    Args:
        text: Lines with their ends, as a text file opened with `newline=""` gives them.
        delimiter: What stands between cells.
        columns: How many cells a record has. An open mark that does not close into a record of
            so many cells is taken for a stray one.
        ahead: Holds the lines that were read but are not part of a record yet.
    """
    ahead = [] if ahead is None else ahead
    end = 0
    while line := ahead.pop(0) if ahead else next(text, ""):
        cells = split(line, delimiter)
        whole = line if cells is not None else _joined(line, text, ahead, delimiter, columns)
        end += len(whole or line)
        if whole is None:
            yield Record(_bare(line), None, end, _("A quotation mark is opened and never closed."))
        elif whole.strip("\r\n"):
            yield Record(_bare(whole), cells or split(whole, delimiter), end)


def split(line: str, delimiter: str) -> list[str] | None:
    """Cells of one record; None if a quotation mark is still open at its end."""
    line = _bare(line)
    if '"' not in line:
        return line.split(delimiter)
    if f'{delimiter} "' not in line:
        try:
            return next(csv.reader((line,), delimiter=delimiter, strict=True))
        except csv.Error:
            pass  # marks that are not in order, or a very long cell
    return _split_by_cell(line, delimiter)


def _split_by_cell(line: str, delimiter: str) -> list[str] | None:
    pattern, at, cells = _cell(delimiter), 0, []
    while True:
        found = pattern.match(line, at)
        if found is None:
            return None
        quoted, plain, end = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if not end:
            return cells


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell and the delimiter after it; a mark inside a quoted cell closes it only before a delimiter or the end."""
    d = re.escape(delimiter)
    return re.compile(rf'(?: *"((?:[^"]|""|"(?! *(?:{d}|\Z)))*+)" *|((?! *")[^{d}]*))({d}|\Z)')


def _joined(line: str, text: Iterator[str], ahead: list[str], delimiter: str, columns: int | None) -> str | None:
    """The record that begins with this line and goes on over the next ones; None if the mark in it is a stray one."""
    taken = [line]
    while len(taken) <= LONGEST_RECORD and (following := ahead.pop(0) if ahead else next(text, "")):
        taken.append(following)
        if '"' not in following:
            continue
        # A cell that opens inside an open cell: the first mark was a stray one.
        if _opener(delimiter).search(following):
            break
        cells = split(whole := "".join(taken), delimiter)
        if cells is not None and columns in {None, len(cells)}:
            return whole
    ahead[:0] = taken[1:]
    return None


@cache
def _opener(delimiter: str) -> re.Pattern[str]:
    """A line whose first single mark stands where a cell begins."""
    d = re.escape(delimiter)
    return re.compile(rf'\A(?:(?:[^"]|"")*{d})? *"(?!["\r\n]|\Z|{d})')


def _bare(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")
