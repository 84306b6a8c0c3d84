"""Spreadsheets, written by hand as the XML that they are."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.sources.corpus.odd import TICKETS, Odd

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TOPIC = TICKETS + 'topic = "topic"\n'


class Formula(NamedTuple):
    """A formula and the value stored with it, if any."""

    text: str
    value: str | None


class Error(str):
    """An error value, such as #N/A."""

    __slots__ = ()


Cell = str | float | bool | Formula | Error | None


class Tab(NamedTuple):
    """A worksheet."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    hidden: bool = False


def workbook(path: Path, *tabs: Tab) -> None:
    """Write an XLSX file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(tabs).items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')


def parts(tabs: Sequence[Tab]) -> dict[str, str]:
    """The XML parts of a workbook."""
    kinds = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    states = ["hidden" if tab.hidden else "visible" for tab in tabs]
    sheets = "".join(
        f'<sheet name="{tab.name}" sheetId="{i}" r:id="r{i}" state="{state}"/>'
        for i, (tab, state) in enumerate(zip(tabs, states, strict=True), 1)
    )
    links = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(tabs) + 1)
    )
    return {
        "[Content_Types].xml": kinds,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **{f"xl/worksheets/sheet{i}.xml": worksheet(tab) for i, tab in enumerate(tabs, 1)},
    }


def worksheet(tab: Tab) -> str:
    """The XML of a worksheet."""
    rows = "".join(
        f'<row r="{r}">' + "".join(cell(f"{chr(64 + c)}{r}", value) for c, value in enumerate(row, 1)) + "</row>"
        for r, row in enumerate(tab.rows, 1)
    )
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in tab.merged)
    merged = f"<mergeCells>{spans}</mergeCells>" if spans else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>'


def cell(place: str, value: Cell) -> str:
    """The XML of a cell."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        stored = "" if value.value is None else f"<v>{value.value}</v>"
        return f'<c r="{place}"><f>{value.text}</f>{stored}</c>'
    if isinstance(value, Error):
        return f'<c r="{place}" t="e"><v>{value}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _with_password(path: Path) -> None:
    """The container that Office wraps a locked workbook in: a file system of 512-byte sectors."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0, *[none] * 108,
    )  # fmt: skip
    names = (("Root Entry", 5, 1), ("EncryptionInfo", 2, none), ("EncryptedPackage", 2, none))
    entries = b"".join(
        struct.pack("<64sHBBIII36xIQ", f"{n}\0".encode("utf-16-le"), 2 * len(n) + 2, kind, 1, none, none, child, end, 0)
        for n, kind, child in names
    )
    table = struct.pack("<128I", 0xFFFFFFFD, end, *[none] * 126)
    path.write_bytes(header + table + entries.ljust(512, b"\0"))


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(72 << 20))


def _cut(path: Path) -> None:
    workbook(path, Tab("Data", [["id", "created"], ["1", "2024-03-04"]]))
    path.write_bytes(path.read_bytes()[:-200])


def _damaged(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts([Tab("Data", [["id"]])]).items():
            archive.writestr(name, content.replace("<sheets>", "<sheets"))


HEADER = ("id", "created", "topic")

SPREADSHEETS = (
    Odd(
        "workbook.csv",
        ("spreadsheet renamed to csv", "hoja de cálculo renombrada a csv"),
        lambda path: workbook(path, Tab("Data", [HEADER, ["1", "2024-03-04", "a"]])),
        rows=1,
    ),
    Odd(
        "formulas.xlsx",
        ("formulas with their values", "fórmulas con sus valores"),
        lambda path: workbook(path, Tab("Data", [HEADER, ["1", Formula("45355+0.5", "45355.5"), True]])),
        TOPIC,
        rows=1,
        shows={"topic": "true"},
    ),
    Odd(
        "uncalculated.xlsx",
        ("formulas that were never calculated", "fórmulas que nunca se calcularon"),
        lambda path: workbook(path, Tab("Data", [HEADER, ["1", Formula("TODAY()", None)], ["2", Formula("A2", None)]])),
        refused="uncalculated.xlsx has 2 formulas without stored values. "
        "Open it in a spreadsheet program, save it, and import it again.",
    ),
    Odd(
        "errors.xlsx",
        ("error values in cells", "valores de error en celdas"),
        lambda path: workbook(path, Tab("Data", [HEADER, ["1", "2024-03-04", Error("#N/A")]])),
        TOPIC,
        rows=1,
        shows={"topic": None},
    ),
    Odd(
        "merged.xlsx",
        (
            "cells merged over rows, a title merged over columns",
            "celdas combinadas en filas y un título combinado en columnas",
        ),
        lambda path: workbook(
            path,
            Tab(
                "Data",
                [
                    ["Tickets of March"],
                    HEADER,
                    ["1", "2024-03-04", "Invoice"],
                    ["2", "2024-03-05"],
                ],
                merged=("A1:C1", "C3:C4"),
            ),
        ),
        TOPIC,
        rows=2,
        shows={"topic": "Invoice"},
    ),
    Odd(
        "two_tables.xlsx",
        ("two worksheets with data", "dos hojas con datos"),
        lambda path: workbook(
            path, Tab("March", [HEADER, ["1", "2024-03-04"]]), Tab("April", [HEADER, ["2", "2024-04-04"]])
        ),
        refused="two_tables.xlsx has several worksheets with data: March (2), April (2). "
        'Say which in a mapping file: sheet = "March"',
    ),
    Odd(
        "named_sheet.xlsx",
        ("a worksheet that is not there", "una hoja que no existe"),
        lambda path: workbook(path, Tab("March", [HEADER, ["1", "2024-03-04"]])),
        'sheet = "Marhc"\n' + TICKETS,
        refused="There is no worksheet called “Marhc”. Did you mean March?",
    ),
    Odd(
        "hidden.xlsx",
        ("a hidden worksheet beside the data", "una hoja oculta junto a los datos"),
        lambda path: workbook(
            path, Tab("Lists", [HEADER, ["9", "2024-03-04"]], hidden=True), Tab("Data", [HEADER, ["1", "2024-03-04"]])
        ),
        rows=1,
        shows={"ticket_id": "1"},
    ),
    Odd(
        "no_data.xlsx",
        ("a workbook with nothing in it", "un libro sin nada"),
        lambda path: workbook(path, Tab("Data", [])),
        refused="no_data.xlsx has no worksheet with data.",
    ),
    Odd(
        "locked.xlsx",
        ("workbook with a password", "libro con contraseña"),
        _with_password,
        refused="locked.xlsx is locked with a password. Save it without a password and import it again.",
    ),
    Odd(
        "cut.xlsx",
        ("workbook cut short", "libro cortado"),
        _cut,
        refused="cut.xlsx is a damaged archive and cannot be unpacked. Download or copy it again.",
    ),
    Odd(
        "damaged.xlsx",
        ("workbook with broken XML", "libro con XML roto"),
        _damaged,
        refused="damaged.xlsx is a spreadsheet that is damaged or of a kind that latido cannot read. "
        "Save it as XLSX or CSV and import it again.",
    ),
    Odd(
        "bomb.xlsx",
        ("workbook that unfolds without end", "libro que se despliega sin fin"),
        _bomb,
        refused="bomb.xlsx unfolds to more than 200 times its size, as a zip bomb does. "
        "If you trust it, unpack it yourself and import the files inside.",
    ),
)
