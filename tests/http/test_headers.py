"""What every answer tells the browser."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from latido.http.headers import ALWAYS, Headers


def answer(_request: Request) -> PlainTextResponse:
    """A page."""
    return PlainTextResponse("page")


def kept(_request: Request) -> PlainTextResponse:
    """What may be kept."""
    return PlainTextResponse("file", headers={"Cache-Control": "public, max-age=60"})


APP = Starlette(routes=[Route("/", answer), Route("/kept", kept)], middleware=[Middleware(Headers)])


@pytest.mark.parametrize(("name", "value"), ALWAYS.items())
@pytest.mark.parametrize("path", ["/", "/nothing"])
def test_every_answer_carries(name: str, value: str, path: str) -> None:
    assert TestClient(APP).get(path).headers[name] == value


def test_nothing_runs_inline_and_nothing_comes_from_elsewhere() -> None:
    policy = ALWAYS["Content-Security-Policy"]
    assert not [word for word in ("unsafe", "http", "*", "blob:") if word in policy]


@pytest.mark.parametrize(("path", "value"), [("/", "no-store"), ("/kept", "public, max-age=60")])
def test_pages_are_not_kept(path: str, value: str) -> None:
    assert TestClient(APP).get(path).headers["cache-control"] == value


@pytest.mark.parametrize(("base", "value"), [("http://latido", None), ("https://latido", "max-age=31536000")])
def test_by_tls_the_browser_stays_with_tls(base: str, value: str | None) -> None:
    assert TestClient(APP, base).get("/").headers.get("strict-transport-security") == value
