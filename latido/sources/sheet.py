"""What every reader gives: a file as a table, in frames of some ten thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from latido.i18n import Message, _n
from latido.sources.source import Delivery


@dataclass(frozen=True)
class BrokenRow:
    """A row that could not be split into cells, with its text as it stands in the file."""

    number: int
    text: str
    reason: Message


@dataclass(frozen=True)
class Frame:
    """Some rows of a sheet, in order.

    Attributes:
        rows: Columns by foreign name: text from text files and spreadsheets, typed from Parquet.
        numbers: Number of each row in the file, the first data row being 1.
        broken: Rows among or after these that could not be read.
    """

    rows: pa.Table
    numbers: np.ndarray
    broken: tuple[BrokenRow, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A delivered file as one table of named columns.

    Attributes:
        file: The file.
        columns: Their names, unique.
        layout: How the file is laid out, for the mapping that will replay it.
        opened: Starts reading from the first row, some columns or all; can be called again.
        preamble: What stood above the header.
        open_ended: More columns may come further on, as in JSON.
    """

    file: Delivery
    columns: tuple[str, ...]
    layout: Layout
    opened: Callable[[tuple[str, ...] | None], Iterator[Frame]]
    preamble: tuple[str, ...] = ()
    open_ended: bool = False

    def frames(self, columns: tuple[str, ...] | None = None) -> Iterator[Frame]:
        """Read from the first row; only these columns, where given."""
        return self.opened(columns)


@dataclass(frozen=True)
class Layout:
    """How a file is laid out; what a mapping says about it wins over what is detected.

    Attributes:
        encoding: Python's name of the codec.
        delimiter: What stands between cells.
        header: Whether the first row that is not preamble names the columns.
        skip: Rows of preamble above the header.
        widths: First and last position of each column of a fixed-width file, from 0, half-open.
        names: Names of the columns, where the file has none or a person gave others.
        sheet: Name of the worksheet.
        records: Name of the array that holds the records of a JSON file.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    skip: int | None = None
    widths: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()
    sheet: str | None = None
    records: str | None = None


def unique_names(cells: list[str]) -> tuple[str, ...]:
    """Column names from header cells: a second “category” is “category (2)”, an empty one “column 5”."""
    seen: dict[str, int] = {}
    names = []
    for i, cell in enumerate(cells, 1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {i}"
        times = seen[name] = seen.get(name, 0) + 1
        while times > 1 and f"{name} ({times})" in seen:
            times += 1
        unique = name if times == 1 else f"{name} ({times})"
        seen.setdefault(unique, 1)
        names.append(unique)
    return tuple(names)


def ragged(cells: int, columns: int) -> Message:
    """Why a row with another number of cells is broken."""
    return _n(
        "The row has {count} cell where the header has {columns}.",
        "The row has {count} cells where the header has {columns}.",
        cells,
        columns=columns,
    )
