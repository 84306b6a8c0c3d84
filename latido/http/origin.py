"""No other site may make a browser write here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from latido.errors import ForbiddenError
from latido.http.access import bearer
from latido.http.refusal import NONE, Tellers, refuse
from latido.i18n import _

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
        tellers: Who tells errors below a path.
    """

    def __init__(self, app: ASGIApp, tellers: Tellers = NONE) -> None:
        self.app = app
        self.tellers = tellers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] in SAFE or trusted(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        await refuse(_foreign(), self.tellers, scope, receive, send)


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


def _foreign() -> ForbiddenError:
    return ForbiddenError(
        _("This request came from another site, so nothing was changed."),
        _("If it did not: a proxy in between must pass on the Host header as it came."),
    )
