"""Archives and files that are not what their names say."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

from tests.sources.corpus.odd import Odd, text

GOOD = "id,created\n1,2024-03-04 10:00\n2,2024-03-04 11:00\n"


def _zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _link(path: Path) -> None:
    member = zipfile.ZipInfo("tickets.csv")
    member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "/etc/passwd")


def _locked(path: Path) -> None:
    data = bytearray(_zipped({"tickets.csv": GOOD}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


def _tar(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        archive.addfile(tarfile.TarInfo("tickets.csv"))


def _bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as packed:
        for _block in range(72):
            packed.write(bytes(1 << 20))


CONTAINERS = (
    Odd(
        "truncated.csv.gz",
        ("gzip cut short", "gzip cortado"),
        text(gzip.compress(GOOD.encode() * 50)[:-20]),
        refused="truncated.csv.gz is cut short: its compressed data stop before their end. Download or copy it again.",
    ),
    Odd(
        "damaged.csv.gz",
        ("gzip with damaged bytes", "gzip con bytes dañados"),
        text(gzip.compress(GOOD.encode())[:-8] + b"checksum"),
        refused="damaged.csv.gz is a damaged archive and cannot be unpacked. Download or copy it again.",
    ),
    Odd(
        "damaged.zip",
        ("zip cut short", "zip cortado"),
        text(_zipped({"tickets.csv": GOOD})[:60]),
        refused="damaged.zip is a damaged archive and cannot be unpacked. Download or copy it again.",
    ),
    Odd(
        "bomb.csv.gz",
        ("zip bomb: 72 MB of nothing in 300 kB", "bomba zip: 72 MB de nada en 300 kB"),
        _bomb,
        refused="bomb.csv.gz unfolds to more than 200 times its size, as a zip bomb does. "
        "If you trust it, unpack it yourself and import the files inside.",
    ),
    Odd(
        "climbing.zip",
        ("member whose path climbs out", "archivo cuya ruta sale de la carpeta"),
        text(_zipped({"../../tickets.csv": GOOD})),
        refused="climbing.zip holds “../../tickets.csv”, which would be written outside its folder.",
    ),
    Odd(
        "link.zip",
        ("member that is a link", "archivo que es un enlace"),
        _link,
        refused="link.zip holds “tickets.csv”, which is a link and not a file.",
    ),
    Odd(
        "locked.zip",
        ("zip with a password", "zip con contraseña"),
        _locked,
        refused="locked.zip is locked with a password. Unpack it yourself and import the files inside.",
    ),
    Odd(
        "nobody.zip",
        ("empty zip", "zip vacío"),
        text(_zipped({})),
        refused="nobody.zip is an archive with no files in it.",
    ),
    Odd(
        "nest.zip",
        ("zip in a zip in a zip", "zip dentro de un zip dentro de un zip"),
        text(_zipped({"b.zip": _zipped({"a.zip": _zipped({"tickets.csv": GOOD})})})),
        refused="nest.zip holds archives inside archives inside archives. "
        "Unpack it yourself and import the files inside.",
    ),
    Odd(
        "parts.zip",
        ("two parts, one of them packed again", "dos partes, una de ellas comprimida de nuevo"),
        text(_zipped({"a.csv": GOOD, "b.csv.gz": gzip.compress(GOOD.encode()), "__MACOSX/._a.csv": b"\x00"})),
        rows=4,
    ),
    Odd(
        "export.7z",
        ("another kind of archive", "otro tipo de archivo comprimido"),
        text(b"7z\xbc\xaf\x27\x1c" + bytes(50)),
        refused="export.7z is packed with 7z, which latido does not open. Unpack it, or pack it as zip or gzip.",
    ),
    Odd(
        "export.tar",
        ("tar archive", "archivo tar"),
        _tar,
        refused="export.tar is a tar archive. Unpack it and import the files inside.",
    ),
    Odd(
        "picture.csv",
        ("picture renamed to csv", "imagen renombrada a csv"),
        text(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        refused="picture.csv is not text, a spreadsheet, JSON or Parquet. "
        "Export it as CSV or XLSX from the program that wrote it.",
    ),
    Odd(
        "page.csv",
        ("web page saved as csv", "página web guardada como csv"),
        text("<!DOCTYPE html><html>Log in</html>"),
        refused="page.csv is a web page, not data. Download the export again while logged in; "
        "a log-in page may have been saved in its place.",
    ),
    Odd(
        "export.xml",
        ("XML", "XML"),
        text('<?xml version="1.0"?><tickets/>'),
        refused="export.xml is XML. Export it as CSV, XLSX or JSON.",
    ),
    Odd("empty.csv", ("empty file", "archivo vacío"), text(""), refused="empty.csv is empty."),
    Odd(
        "blank.csv",
        ("nothing but line ends", "solo saltos de línea"),
        text("\r\n\r\n\r\n"),
        refused="blank.csv is empty.",
    ),
)
