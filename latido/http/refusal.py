"""What stands before the application says no: in a line of text, or as those say it who answer below a path."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from latido.http.status import status_of
from latido.i18n import nearest, use

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from latido.errors import LatidoError

RETRY_SECONDS = 5
Teller: TypeAlias = "Callable[[Request, LatidoError], Awaitable[Response]]"
Tellers: TypeAlias = Mapping[str, Teller]
NONE: Tellers = {}


async def refuse(error: LatidoError, tellers: Tellers, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request with an error, in the reader's language.

    Args:
        error: Why it goes no further.
        tellers: Who tells errors below a path: `{"/api/": …}`; elsewhere it is a line of text.
        scope: The request.
        receive: Its body.
        send: Takes the answer.
    """
    tell = next((tell for path, tell in tellers.items() if scope["path"].startswith(path)), _in_a_line)
    with use(nearest(Headers(scope=scope).get("accept-language"))):
        answer = await tell(Request(scope), error)
    await answer(scope, receive, send)


async def _in_a_line(_request: Request, error: LatidoError) -> Response:
    headers = {"Retry-After": str(RETRY_SECONDS)} if error.retry else None
    return PlainTextResponse(str(error), status_of(error), headers)
