"""Grids on a terminal, by rich: colours where it has them, as many columns as it has room for."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from latido.i18n import _
from latido.metrics.present import Cell, Column, Grid

STYLES = {"plain": "", "muted": "dim", "good": "green", "bad": "red"}
PIPED = 120  # columns, where nobody's terminal sets a limit
GAP = 2

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
    out.print(_table(fitted))
    for note in fitted.notes:
        out.print(Text(note, "dim"))
    out.print()


def fit(grid: Grid, width: int) -> Grid:
    """The grid without the columns that there is no room for, the most spare first."""
    while _width(grid) > width and any(c.spare for c in grid.columns):
        grid = _without(grid, max(range(len(grid.columns)), key=lambda i: grid.columns[i].spare))
    return grid


def _width(grid: Grid) -> int:
    texts = [[c.heading for c in grid.columns], *([cell.text for cell in row] for row in grid.rows)]
    return sum(max(map(len, column)) + GAP for column in zip(*texts, strict=True))


def _without(grid: Grid, index: int) -> Grid:
    gone = grid.columns[index].heading
    said = str(_("No room for the column “{name}”: --csv has it.", name=gone))
    return replace(
        grid,
        columns=_cut(grid.columns, index),
        rows=tuple(_cut(row, index) for row in grid.rows),
        notes=(*grid.notes, said),
    )


def _cut(items: tuple[T, ...], index: int) -> tuple[T, ...]:
    return (*items[:index], *items[index + 1 :])


def _table(grid: Grid) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", show_edge=False, pad_edge=False, padding=(0, GAP, 0, 0))
    for column in grid.columns:
        _add(table, column)
    for row in grid.rows:
        table.add_row(*map(_text, row))
    return table


def _add(table: Table, column: Column) -> None:
    side = "right" if column.right else "left"
    table.add_column(column.heading, justify=side, no_wrap=column.right)  # type: ignore[arg-type]


def _text(cell: Cell) -> Text:
    return Text(cell.text, STYLES[cell.tone])
