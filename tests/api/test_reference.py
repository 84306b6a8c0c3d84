"""The reference for people: a plain page of our own, whose links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from latido.api.problems import KINDS
from latido.api.resources import OPERATIONS
from tests.api.conftest import Api

LANGUAGES = pytest.mark.parametrize("code", ["en", "es"])
DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "api.md", "es": DOCS / "es" / "api.md"}


def page(client: TestClient, code: str = "en") -> str:
    """The page in a language."""
    return client.get(f"http://testserver/api/docs?lang={code}").text


@LANGUAGES
def test_the_page_is_in_the_language_that_is_chosen(api: Api, code: str) -> None:
    answer = api.by("outsider").get(f"http://testserver/api/docs?lang={code}")
    assert (f'<html lang="{code}"' in answer.text, answer.headers["content-language"]) == (True, code)


def test_without_a_choice_it_is_the_browsers(api: Api) -> None:
    answer = api.by("outsider").get("http://testserver/api/docs", headers={"Accept-Language": "es"})
    assert '<html lang="es"' in answer.text


def test_every_operation_stands_in_it_with_an_example(owner: TestClient) -> None:
    text = page(owner)
    assert not [o.path for o in OPERATIONS if f'id="{o.name}"' not in text or o.path.replace(":path", "") not in text]
    assert text.count("curl -H") == len(OPERATIONS)


def test_every_problem_leads_to_the_page(owner: TestClient) -> None:
    text = page(owner)
    assert not [kind.name for kind in KINDS if f'id="problem-{kind.name}"' not in text]


def test_links_within_the_page_lead_somewhere(owner: TestClient) -> None:
    text = page(owner)
    anchors, targets = (set(re.findall(pattern, text)) for pattern in (r'id="([^"]+)"', r'href="#([^"]+)"'))
    assert not targets - anchors


def test_an_anchor_stands_once(owner: TestClient) -> None:
    anchors = re.findall(r'id="([^"]+)"', page(owner))
    assert len(anchors) == len(set(anchors))


def test_nothing_comes_from_elsewhere_and_nothing_runs(owner: TestClient) -> None:
    text = page(owner)
    assert not re.findall(r"<script|style=|\son\w+=|https?://", text.replace("http://testserver", ""))


def test_the_style_sheet_is_kept_for_ever(owner: TestClient) -> None:
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page(owner))
    answer = owner.get(f"http://testserver{address}")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]


def test_the_page_looks_as_the_person_likes_it(api: Api) -> None:
    person = api.cast["analyst"]
    api.state.people.describe(person.id, name=person.name, language=None, theme="dark")
    assert 'data-theme="dark"' in page(api.by("analyst"))


@LANGUAGES
def test_the_documentation_names_every_address(code: str) -> None:
    text = PAGES[code].read_text(encoding="utf-8")
    assert not [o.path for o in OPERATIONS if f"`{o.method} {o.path.replace(':path', '')}`" not in text]
