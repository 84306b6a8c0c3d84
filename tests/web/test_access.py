"""Every page against everybody: the outsider gets nothing, and nobody more than their role allows."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.http.headers import POLICY
from latido.state.person import RIGHTS
from latido.web.page import Page
from latido.web.pages import PAGES
from tests.cast import Cast
from tests.web.visitors import visitor

GUARDED = [page for page in PAGES if page.right is not None]
PUBLIC = [page for page in PAGES if page.right is None]


def path(page: Page) -> str:
    """An address of a page."""
    return re.sub(r"{\w+(:\w+)?}", "1", page.path)


def name(page: Page) -> str:
    """What a page is called in the list of tests."""
    return f"{page.methods[0]} {page.path}"


@pytest.mark.parametrize("page", GUARDED, ids=name)
def test_the_outsider_gets_nothing(outsider: TestClient, people: Cast, page: Page) -> None:
    answer = outsider.request(page.methods[0], path(page))
    assert (answer.status_code, answer.headers["location"].startswith("/sign-in?next=")) == (303, True)
    assert answer.content == b""


@pytest.mark.parametrize("page", [page for page in GUARDED if page.right != "read"], ids=name)
def test_the_viewer_gets_only_figures(viewer: TestClient, page: Page) -> None:
    assert viewer.request(page.methods[0], path(page)).status_code == 403


@pytest.mark.parametrize("page", [page for page in PAGES if "GET" in page.methods], ids=name)
def test_what_is_read_has_a_head(owner: TestClient, page: Page) -> None:
    whole, head = (owner.request(verb, path(page), follow_redirects=False) for verb in ("GET", "HEAD"))
    assert (head.status_code, head.headers.get("content-type")) == (
        whole.status_code,
        whole.headers.get("content-type"),
    )
    assert head.content == b""


@pytest.mark.parametrize("role", list(RIGHTS))
def test_people_are_looked_after_by_owners_only(app: Starlette, people: Cast, role: str) -> None:
    answer = visitor(app, getattr(people, role)).get("/people")
    assert (answer.status_code == 200) == (role == "owner")


@pytest.mark.parametrize("page", [page for page in PAGES if "POST" in page.methods], ids=name)
def test_no_other_site_writes(owner: TestClient, page: Page) -> None:
    answer = owner.post(path(page), headers={"Origin": "https://evil.example"})
    assert (answer.status_code, "nothing was changed" in answer.text) == (403, True)


def test_what_is_public_is_only_the_ways_in() -> None:
    assert {page.path for page in PUBLIC} >= {"/sign-in", "/sign-in/oidc", "/start/{key}", "/sign-out"}


@pytest.mark.parametrize("there", ["/sign-in", "/people", "/nothing", "/static/nothing.css"])
def test_every_answer_carries_the_policy(owner: TestClient, there: str) -> None:
    assert owner.get(there).headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("there", ["/sign-in", "/people", "/people/1", "/profile", "/tokens", "/audit"])
def test_pages_keep_to_the_policy(owner: TestClient, there: str) -> None:
    page = owner.get(there).text
    assert not re.findall(r'\sstyle="|\son\w+="|<style|<script(?![^>]*(?:src=|type="application/json"))', page)


@pytest.mark.parametrize("there", ["/sign-in", "/people", "/people/1", "/profile", "/tokens", "/audit"])
def test_every_field_has_its_label(owner: TestClient, there: str) -> None:
    page = owner.get(there).text
    named = set(re.findall(r'<label[^>]* for="([\w-]+)"', page))
    asked = re.findall(r'<(?:input|select) id="([\w-]+)"', page)
    assert (set(asked) - named, len(asked) - len(set(asked))) == (set(), 0)
