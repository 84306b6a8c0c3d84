"""What went wrong, as a document (RFC 9457): one shape for latido's own errors, the framework's, and defects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import NamedTuple

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match, Route

from latido import errors
from latido.api.call import NotModified
from latido.api.complaints import complaint
from latido.api.meaning import about
from latido.api.proposals import Proposed, UnsureOfError
from latido.http.status import status_of
from latido.i18n import Message, _

MEDIA_TYPE = "application/problem+json"
ANCHOR = "/api/docs#problem-"
RETRY_SECONDS = 30


class Complaint(BaseModel):
    """What is wrong with one field."""

    field: str = about(_("The field: `cursor`, `where`, `where.0`"))
    detail: str = about(_("The rule that it breaks, in the reader's language"))


class Problem(BaseModel):
    """What went wrong, after RFC 9457."""

    type: str = about(_("Names the kind of problem; a program decides by it"))
    title: str = about(_("The kind of problem, in the reader's language"))
    status: int = about(_("The HTTP status"))
    detail: str = about(_("What happened, with the value and the rule, in the reader's language"))
    instance: str = about(_("The address that was asked"))
    hint: str | None = about(_("The next step, where there is one"), default=None)
    errors: list[Complaint] | None = about(_("The fields that are wrong, where fields are"), default=None)
    proposal: list[Proposed] | None = about(_("How files would be read, where latido is not sure"), default=None)


class Kind(NamedTuple):
    """One kind of problem.

    Attributes:
        name: By which programs know it.
        status: Its HTTP status.
        title: For people.
        error: The errors that are of this kind; None for the framework's.
    """

    name: str
    status: int
    title: Message
    error: type[errors.LatidoError] | None = None


# The nearest class counts, so what is special stands before what is general.
KINDS = (
    Kind("not-signed-in", 401, _("Nobody is known by this request"), errors.NotSignedInError),
    Kind("forbidden", 403, _("Whoever asks may not do this"), errors.ForbiddenError),
    Kind("protected", 403, _("The answer would tell what single people said"), errors.ProtectedError),
    Kind("unknown-name", 404, _("Nothing has this name"), errors.UnknownNameError),
    Kind("field", 422, _("A field is not as it must be"), errors.FieldError),
    Kind("unsure", 409, _("There is only a guess how to read this"), UnsureOfError),
    Kind("ambiguous", 409, _("This can be read in more than one way"), errors.UnsureError),
    Kind("usage", 400, _("The request contradicts itself"), errors.UsageError),
    Kind("input", 422, _("What was sent cannot be read"), errors.InputError),
    Kind("too-many-attempts", 429, _("Too many failures"), errors.TooManyAttemptsError),
    Kind("busy", 503, _("Somebody else is writing"), errors.BusyError),
    Kind("store", 503, _("The data cannot be read or written"), errors.StoreError),
    Kind("state", 503, _("The database of people does not answer"), errors.StateError),
    Kind("engine", 503, _("The engine does not answer"), errors.EngineError),
    Kind("settings", 500, _("The workspace's settings are wrong"), errors.ConfigError),
    Kind("not-found", 404, _("There is nothing at this address")),
    Kind("method", 405, _("This address does not answer this method")),
    Kind("size", 413, _("The body is too large")),
    Kind("body", 400, _("The body cannot be read")),
    Kind("defect", 500, _("Something went wrong here")),
)
_SAY_MORE = _("Send it again and say more: as=TABLE, dates=dmy, mdy or ymd, or a mapping.")
_BY_STATUS = {kind.status: kind for kind in reversed(KINDS) if kind.error is None}


def kind_of(error: errors.LatidoError) -> Kind:
    """Which kind of problem an error is."""
    found = (kind for kind in KINDS if kind.error and isinstance(error, kind.error))
    return next(found, Kind("other", status_of(error), _("This could not be done"), type(error)))


async def of_latido(request: Request, error: errors.LatidoError) -> Response:
    """An error for people."""
    # Elsewhere the hint names options of the command line.
    hint = _SAY_MORE if type(error) is errors.UnsureError else error.hint
    return answer(
        request,
        kind_of(error),
        str(error.message),
        hint=str(hint) if hint else None,
        told=[Complaint(field=error.field, detail=str(error.message))]
        if isinstance(error, errors.FieldError)
        else None,
        proposal=error.proposed if isinstance(error, UnsureOfError) else None,
        headers=_headers(error),
    )


async def of_validation(request: Request, error: RequestValidationError) -> Response:
    """Fields that are not as their declaration says."""
    # A field that several parts of an address read is one field nevertheless.
    found = dict.fromkeys((one.field, str(one.detail)) for one in map(complaint, error.errors()))
    told = [Complaint(field=field, detail=detail) for field, detail in found]
    detail = "; ".join(f"{one.field}: {one.detail}" for one in told)
    return answer(request, _named("field"), detail, told=told)


async def of_framework(request: Request, error: HTTPException) -> Response:
    """No such address, no such method, a body that is too large or broken."""
    kind = _BY_STATUS.get(error.status_code) or Kind("other", error.status_code, _("This could not be done"))
    path = request.url.path
    details = {
        404: _("There is nothing at {path}.", path=path),
        405: _("{path} does not answer {method}.", path=path, method=request.method),
        413: _("The body is larger than this address takes."),
    }
    detail = details.get(error.status_code) or kind.title
    return answer(request, kind, str(detail), headers={**(error.headers or {}), **_allowed(request, error)})


async def of_defect(request: Request, _error: Exception) -> Response:
    """A defect: nothing of it is shown, the log has it."""
    said = _("Something went wrong here, and it is not your fault.")
    return answer(request, _named("defect"), str(said), hint=str(_("The server's log says what.")))


async def of_parting(_request: Request, _error: ClientDisconnect) -> Response:
    """The client is gone; nobody reads this."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def of_unchanged(_request: Request, error: NotModified) -> Response:
    """The client has the answer."""
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=error.headers)


def answer(
    request: Request,
    kind: Kind,
    detail: str,
    *,
    hint: str | None = None,
    told: list[Complaint] | None = None,
    proposal: list[Proposed] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem as an answer."""
    problem = Problem(type=ANCHOR + kind.name, title=str(kind.title), status=kind.status, detail=detail,
                      instance=request.url.path, hint=hint, errors=told, proposal=proposal)  # fmt: skip
    body = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(body, kind.status, headers, MEDIA_TYPE)


def _named(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def _headers(error: errors.LatidoError) -> dict[str, str]:
    if isinstance(error, errors.NotSignedInError):
        return {"WWW-Authenticate": 'Bearer realm="latido"'}
    if isinstance(error, errors.TooManyAttemptsError):
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": str(RETRY_SECONDS)} if error.retry else {}


def _allowed(request: Request, error: HTTPException) -> dict[str, str]:
    """All methods of the address: the framework names those of the first route that has it."""
    if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return {}
    here: Iterable[Route] = (route for route in request.app.routes if isinstance(route, Route))
    found = {m for route in here if route.matches(request.scope)[0] is not Match.NONE for m in route.methods or ()}
    return {"Allow": ", ".join(sorted(found))}
