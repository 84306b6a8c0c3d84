"""Files on their way in: written to disk as they arrive, whatever their size; fields beside them are kept small."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from latido.errors import StoreError
from latido.i18n import _

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MULTIPART = b"multipart/form-data"
MOST_FILES, MOST_FIELDS, LONGEST_FIELD = 100, 20, 1_000_000
LONGEST_NAME = 120  # bytes; what a file system takes, with room for what is added


class Received(NamedTuple):
    """What a request's body held.

    Attributes:
        files: Files on disk, called as the client calls them.
        fields: What was said beside them.
    """

    files: tuple[Path, ...]
    fields: dict[str, str]


async def receive(request: Request, into: Path, name: str) -> Received:
    """Write a request's body to disk: the files of a form, or all of it as one file.

    Args:
        request: The request.
        into: An empty folder.
        name: What to call a body that is one file.

    Raises:
        HTTPException: The form is damaged, or has too many parts.
        StoreError: The disk is full.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    with _room_for(name):
        if kind == MULTIPART:
            return await _form(request, into, options.get(b"boundary", b""))
        return await _whole(request.stream(), into, name)


@contextmanager
def _room_for(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        rule = _("There is no room for {file} on the server's disk.", file=name)
        raise StoreError(rule, _("Whoever runs the server has to make some.")) from error


async def _form(request: Request, into: Path, boundary: bytes) -> Received:
    form = Form(into)
    try:
        parser = MultipartParser(boundary, form.callbacks)
        async for chunk in request.stream():
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
    except FormParserError:
        raise HTTPException(400) from None
    finally:
        form.close()
    if not form.ended:
        raise HTTPException(400)
    return Received(tuple(form.files), form.fields)


async def _whole(stream: AsyncIterator[bytes], into: Path, name: str) -> Received:
    path = named(into, 0, name)
    with path.open("wb") as out:
        async for chunk in stream:
            await run_in_threadpool(out.write, chunk)
    return Received((path,) if path.stat().st_size else (), {})


class Form:
    """The parts of a form: files go to disk, fields are kept.

    Args:
        into: Folder for the files.
    """

    def __init__(self, into: Path) -> None:
        self.files: list[Path] = []
        self.fields: dict[str, str] = {}
        self.ended = False
        self._into = into
        self._headers: dict[bytes, bytes] = {}
        self._header = [b"", b""]
        self._file: BinaryIO | None = None
        self._field = ""
        self._value = bytearray()
        self.callbacks: MultipartCallbacks = {
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_headers_finished": self._on_headers_finished,
            "on_part_data": self._on_part_data,
            "on_part_end": self._on_part_end,
            "on_end": self._on_end,
        }

    def close(self) -> None:
        """Let go of the file that was being written."""
        if self._file is not None:
            self._file.close()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _on_header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = [b"", b""]

    def _on_headers_finished(self) -> None:
        _kind, options = parse_options_header(self._headers.pop(b"content-disposition", b""))
        self._headers.clear()
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if len(self.files) >= MOST_FILES or len(self.fields) >= MOST_FIELDS:
            raise FormParserError("too many parts")
        if (name := options.get(b"filename")) is not None:
            path = named(self._into, len(self.files), name.decode("utf-8", "replace"))
            self.files.append(path)
            self._file = path.open("wb")

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif len(self._value) + end - start <= LONGEST_FIELD:
            self._value += data[start:end]
        else:
            raise FormParserError("a field is too long")

    def _on_part_end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        else:
            self.fields[self._field] = self._value.decode("utf-8", "replace")
            self._value.clear()

    def _on_end(self) -> None:
        self.ended = True


def named(into: Path, number: int, name: str) -> Path:
    r"""Where a file goes: in a folder of its own, so that it can be called as the client calls it.

    >>> named(Path("/tmp/x"), 3, "C:\\exports\\March.csv").name
    'March.csv'
    """
    folder = into / f"file-{number}"
    with suppress(FileExistsError, FileNotFoundError):
        folder.mkdir()
    plain = "".join(c for c in PureWindowsPath(PurePosixPath(name).name).name if c.isprintable()).strip(". ")
    return folder / (plain.encode()[-LONGEST_NAME:].decode(errors="ignore") or "upload")
