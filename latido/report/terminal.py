"""Grids on a terminal: colours where it has them, as many columns as it has room for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from textwrap import wrap
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from latido.i18n import _
from latido.metrics.present import Cell, Column, Grid

STYLES = {"plain": "", "muted": "dim", "good": "green", "bad": "red"}
PIPED = 120  # columns, where nobody's terminal sets a limit
GAP = 2
WORD = 24  # the longest that is never broken: a metric's name

T = TypeVar("T")


def console(*, stderr: bool = False) -> Console:
    """Where people read: NO_COLOR and COLUMNS are respected, nothing is coloured in a pipe."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def show(grid: Grid, to: Console | None = None) -> None:
    """Print a grid with its title and notes."""
    out = to or console()
    fitted = fit(grid, out.width)
    for text, style in ((fitted.title, "bold"), (fitted.subtitle, "dim")):
        if text:
            out.print(Text(text, style))
    for line in drawn(fitted, out.width):
        out.print(line, no_wrap=True, crop=True)
    for note in fitted.notes:
        out.print(Text(note, "dim"))
    out.print()


def fit(grid: Grid, width: int) -> Grid:
    """The grid as wide as there is room: cells in two lines, then without the columns that can be spared most."""
    if _total(_natural(grid)) <= width:
        return grid
    names, fitted = [c.heading for c in grid.columns], _folded(grid)
    gone = []
    while _total(_least(fitted)) > width and any(c.spare for c in fitted.columns):
        index = max(range(len(fitted.columns)), key=lambda i: fitted.columns[i].spare)
        gone.append(names.pop(index))
        fitted = _without(fitted, index)
    said = _("Not shown for want of room: {names}.", names=", ".join(gone))
    return replace(fitted, notes=(*fitted.notes, str(said))) if gone else fitted


def _natural(grid: Grid) -> list[int]:
    """What each column would like to have."""
    return [max(map(_widest, texts)) for texts in _texts(grid)]


def _least(grid: Grid) -> list[int]:
    """What each column cannot do without: texts may take several lines, but words stay whole."""
    words = ([word for text in texts for word in text.split()] for texts in _texts(grid))
    longest = (max(map(cell_len, found), default=0) for found in words)
    naturals = zip(_natural(grid), longest, grid.columns, strict=True)
    return [w if column.right else min(w, word, WORD) for w, word, column in naturals]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _texts(grid: Grid) -> list[tuple[str, ...]]:
    """The texts of each column, heading first."""
    rows = ([c.heading for c in grid.columns], *([cell.text for cell in row] for row in grid.rows))
    return list(zip(*rows, strict=True))


def _widest(text: str) -> int:
    return max(map(cell_len, text.splitlines()), default=0)


def _folded(grid: Grid) -> Grid:
    rows = tuple(tuple(replace(cell, text=cell.folded or cell.text) for cell in row) for row in grid.rows)
    folded = replace(grid, rows=rows)
    widths = (max(map(_widest, texts[1:]), default=0) for texts in _texts(folded))
    return replace(folded, columns=tuple(_heading(c, w) for c, w in zip(grid.columns, widths, strict=True)))


def _heading(column: Column, width: int) -> Column:
    """The heading in lines no wider than what stands below it, if its words allow."""
    longest = max(map(len, column.heading.split()), default=1)
    return replace(column, heading="\n".join(wrap(column.heading, max(width, longest))))


def _without(grid: Grid, index: int) -> Grid:
    return replace(grid, columns=_cut(grid.columns, index), rows=tuple(_cut(row, index) for row in grid.rows))


def _cut(items: tuple[T, ...], index: int) -> tuple[T, ...]:
    return (*items[:index], *items[index + 1 :])


def drawn(grid: Grid, width: int) -> Iterator[Text]:
    """The table line by line: headings, a rule, rows."""
    widths = _shared_out(grid, width)
    if not widths:
        return
    yield from _row([Cell(c.heading, "muted") for c in grid.columns], grid.columns, widths)
    yield Text("─" * _total(widths), "dim")
    for row in grid.rows:
        yield from _row(row, grid.columns, widths)


def _shared_out(grid: Grid, width: int) -> list[int]:
    """A width for each column; the widest texts give way first."""
    widths, least = _natural(grid), _least(grid)
    while _total(widths) > width and widths != least:
        widest = max(range(len(widths)), key=lambda i: (widths[i] > least[i], widths[i]))
        widths[widest] -= 1
    return widths


def _row(cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[Text]:
    """A row's lines, as many as its tallest cell has."""
    tall = [_lines(cell, c, w) for cell, c, w in zip(cells, columns, widths, strict=True)]
    for parts in zip_longest(*tall, fillvalue=""):
        yield _line(parts, cells, columns, widths)


def _lines(cell: Cell, column: Column, width: int) -> list[str]:
    lines = cell.text.splitlines() or [""]
    if column.right:
        return [line.strip() for line in lines]
    return [part for line in lines for part in (wrap(line, width) if cell_len(line) > width else [line])]


def _line(parts: Iterable[str], cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]) -> Text:
    line = Text()
    for part, cell, column, width in zip(parts, cells, columns, widths, strict=True):
        space = " " * max(width - cell_len(part), 0)
        line.append(" " * GAP if line else "")
        line.append(space + part if column.right else part + space, STYLES[cell.tone])
    line.rstrip()
    return line
