"""What stands before the application."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from latido.config.settings import AccessSettings
from latido.http.middleware import middleware
from latido.http.trail import address
from latido.state import State

FORWARDED = {"X-Forwarded-For": "198.51.100.4, 10.0.0.7", "X-Forwarded-Proto": "https"}


def told(request: Request) -> JSONResponse:
    """Where a request comes from, and how."""
    return JSONResponse([address(request), request.url.scheme])


def browser(state: State, *trusted: str) -> TestClient:
    """A browser behind a proxy at 10.0.0.9."""
    before = middleware(state, AccessSettings(trusted_proxies=trusted))
    return TestClient(Starlette(routes=[Route("/", told)], middleware=before), client=("10.0.0.9", 1))


def test_nobody_is_believed_who_is_not_trusted(state: State) -> None:
    assert browser(state).get("/", headers=FORWARDED).json() == ["10.0.0.9", "http"]


def test_a_trusted_proxy_says_who_asks_and_how(state: State) -> None:
    answer = browser(state, "10.0.0.0/8").get("/", headers=FORWARDED)
    assert (answer.json(), "strict-transport-security" in answer.headers) == (["198.51.100.4", "https"], True)


def test_another_proxy_is_not_believed(state: State) -> None:
    assert browser(state, "192.0.2.0/24").get("/", headers=FORWARDED).json() == ["10.0.0.9", "http"]


def test_a_refusal_carries_the_headers_too(state: State) -> None:
    answer = browser(state).post("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "content-security-policy" in answer.headers) == (403, True)


@pytest.mark.parametrize("verb", ["GET", "POST", "HEAD", "OPTIONS"])
def test_every_verb_gets_an_answer(state: State, verb: str) -> None:
    assert browser(state).request(verb, "/").status_code in {200, 405}
