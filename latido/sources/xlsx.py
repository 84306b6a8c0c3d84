"""Spreadsheets (XLSX, XLS, ODS) as a sheet: values of formulas, one worksheet, merged cells filled down."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from latido.errors import InputError, UnknownNameError, UnsureError
from latido.i18n import _, _n
from latido.sources.archives import Budget, Limits
from latido.sources.layout import named, preamble
from latido.sources.sheet import Frame, Layout, Sheet
from latido.sources.source import Delivery

FRAME_ROWS = 20_000
SAMPLE = 200
LARGEST = 4 * 10**9  # bytes of XML; a full worksheet of a million rows has about 1 GB
CLEARLY = 10  # so many times the rows of any other worksheet, and nobody need be asked
LOCKED = "EncryptedPackage".encode("utf-16-le")
UNCALCULATED = re.compile(rb"<f(?:>[^<]*</f>| [^>]*?(?:/>|>[^<]*</f>))\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def read_xlsx(file: Delivery, layout: Layout | None = None) -> Sheet:
    """Open a spreadsheet.

    Raises:
        InputError: It is locked, damaged, empty, or has formulas that were never calculated.
        UnsureError: Several worksheets look like tables.
    """
    given = layout or Layout()
    _check(file)
    book = _book(file)
    sheet = _chosen(file, book, given.sheet)
    sample = list(islice(_rows(sheet), SAMPLE))
    width = max((len(row) for row in sample), default=0)
    if given.skip is None:
        given = replace(given, skip=preamble(sample))
    settled, names = named(replace(given, sheet=sheet.name), sample, width)

    def opened(columns: tuple[str, ...] | None) -> Iterator[Frame]:
        above = (settled.skip or 0) + bool(settled.header)
        rows = islice(_rows(sheet), above, None)
        done = 0
        while some := list(islice(rows, FRAME_ROWS)):
            yield Frame(_table(some, names, columns), np.arange(done + 1, done + len(some) + 1))
            done += len(some)

    above = tuple(" ".join(filter(None, row)) for row in sample[: settled.skip])
    return Sheet(file, names, settled, opened, above)


def _check(file: Delivery) -> None:
    """Refuse what would unfold without end, and formulas whose values nobody has stored."""
    if not zipfile.is_zipfile(file.path):
        return
    budget = Budget(file.name, file.path.stat().st_size, Limits(total=LARGEST))
    with zipfile.ZipFile(file.path) as archive:
        for member in archive.infolist():
            budget.spend(member.file_size)
        sheets = [m for m in archive.namelist() if m.startswith("xl/worksheets/") and m.endswith(".xml")]
        missing = sum(_uncalculated(archive, member) for member in sheets)
    if missing:
        raise InputError(
            _n(
                "{file} has {count} formula without a stored value.",
                "{file} has {count} formulas without stored values.",
                missing,
                file=file.name,
            ),
            _("Open it in a spreadsheet program, save it, and import it again."),
        )


def _uncalculated(archive: zipfile.ZipFile, member: str) -> int:
    found, rest = 0, b""
    with archive.open(member) as xml:
        while block := xml.read(1 << 20):
            cells = rest + block
            cut = cells.rfind(b"</c>") + 4
            found += len(UNCALCULATED.findall(cells, 0, cut))
            rest = cells[cut:] if cut > 3 else cells
    return found


def _book(file: Delivery) -> calamine.CalamineWorkbook:
    if not zipfile.is_zipfile(file.path) and LOCKED in file.path.read_bytes():
        raise InputError(
            _("{file} is locked with a password.", file=file.name), _("Save it without a password and import it again.")
        )
    try:
        return calamine.CalamineWorkbook.from_path(file.path)
    except (calamine.CalamineError, OSError):
        raise InputError(
            _("{file} is a spreadsheet that is damaged or of a kind that latido cannot read.", file=file.name),
            _("Save it as XLSX or CSV and import it again."),
        ) from None


def _chosen(file: Delivery, book: calamine.CalamineWorkbook, name: str | None) -> calamine.CalamineSheet:
    """The worksheet named, or the one that is clearly the table."""
    if name is not None:
        if name not in book.sheet_names:
            raise UnknownNameError.among(_("worksheet"), name, book.sheet_names)
        return book.get_sheet_by_name(name)
    visible = [m.name for m in book.sheets_metadata if m.visible == calamine.SheetVisibleEnum.Visible]
    sheets = [sheet for sheet in map(book.get_sheet_by_name, visible) if sheet.height > 1 and sheet.width > 1]
    sheets = sheets or [sheet for sheet in map(book.get_sheet_by_name, visible) if sheet.height]
    if not sheets:
        raise InputError(_("{file} has no worksheet with data.", file=file.name))
    sheets.sort(key=lambda sheet: -sheet.height)
    if len(sheets) > 1 and sheets[0].height < CLEARLY * sheets[1].height:
        listed = ", ".join(f"{sheet.name} ({sheet.height})" for sheet in sheets)
        raise UnsureError(
            _("{file} has several worksheets with data: {sheets}.", file=file.name, sheets=listed),
            _("Say which in a mapping file: {line}", line=f"sheet = {json.dumps(sheets[0].name, ensure_ascii=False)}"),
        )
    return sheets[0]


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list[str]]:
    """Rows as text, blank ones left out, merged cells filled down."""
    waiting = _merged(sheet)
    open_spans: list[_Span] = []
    first = sheet.start[0] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), first):
        row = [as_text(cell) for cell in cells]
        open_spans = [span for span in open_spans if span.last >= number]
        for span in open_spans:
            row[span.column] = span.value
        while waiting and waiting[-1].first <= number:
            span = waiting.pop()
            open_spans.append(replace(span, value=row[span.column]))
        if any(row):
            yield row


@dataclass(frozen=True)
class _Span:
    first: int
    last: int
    column: int
    value: str = ""


def _merged(sheet: calamine.CalamineSheet) -> list[_Span]:
    """Cells merged over several rows, the lowest first; those merged over columns keep their text in the first."""
    ranges: Sequence[Any] = sheet.merged_cell_ranges or ()
    left = sheet.start[1] if sheet.start else 0
    spans = [_Span(top, bottom, column - left) for (top, column), (bottom, _right) in ranges if bottom > top]
    return sorted(spans, key=lambda span: -span.first)


def as_text(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return cell.isoformat() if isinstance(cell, date | time) else "" if cell is None else str(cell)


def _table(rows: list[list[str]], names: tuple[str, ...], columns: tuple[str, ...] | None) -> pa.Table:
    places = {name: i for i, name in enumerate(names)}
    return pa.table(
        {
            name: pa.array([row[places[name]] if places[name] < len(row) else "" for row in rows], pa.string())
            for name in (columns if columns is not None else names)
        }
    )
