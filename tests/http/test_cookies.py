"""The cookies that latido sets."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from latido.http.cookies import ONCE, brief, end_session, forget_brief, set_brief


def request(scheme: str = "http", cookie: str = "") -> Request:
    """A request of a browser."""
    headers = [(b"host", b"latido"), (b"cookie", cookie.encode())]
    return Request({"type": "http", "scheme": scheme, "path": "/", "headers": headers, "query_string": b""})


def given(answer: Response) -> str:
    """The cookie that an answer sets."""
    return answer.headers["set-cookie"]


def test_what_is_shown_once_comes_back_as_it_was() -> None:
    answer = Response()
    set_brief(answer, request(), ONCE, "http://x/start/a;b=c ñ", "/people/1")
    assert brief(request(cookie=given(answer).split(";")[0]), ONCE) == "http://x/start/a;b=c ñ"


def test_it_is_for_one_page_and_one_minute() -> None:
    answer = Response()
    set_brief(answer, request("https"), ONCE, "key", "/people/1")
    assert given(answer) == "latido_once=key; HttpOnly; Max-Age=60; Path=/people/1; SameSite=lax; Secure"


def test_it_is_taken_away_again() -> None:
    answer = Response()
    forget_brief(answer, request(), ONCE, "/people/1")
    assert "Max-Age=0; Path=/people/1" in given(answer)


def test_a_session_is_taken_away() -> None:
    answer = Response()
    end_session(answer, request())
    assert given(answer).startswith('latido=""; expires=')


def test_what_was_never_left_is_empty() -> None:
    assert brief(request(), ONCE) == ""
