"""The beginnings of uploaded files: enough to propose how they are read, however large they are.

Archives are unfolded; of a long text its first lines stand for all of it, of a long JSON array its first records.
They lie beside the upload, so that the next look costs nothing.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from latido.sources.archives import is_gzip, is_zip
from latido.sources.encoding import BOMS
from latido.sources.open import spool
from latido.sources.source import Delivery

FOLDER, LIST = "sample", "files.json"
MOST = 8 << 20  # of one file
_WIDE = tuple(bom for bom, codec in BOMS if codec in {"utf-16", "utf-32"})
_JSON, _SPACE = json.JSONDecoder(), re.compile(r"\s*")
_BINARY = (b"PAR1", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"\x1f\x8b")


class Sample(NamedTuple):
    """A file of an upload.

    Attributes:
        delivery: Its beginning, or all of it.
        whole: Whether it is all of it.
    """

    delivery: Delivery
    whole: bool


def samples(path: Path, name: str) -> list[Sample]:
    """The files of an upload, by their beginnings.

    Args:
        path: Where the upload's bytes are; the samples come to lie beside them.
        name: What people call it.

    Raises:
        InputError: It is an archive that cannot be opened.
    """
    folder = path.with_name(FOLDER)
    if not (folder / LIST).exists():
        _make(path, name, folder)
    told = json.loads((folder / LIST).read_text(encoding="utf-8"))
    return [Sample(Delivery(folder / one["file"], one["name"], one["digest"]), one["whole"]) for one in told]


def _make(path: Path, name: str, folder: Path) -> None:
    """Make the samples aside, then put them in place at once."""
    making = folder.with_name(f".sample-{uuid4().hex[:8]}")
    making.mkdir()
    try:
        told = [
            {"file": file, "name": inner, "digest": f"{path.parent.name}-{i}", "whole": whole}
            for i, (file, inner, whole) in enumerate(_files(path, name, making))
        ]
        (making / LIST).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        with suppress(OSError):  # somebody else was quicker, and theirs are the same
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _files(path: Path, name: str, into: Path) -> Iterator[tuple[str, str, bool]]:
    """Of each file: its place in `into`, what people call it, and whether it is whole."""
    with path.open("rb") as file:
        head = file.read(8)
    if is_gzip(head) and (lines := _first_lines(_gunzipped(path))):
        (into / "0").write_bytes(lines)
        yield "0", name, False
    elif is_gzip(head) or is_zip(path, head):
        for i, delivery in enumerate(spool(path, into / "unfolded", name)):
            yield str(i), delivery.name, _placed(delivery.path, into / str(i))
        shutil.rmtree(into / "unfolded")
    elif lines := _first_lines(_head(path)):
        (into / "0").write_bytes(lines)
        yield "0", name, False
    else:
        yield "../data", name, True


def _placed(path: Path, into: Path) -> bool:
    """Put a file's first lines in a place, or all of it; whether it is all."""
    lines = _first_lines(_head(path))
    if lines is None:
        path.rename(into)
    else:
        into.write_bytes(lines)
    return lines is None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST + 1)


def _gunzipped(path: Path) -> bytes:
    try:
        with gzip.open(path) as packed:
            return packed.read(MOST + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return b""


def _first_lines(head: bytes) -> bytes | None:
    """The first lines of a long text that can stand for all of it; None for anything short, or of another kind."""
    if len(head) <= MOST or head.startswith((*_BINARY, *_WIDE)):
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in {b"[", b"{"} and not _is_record(start.partition(b"\n")[0]):
        return _first_records(start.decode("utf-8", "ignore"))
    return head[: head.rindex(b"\n") + 1] if b"\n" in head else None


def _first_records(text: str) -> bytes | None:
    """A document with the first records of the array that it breaks off in; None where it breaks off elsewhere."""
    start, closing = _array(text)
    end = at = start
    with suppress(ValueError):
        while start:
            _record, end = _JSON.raw_decode(text, at)
            at = _skip(text, _expect(text, end, ","))
    return (text[:end] + closing).encode() if start and end > start else None


def _array(text: str) -> tuple[int, str]:
    """Where the first element of the array begins that a text breaks off in, and what closes it; 0 for none."""
    if text[0] == "[":
        return _skip(text, 1), "]"
    at = 1
    with suppress(ValueError):
        while True:
            _name, at = _JSON.raw_decode(text, _skip(text, at))
            value = _skip(text, _expect(text, at, ":"))
            try:
                _value, at = _JSON.raw_decode(text, value)
            except ValueError:
                return (_skip(text, value + 1), "]}") if text[value : value + 1] == "[" else (0, "")
            at = _expect(text, at, ",")
    return 0, ""


def _skip(text: str, at: int) -> int:
    """The next place that is no white space."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    """The place after a mark.

    Raises:
        ValueError: It is not there.
    """
    return text.index(mark, at, _skip(text, at) + 1) + 1


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
