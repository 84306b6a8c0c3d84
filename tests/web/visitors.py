"""Visitors: the cast and the outsider, each with a browser of their own."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.http.cookies import SESSION
from latido.state import Person, State

HOST = "http://testserver"


def visitor(app: Starlette, person: Person | None = None) -> TestClient:
    """A browser; signed in where it is somebody's."""
    browser = TestClient(app, HOST, headers={"Origin": HOST, "Accept-Language": "en"}, follow_redirects=False)
    if person:
        browser.cookies.set(SESSION, state_of(app).sessions.begin(person), domain="testserver.local", path="/")
    return browser


def state_of(app: Starlette) -> State:
    """The state of an application."""
    found: State = app.state.state
    return found


def fields(page: str) -> dict[str, str]:
    """The values of a form's fields that one types into, as the page shows them."""
    inputs = re.findall(r'<input id="(\w+)"([^>]*)>', page)
    return {name: (re.findall(r' value="([^"]*)"', rest) or [""])[0] for name, rest in inputs}


def wrong(page: str) -> list[str]:
    """The fields that a page calls wrong."""
    return re.findall(r'<span class="error" id="(\w+)-error">', page)
