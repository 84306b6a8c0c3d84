"""Signing in by an identity provider: there, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.app import create_app
from latido.state import State
from tests.cast import Cast
from tests.company import made
from tests.http.provider import CLIENT, SECRET, running
from tests.web.visitors import HOST, state_of, visitor


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that runs."""
    with running() as found:
        yield found


@pytest.fixture
def app(issuer: str, tmp_path: Path) -> Iterator[Starlette]:
    """An application that lets in whom the provider knows."""
    root = made(tmp_path / "acme")
    with (root / "latido.toml").open("a") as file:
        file.write(f'\n[access.oidc]\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n')
        file.write('name = "Acme ID"\nrole = "viewer"\ndomains = ["example.com"]\n')
    found = create_app(root)
    yield found
    state_of(found).close()


def back(browser: TestClient, path: str = "/sign-in/oidc", **who: str) -> str:
    """Go to the provider, sign in there, and be sent back: the address."""
    there = browser.get(path).headers["location"]
    return httpx.post(there, data={"sub": "1", "email": "viewer@example.com"} | who).headers["location"]


def test_the_door_shows_the_way(outsider: TestClient) -> None:
    page = outsider.get("/sign-in?next=/profile").text
    assert '<a class="btn wide" href="/sign-in/oidc?next=%2Fprofile">' in page
    assert "Sign in with Acme ID" in page


def test_whoever_the_provider_knows_comes_in_and_goes_on(outsider: TestClient, state: State, people: Cast) -> None:
    answer = outsider.get(back(outsider, "/sign-in/oidc?next=/profile"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    assert "Vera Viewer" in outsider.get("/profile").text
    assert state.audit.page()[0].how == "provider"


def test_without_a_password_none_can_be_changed(outsider: TestClient, people: Cast) -> None:
    outsider.get(back(outsider))
    assert "An owner can make you a link to choose a password" in outsider.get("/profile").text


def test_somebody_new_becomes_what_the_settings_say(outsider: TestClient, state: State, people: Cast) -> None:
    outsider.get(back(outsider, sub="2", email="new@example.com", name="Nora New"))
    found = state.people.by_email("new@example.com")
    assert (found and found.role, found and found.name) == ("viewer", "Nora New")


def test_another_company_stays_out(outsider: TestClient, people: Cast) -> None:
    answer = outsider.get(back(outsider, sub="3", email="eve@evil.example"))
    assert (answer.status_code, "Known: example.com" in answer.text) == (403, True)


def test_nobody_comes_back_in_another_ones_place(app: Starlette, outsider: TestClient, people: Cast) -> None:
    victim = visitor(app)
    assert victim.get(back(outsider)).status_code == 410
    assert victim.get("/profile").status_code == 303


def test_nobody_comes_back_twice(outsider: TestClient, people: Cast) -> None:
    address = back(outsider)
    outsider.get(address)
    outsider.post("/sign-out")
    assert outsider.get(address).status_code == 410


@pytest.mark.parametrize("query", ["", "?state=", "?state=guess&code=x", "?state=ñ&code=x", "?code=x"])
def test_what_nobody_began_ends_here(outsider: TestClient, people: Cast, query: str) -> None:
    answer = outsider.get(f"/sign-in/oidc/back{query}")
    assert (answer.status_code, "Sign in again." in answer.text) == (410, True)


def test_one_does_not_go_on_to_another_site(outsider: TestClient, people: Cast) -> None:
    answer = outsider.get(back(outsider, "/sign-in/oidc?next=https://evil.example"))
    assert answer.headers["location"] == "/"


def test_a_word_that_cannot_be_trusted_lets_nobody_in(outsider: TestClient, people: Cast) -> None:
    answer = outsider.get(back(outsider, fault="forged"))
    assert (answer.status_code, "cannot be trusted" in answer.text) == (502, True)


def test_where_no_provider_is_set_up_there_is_no_way_to_it(tmp_path: Path) -> None:
    plain = create_app(made(tmp_path / "plain"))
    answer = TestClient(plain, HOST).get("/sign-in/oidc")
    state_of(plain).close()
    assert (answer.status_code, "No identity provider is set up here." in answer.text) == (400, True)
