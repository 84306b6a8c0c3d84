"""How an address of the API is declared: what answers there, who may ask, and what the reference says of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from latido.errors import NotSignedInError
from latido.http.access import Asker, require
from latido.i18n import Message, _

if TYPE_CHECKING:
    from starlette.types import Message as Event
    from starlette.types import Receive

    from latido.state import Person, Right
    from latido.workspace.live import Live

GB = 10**9
JSON_BODY = 1_000_000  # bytes; a question has some hundred


@dataclass(frozen=True)
class Operation:
    """One address and method of the API.

    Attributes:
        method: The method.
        path: The path below `/api/v1`.
        endpoint: What answers; it runs in a thread.
        right: What the asker must be allowed to do; None where it is enough to be known.
        group: Heading of the reference that it stands under.
        summary: What it does, in a few words.
        meaning: What else there is to know.
        answer: Shape of the answer.
        status: Status of a good answer.
        errors: Statuses of problems besides those that every address has.
        tagged: Whether the answer has an ETag.
        csv: Whether the answer can be had as a sheet.
        most: Bytes of a request's body; None for what the settings allow files to have.
        example: Path and query of an example.
        curl: Words of the example that come before the address.
        extra: What the OpenAPI document says besides.
    """

    method: Literal["GET", "POST"]
    path: str
    endpoint: Callable[..., Any]
    right: Right | None
    group: Message
    summary: Message
    meaning: Message
    answer: type[BaseModel]
    status: int = 200
    errors: tuple[int, ...] = ()
    tagged: bool = False
    csv: bool = False
    most: int | None = JSON_BODY
    example: str = ""
    curl: tuple[str, ...] = ()
    extra: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """By which programs that are generated from the OpenAPI document call it."""
        return f"{self.endpoint.__module__.rpartition('.')[2]}_{self.endpoint.__name__}"


def admit(asker: Asker, right: Right | None) -> Person:
    """Let nobody pass who may not; before anything else of the request is read.

    Raises:
        NotSignedInError: Nobody is known by the request.
        ForbiddenError: Somebody is, and may not.
    """
    if asker.person is None:
        raise NotSignedInError(
            _("This request is nobody's."),
            _("Send a token as “Authorization: Bearer lat_…”; people make them under Settings."),
        )
    return asker.person if right is None else require(asker, right)


def guarded(operation: Operation) -> type[APIRoute]:
    """The kind of route that admits only who may, and reads no larger body than it takes."""

    class Guarded(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            inner = super().get_route_handler()

            async def handle(request: Request) -> Response:
                admit(request.state.asker, operation.right)
                most = allowed(request) if operation.most is None else operation.most
                return await inner(Request(request.scope, bounded(request, most)))

            return handle

    return Guarded


def allowed(request: Request) -> int:
    """How many bytes of files the settings allow."""
    live: Live = request.app.state.live
    return int(live.now().workspace.config.uploads.max_gb * GB)


def bounded(request: Request, most: int) -> Receive:
    """The request's body, as long as it is no larger than this.

    Raises:
        HTTPException: It is; before it is read where it says so.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise HTTPException(413)
    receive: Callable[[], Awaitable[Event]] = request.receive
    read = 0

    async def counted() -> Event:
        nonlocal read
        event = await receive()
        read += len(event.get("body", b""))
        if read > most:
            raise HTTPException(413)
        return event

    return counted
