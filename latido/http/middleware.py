"""What stands before the application, from the outside in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from latido.http.access import Identify
from latido.http.headers import Headers
from latido.http.origin import SameOrigin
from latido.http.refusal import NONE, Tellers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latido.config.settings import AccessSettings
    from latido.state import State


def middleware(state: State, access: AccessSettings, tellers: Tellers = NONE) -> Sequence[Middleware]:
    """Proxies' word where it is trusted, headers on every answer, no writes from elsewhere, and who asks.

    Args:
        state: Where sessions and tokens are known.
        access: Which proxies are trusted.
        tellers: Who tells errors below a path; elsewhere they are a line of text.
    """
    proxies = list(access.trusted_proxies)
    first = [Middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)] if proxies else []
    return [
        *first,
        Middleware(Headers),
        Middleware(SameOrigin, tellers=tellers),
        Middleware(Identify, state=state, tellers=tellers),
    ]
