"""Any delivered file as a sheet, by what it is and not by its name."""

from __future__ import annotations

from latido.errors import InputError
from latido.i18n import _
from latido.sources.csv import read_csv
from latido.sources.json import read_json_sheet
from latido.sources.open import Content, content
from latido.sources.parquet import read_parquet
from latido.sources.sheet import Layout, Sheet
from latido.sources.source import Delivery
from latido.sources.xlsx import read_xlsx

READERS = {
    Content.TEXT: read_csv,
    Content.JSON: read_json_sheet,
    Content.SHEET: read_xlsx,
    Content.PARQUET: read_parquet,
}


def read_sheet(file: Delivery, layout: Layout | None = None) -> Sheet:
    """Open a file as a table.

    Raises:
        InputError: It is empty, damaged, locked, or nothing that holds rows.
        UnsureError: It holds several tables, or text of unknown encoding.
    """
    kind = content(file, (layout or Layout()).encoding)
    if kind is Content.EMPTY:
        raise InputError(_("{file} is empty.", file=file.name))
    return READERS[kind](file, layout)
