"""Tables as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from math import isfinite
from typing import Any

import pandas as pd
import xlsxwriter

LONGEST_NAME = 31  # of a worksheet, says the format
WIDEST = 60
FIRST_YEAR = 1900  # that the format knows
FORMATS = ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm:ss"})


def sheet(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with one worksheet a table: headings that stay in sight, and numbers that are numbers.

    Args:
        tables: Worksheet → rows. What begins with `=` stays a text: no cell is ever a formula.
    """
    out = BytesIO()
    options = {"in_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, days, instants = (book.add_format(how) for how in FORMATS)
        for name, frame in tables.items():
            page = book.add_worksheet(name[:LONGEST_NAME])
            page.freeze_panes(1, 0)
            page.write_row(0, 0, [str(column) for column in frame.columns], bold)
            for i, row in enumerate(frame.itertuples(index=False), 1):
                for j, value in enumerate(row):
                    _write(page, i, j, value, instants if isinstance(value, datetime) else days)
            for j, column in enumerate(frame.columns):
                page.set_column(j, j, _width(frame, str(column)))
    return out.getvalue()


def _write(page: Any, i: int, j: int, value: Any, dated: Any) -> None:
    if value is None or (isinstance(value, float) and not isfinite(value)) or value is pd.NaT:
        return
    if isinstance(value, date) and value.year >= FIRST_YEAR:  # of instants, too
        page.write_datetime(i, j, value, dated)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(i, j, value)
    else:
        page.write_string(i, j, str(value))


def _width(frame: pd.DataFrame, column: str) -> int:
    longest = max((len(str(value)) for value in frame[column].head(200)), default=0)
    return min(max(longest, len(column)) + 2, WIDEST)
