"""Opening what was delivered: paths, streams, archives; what a file is by its bytes, not by its name."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from latido.errors import InputError
from latido.i18n import Message, _
from latido.sources.archives import Budget, Limits, gunzip, is_gzip, is_office, is_zip, unzip
from latido.sources.encoding import detect
from latido.sources.json_parser import Broken, Parser
from latido.sources.source import Delivery

HEAD = 1 << 16
PACKED = {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z", b"Rar!": "rar", b"\x28\xb5\x2f\xfd": "zstd"}


class Content(StrEnum):
    """What a file is, by its bytes."""

    EMPTY = "empty"
    TEXT = "text"
    JSON = "json"
    SHEET = "sheet"
    PARQUET = "parquet"


def spool(
    given: Path | str | BinaryIO, into: Path, name: str | None = None, limits: Limits | None = None
) -> list[Delivery]:
    """Make what was delivered readable from local disk, archives unfolded: one `Delivery` a file.

    Args:
        given: A path, or an open binary stream (standard input).
        into: Folder for what has to be written: streams and unfolded archives.
        name: What to call a stream; a path is called by its own name.
        limits: How far an archive may unfold.

    Raises:
        InputError: There is no such file, or an archive is damaged, locked, dangerous or too large.
    """
    into.mkdir(parents=True, exist_ok=True)
    if isinstance(given, Path | str):
        path = _existing(Path(given))
        return _unfolded(path, name or path.name, into, limits or Limits())
    path = _free(into)
    with path.open("wb") as out:
        shutil.copyfileobj(given, out)
    return _unfolded(path, name or "stdin", into, limits or Limits())


def content(delivery: Delivery, encoding: str | None = None) -> Content:
    """What the file is.

    Args:
        delivery: The file.
        encoding: Its codec, should it be text; None to detect it.

    Raises:
        InputError: It is nothing that can be read as rows.
    """
    with delivery.path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        return Content.EMPTY
    if head.startswith(b"PAR1"):
        return Content.PARQUET
    if head.startswith(b"\xd0\xcf\x11\xe0") or is_office(delivery.path):
        return Content.SHEET
    _refuse(delivery.name, head)
    with open_text(delivery, encoding) as text:
        start = text.read(HEAD).lstrip("\ufeff \t\r\n")
    _refuse_markup(delivery.name, start)
    return Content.JSON if _looks_like_json(start) else Content.TEXT


def open_text(delivery: Delivery, encoding: str | None = None) -> TextIO:
    """The file as text, line ends untouched; bytes that are not valid are read as “�”.

    Args:
        delivery: The file.
        encoding: Its codec; None to detect it.
    """
    chosen = encoding or detect(delivery.path, delivery.name).name
    return delivery.path.open(encoding=chosen, errors="replace", newline="")


def read_json(
    delivery: Delivery, key: str | None = None, broken: Callable[[int, str, Message], None] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Records of a JSON file, one by one, in bounded memory.

    Reads an array, an object with an array under `key`, one object, JSON Lines, and JSON Lines
    of pages (objects with an array under `key`).

    Args:
        delivery: The file.
        key: Name of the array at the top level; None for the records themselves.
        broken: Told of each record that is not valid JSON or not an object (number, text, reason);
            None to raise instead. What follows a broken line is still read; after a broken element
            of an array nothing can be trusted, so the rest is given as one.

    Yields:
        Number of the record, from 1, and the record.

    Raises:
        InputError: The file is not JSON, is nested too deeply, or (without `broken`) has a broken record.
    """
    numbers = count(1)
    with open_text(delivery) as text:
        for found in Parser(text, delivery.name).records(key):
            number = next(numbers)
            if isinstance(found, dict):
                yield number, found
                continue
            reason, raw = _not_a_record(found)
            if broken is None:
                raise InputError(_("{file}, record {row}: {reason}", file=delivery.name, row=number, reason=reason))
            broken(number, raw, reason)


def _not_a_record(found: Any) -> tuple[Message, str]:
    if isinstance(found, Broken):
        return found.reason, found.text
    return _("This is valid JSON but not an object with named values."), json.dumps(found, ensure_ascii=False)


def _existing(path: Path) -> Path:
    if path.is_file():
        return path
    if path.is_dir():
        raise InputError(_("{file} is a folder.", file=str(path)), _("Name the files in it."))
    names = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, names, n=3, cutoff=0.6)
    hint = _("Did you mean {names}?", names=", ".join(near)) if near else None
    raise InputError(_("There is no file {file}.", file=str(path)), hint)


def _unfolded(path: Path, name: str, into: Path, limits: Limits) -> list[Delivery]:
    budget = Budget(name, path.stat().st_size, limits)
    return list(_files(path, name, into, budget, depth=0))


def _files(path: Path, name: str, into: Path, budget: Budget, depth: int) -> Iterator[Delivery]:
    head = _head(path)
    if not is_gzip(head) and not is_zip(path, head):
        yield Delivery(path, name, _digest(path))
        return
    if depth == budget.limits.depth:
        raise InputError(
            _("{file} holds archives inside archives inside archives.", file=budget.name),
            _("Unpack it yourself and import the files inside."),
        )
    if is_gzip(head):
        yield from _files(gunzip(path, _free(into), budget), name, into, budget, depth + 1)
        return
    for inside, member in unzip(path, name, into, budget):
        yield from _files(inside, f"{name}/{member}", into, budget, depth + 1)


def _free(folder: Path) -> Path:
    return next(p for i in count() if not (p := folder / f"delivered-{i}").exists())


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse(name: str, head: bytes) -> None:
    for magic, kind in PACKED.items():
        if head.startswith(magic):
            raise InputError(
                _("{file} is packed with {kind}, which latido does not open.", file=name, kind=kind),
                _("Unpack it, or pack it as zip or gzip."),
            )
    if head[257:262] == b"ustar":
        raise InputError(_("{file} is a tar archive.", file=name), _("Unpack it and import the files inside."))
    if _is_binary(head):
        raise InputError(
            _("{file} is not text, a spreadsheet, JSON or Parquet.", file=name),
            _("Export it as CSV or XLSX from the program that wrote it."),
        )


def _is_binary(head: bytes) -> bool:
    """Control characters in numbers that no text has; UTF-16 and UTF-32, full of zeros, are text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    even, odd = head[0::2], head[1::2]
    if max(even.count(0) / len(even), odd.count(0) / max(1, len(odd))) > 0.4 and min(even.count(0), odd.count(0)) < 5:
        return False
    control = len(head) - len(head.translate(None, bytes((*range(9), 11, *range(14, 27), *range(28, 32)))))
    return head.startswith((b"%PDF", b"\x89PNG", b"\x7fELF", b"MZ\x90")) or control > max(8, 0.02 * len(head))


def _refuse_markup(name: str, start: str) -> None:
    opening = start[:200].lower()
    if opening.startswith(("<!doctype html", "<html")):
        raise InputError(
            _("{file} is a web page, not data.", file=name),
            _("Download the export again while logged in; a log-in page may have been saved in its place."),
        )
    if opening.startswith("<?xml"):
        raise InputError(_("{file} is XML.", file=name), _("Export it as CSV, XLSX or JSON."))


def _looks_like_json(start: str) -> bool:
    first, rest = start[:1], start[1:].lstrip()
    if first == "{":
        return rest[:1] in {'"', "}"}
    return first == "[" and rest[:1] in {"{", "[", "]", '"'} | set("-0123456789tfn")
