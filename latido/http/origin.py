"""No other site may make a browser write here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from latido.http.access import bearer
from latido.i18n import _, nearest, use

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_PORTS = {"http": 80, "https": 443}


class SameOrigin:
    """Refuses every write that a browser was led to by another site.

    Browsers say where a request comes from (`Sec-Fetch-Site`, or else `Origin`), and no page can make them lie.
    What carries neither comes from no browser; it passes if it carries no cookie either, and programs use tokens,
    which no browser sends by itself.

    Args:
        app: What comes next.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] in SAFE or trusted(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        await _refusal(Headers(scope=scope))(scope, receive, send)


def trusted(headers: Headers) -> bool:
    """Whether a write comes from a page of ours, or from no browser."""
    if bearer(headers):
        return True
    if site := headers.get("sec-fetch-site"):
        return site in {"same-origin", "none"}
    if origin := headers.get("origin"):
        return _is_host(origin, headers.get("host", ""))
    return "cookie" not in headers


def _is_host(origin: str, host: str) -> bool:
    """Whether an origin (`https://latido.example`) is the host that was asked (`latido.example:443`)."""
    try:
        there = urlsplit(origin)
        here = urlsplit(f"{there.scheme}://{host}")
        port = _PORTS.get(there.scheme)
        return bool(here.hostname) and (there.hostname, there.port or port) == (here.hostname, here.port or port)
    except ValueError:
        return False


def _refusal(headers: Headers) -> PlainTextResponse:
    with use(nearest(headers.get("accept-language"))):
        said = _("This request came from another site, so nothing was changed.")
        hint = _("If it did not: a proxy in between must pass on the Host header as it came.")
        return PlainTextResponse(f"{said} {hint}", 403)
