"""Files on their way in: announced, sent piece by piece, gone on with after a break; or as a plain form."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from latido.errors import FieldError, InputError, LatidoError
from latido.http.status import status_of
from latido.i18n import _
from latido.web import body
from latido.web.forms import text
from latido.web.incoming import owner_of, uploads_of
from latido.web.page import Page
from latido.web.pages import data
from latido.web.render import link
from latido.workspace.uploads import FIELD, OffsetError, Upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from latido.web.ask import Ask

_RANGE = re.compile(r"bytes (\d{1,18})-\d*/(?:\d+|\*)")


def _told(endpoint: Callable[[Ask], Response]) -> Callable[[Ask], Response]:
    """Say what goes wrong as JSON: a script asked."""

    def answer(ask: Ask) -> Response:
        try:
            return endpoint(ask)
        except OffsetError as error:
            return JSONResponse({"message": str(error), "offset": error.offset}, 409)
        except FieldError as error:
            return JSONResponse({"message": str(error), "field": error.field}, 422)
        except LatidoError as error:
            return JSONResponse({"message": str(error)}, status_of(error))

    return answer


@_told
def begin(ask: Ask) -> Response:
    """Announce a file by its name and size."""
    name, size = text(ask.form, "name"), text(ask.form, "size")
    if not (size.isascii() and size.isdigit()):
        raise FieldError("size", _("“{value}” is no number of bytes.", value=size))
    return _shown(uploads_of(ask).begin(name, int(size), owner_of(ask), text(ask.form, "modified")), 201)


@_told
def state(ask: Ask) -> Response:
    """How far an upload has come."""
    return _shown(_asked(ask))


@_told
def append(ask: Ask) -> Response:
    """Take what follows."""
    given = ask.request.headers.get("content-range", "bytes 0-/*")
    found = _RANGE.fullmatch(given)
    if not found:
        raise FieldError("Content-Range", _("“{value}” is no range of bytes.", value=given))
    return _shown(uploads_of(ask).append(_asked(ask), int(found[1]), body.pieces(ask.request)))


def remove(ask: Ask) -> Response:
    """Remove one."""
    upload = _asked(ask)
    uploads_of(ask).remove(upload)
    return ask.see_other(data.HOME, _("{file} is removed.", file=upload.name))


def form(ask: Ask) -> Response:
    """Take the files of a plain form, without a script; what has come of a broken one is removed."""
    uploads, began = uploads_of(ask), Incoming(ask)
    try:
        for event in body.files(ask.request):
            began.hear(event)
        began.check()
    except (FieldError, InputError) as error:
        return data.page(ask, _in_field(error), 422)
    finally:
        if began.current:
            uploads.remove(began.current)
    return ask.see_other(link("/data/import", [("file", upload.id) for upload in began.complete]))


class Incoming:
    """The files of a form, as they come.

    Args:
        ask: The request.

    Attributes:
        complete: Those that are here.
        current: The one that is coming.
    """

    def __init__(self, ask: Ask) -> None:
        self._uploads, self._owner = uploads_of(ask), owner_of(ask)
        announced = ask.request.headers.get("content-length", "")
        self._bound = int(announced) if announced.isdigit() else self._uploads.room
        self._offset = 0
        self.complete: list[Upload] = []
        self.current: Upload | None = None

    def check(self) -> None:
        """Refuse a form without files.

        Raises:
            FieldError: It has none.
        """
        if not self.complete:
            raise FieldError(FIELD, _("No file was chosen."), _("Choose one or more, then send them."))

    def hear(self, event: body.Event) -> None:
        """Take the next event."""
        match event:
            case body.Begun(name):
                self.current, self._offset = self._uploads.begin(name, self._bound, self._owner), 0
            case body.Piece(data) if self.current:
                self._uploads.append(self.current, self._offset, [data])
                self._offset += len(data)
            case body.Ended() if self.current:
                self.complete.append(self._uploads.close(self.current))
                self.current = None


def _in_field(error: FieldError | InputError) -> FieldError:
    return error if isinstance(error, FieldError) else FieldError(FIELD, error.message, error.hint)


def _asked(ask: Ask) -> Upload:
    return uploads_of(ask).get(ask.param["id"], owner_of(ask))


def _shown(upload: Upload, status: int = 200) -> Response:
    told = {name: value for name, value in asdict(upload).items() if name != "owner"}
    return JSONResponse({**told, "complete": upload.complete}, status)


ROUTES = (
    Page("/data/uploads", begin, right="import", methods=("POST",)),
    Page("/data/uploads/{id}", state, right="import"),
    Page("/data/uploads/{id}", append, right="import", methods=("PUT",), raw=True),
    Page("/data/uploads/{id}/remove", remove, right="import", methods=("POST",)),
    Page("/data/upload", form, right="import", methods=("POST",), raw=True),
)
