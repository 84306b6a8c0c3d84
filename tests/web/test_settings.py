"""The settings' first page leads to what somebody may see."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.web.page import Page
from latido.web.pages import PAGES
from tests.cast import Cast
from tests.web.visitors import visitor

OWN = [page for page in PAGES if page.path.startswith("/settings")]
SHOWN = sorted({page.path for page in OWN if "GET" in page.methods})


def doors(page: str) -> set[str]:
    """Where the cards of the page lead."""
    return set(re.findall(r'<a class="card entry [^"]*" href="([^"]+)"', page))


def test_the_owner_finds_everything(owner: TestClient) -> None:
    there = doors(owner.get("/settings").text)
    assert there >= {"/settings/general", "/settings/calendars", "/people", "/tokens", "/audit", "/profile"}


def test_the_viewer_finds_no_people(viewer: TestClient) -> None:
    assert not doors(viewer.get("/settings").text) & {"/people", "/audit"}


@pytest.mark.parametrize("role", ["owner", "analyst", "lead", "viewer"])
def test_every_door_opens(app: Starlette, people: Cast, role: str) -> None:
    browser = visitor(app, getattr(people, role))
    assert {browser.get(there).status_code for there in doors(browser.get("/settings").text)} == {200}


def test_how_it_is_set_is_told(owner: TestClient) -> None:
    page = owner.get("/settings").text
    assert ("Europe/Madrid · EUR" in page, "24x7 is used" in page, "2 metrics have one" in page) == (True, True, True)


@pytest.mark.parametrize("page", [page for page in OWN if page.right == "settings"], ids=lambda page: page.path)
def test_writing_takes_the_right_to(viewer: TestClient, page: Page) -> None:
    assert viewer.request(page.methods[0], page.path, data={"seen": "x"}).status_code == 403


@pytest.mark.parametrize("there", SHOWN)
def test_pages_keep_to_the_policy(owner: TestClient, there: str) -> None:
    page = owner.get(there, params={"metric": "nps"}).text
    assert not re.findall(r'\sstyle="|\son\w+="|<style|<script(?![^>]*(?:src=|type="application/json"))', page)


@pytest.mark.parametrize("there", SHOWN)
def test_every_field_has_its_label(owner: TestClient, there: str) -> None:
    page = owner.get(there, params={"metric": "nps"}).text
    named = set(re.findall(r'<label[^>]* for="([\w-]+)"', page))
    asked = re.findall(r'<(?:input|select) id="([\w-]+)"', page)
    assert (set(asked) - named, len(asked) - len(set(asked))) == (set(), 0)
