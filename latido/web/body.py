"""The body of a request as it arrives, for what is too large to be held: pieces, and the files of a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from anyio.from_thread import run
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from latido.errors import InputError
from latido.i18n import _

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks
    from starlette.requests import Request


class Begun(NamedTuple):
    """A file of a form begins."""

    name: str


class Piece(NamedTuple):
    """Some bytes of the file that began last."""

    data: bytes


class Ended(NamedTuple):
    """The file that began last is here."""


Event = Begun | Piece | Ended


def pieces(request: Request) -> Iterator[bytes]:
    """The bytes of a request's body; they end where the connection breaks.

    Only for an endpoint that runs in a thread, and reads the body itself.
    """
    stream = request.stream()

    async def following() -> bytes | None:
        try:
            return await anext(stream, None)
        except ClientDisconnect:
            return None

    while (piece := run(following)) is not None:
        if piece:
            yield piece


def files(request: Request) -> Iterator[Event]:
    """The files of a form, piece by piece; its other fields are passed over.

    Raises:
        InputError: It is no form with files.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise _no_form()
    heard = Heard()
    try:
        parser = MultipartParser(options[b"boundary"], heard.callbacks())
        for piece in pieces(request):
            parser.write(piece)
            yield from heard.take()
        parser.finalize()
    except FormParserError:
        raise _no_form() from None
    yield from heard.take()


class Heard:
    """What the parser says, in order."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._field, self._value, self._disposition = b"", b"", b""
        self._is_file = False

    def take(self) -> list[Event]:
        """What was said since last time."""
        said, self._events = self._events, []
        return said

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self._disposition, self._is_file = b"", False

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = self._value
        self._field, self._value = b"", b""

    def _headers_finished(self) -> None:
        _kind, options = parse_options_header(self._disposition)
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        self._is_file = bool(name)
        if self._is_file:
            self._events.append(Begun(name))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._events.append(Piece(data[start:end]))

    def _end(self) -> None:
        if self._is_file:
            self._events.append(Ended())


def _no_form() -> InputError:
    return InputError(_("This is no form with files."), _("Send it as multipart/form-data."))
