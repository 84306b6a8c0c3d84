"""No other site may make a browser write here."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from latido.errors import LatidoError
from latido.http.origin import SameOrigin

VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
COOKIE = {"Cookie": "latido=key"}


def answer(_request: Request) -> PlainTextResponse:
    """Anything."""
    return PlainTextResponse("done")


@pytest.fixture(scope="module")
def browser() -> TestClient:
    """A browser at an application that writes whatever is sent."""
    app = Starlette(routes=[Route("/", answer, methods=VERBS)], middleware=[Middleware(SameOrigin)])
    return TestClient(app, "http://latido.example:8484")


@pytest.mark.parametrize("verb", VERBS[1:])
@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_a_write_from_another_site_is_refused(browser: TestClient, verb: str, site: str) -> None:
    assert browser.request(verb, "/", headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_reading_is_free(browser: TestClient, site: str) -> None:
    assert browser.get("/", headers={"Sec-Fetch-Site": site}).text == "done"


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_write_from_here_passes(browser: TestClient, site: str) -> None:
    assert browser.post("/", headers={"Sec-Fetch-Site": site} | COOKIE).text == "done"


def test_what_the_browser_says_of_the_site_counts_for_more_than_the_origin(browser: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "http://latido.example:8484"}
    assert browser.post("/", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("origin", "host", "status"),
    [
        ("http://latido.example:8484", "latido.example:8484", 200),
        ("https://latido.example", "latido.example", 200),
        ("https://latido.example", "latido.example:443", 200),
        ("https://LATIDO.example", "latido.example", 200),
        ("http://[::1]:8484", "[::1]:8484", 200),
        ("http://latido.example:8485", "latido.example:8484", 403),
        ("http://latido.example", "latido.example:8484", 403),
        ("http://evil.example:8484", "latido.example:8484", 403),
        ("http://latido.example.evil.example", "latido.example", 403),
        ("http://evil.example", "", 403),
        ("null", "latido.example", 403),
        ("http://", "", 403),
        ("http://[", "[", 403),
    ],
)
def test_an_older_browser_says_its_origin(browser: TestClient, origin: str, host: str, status: int) -> None:
    assert browser.post("/", headers={"Origin": origin, "Host": host} | COOKIE).status_code == status


def test_a_write_with_a_cookie_that_says_nothing_of_its_origin_is_refused(browser: TestClient) -> None:
    assert browser.post("/", headers=COOKIE).status_code == 403


def test_a_program_without_a_cookie_has_no_origin(browser: TestClient) -> None:
    assert browser.post("/").text == "done"


def test_a_token_is_sent_by_no_browser_on_its_own(browser: TestClient) -> None:
    headers = {"Authorization": "Bearer lat_key", "Sec-Fetch-Site": "cross-site"}
    assert browser.post("/", headers=headers).text == "done"


def test_a_browser_does_send_basic_credentials_on_its_own(browser: TestClient) -> None:
    headers = {"Authorization": "Basic b2xnYTo=", "Sec-Fetch-Site": "cross-site"}
    assert browser.post("/", headers=headers).status_code == 403


async def told(request: Request, error: LatidoError) -> PlainTextResponse:
    """An error as those tell it who answer below a path."""
    return PlainTextResponse(f"{type(error).__name__} at {request.url.path}", 403)


def test_a_refusal_is_told_as_below_that_path_errors_are() -> None:
    app = Starlette(middleware=[Middleware(SameOrigin, tellers={"/api/": told})])
    answers = [TestClient(app).post(path, headers=COOKIE).text for path in ("/api/v1/me", "/apiary")]
    assert (answers[0], answers[1].startswith("This request came")) == ("ForbiddenError at /api/v1/me", True)


def test_a_refusal_speaks_the_readers_language(browser: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Accept-Language": "es-MX"}
    assert browser.post("/", headers=headers).text.startswith("Esta petición venía de otro sitio")
