"""The cookies that latido sets: what they are called, how long they last, and that only this server reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

SESSION = "latido"
DEPARTURE = "latido_departure"  # binds a sign-in that has left for a provider to the browser that it left from
ONCE = "latido_once"  # what is shown on the next page, and never again
_MINUTES = {DEPARTURE: 10, ONCE: 1}


def set_session(answer: Response, request: Request, key: str, lasting: timedelta) -> None:
    """Give a browser its session."""
    _set(answer, key, lasting, secure=is_secure(request))


def end_session(answer: Response, request: Request) -> None:
    """Take a browser's session away."""
    answer.delete_cookie(SESSION, path="/", secure=is_secure(request), httponly=True, samesite="lax")


def set_brief(answer: Response, request: Request, name: str, value: str, path: str) -> None:
    """Leave something in the browser for a few minutes, for one page of ours."""
    answer.set_cookie(
        name, quote(value, safe=""), max_age=60 * _MINUTES[name], path=path, secure=is_secure(request), httponly=True,
        samesite="lax",
    )  # fmt: skip


def brief(request: Request, name: str) -> str:
    """What was left in the browser."""
    return unquote(request.cookies.get(name, ""))


def forget_brief(answer: Response, request: Request, name: str, path: str) -> None:
    """Take it away."""
    answer.delete_cookie(name, path=path, secure=is_secure(request), httponly=True, samesite="lax")


def session_header(key: str, lasting: timedelta, *, secure: bool) -> tuple[bytes, bytes]:
    """The header that gives a browser its session."""
    answer = Response()
    _set(answer, key, lasting, secure=secure)
    return next((name, value) for name, value in answer.raw_headers if name == b"set-cookie")


def is_secure(request: Request) -> bool:
    """Whether a request came by TLS: here, or at a proxy that is trusted."""
    return request.url.scheme == "https"


def _set(answer: Response, key: str, lasting: timedelta, *, secure: bool) -> None:
    seconds = int(lasting.total_seconds())
    answer.set_cookie(SESSION, key, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")
