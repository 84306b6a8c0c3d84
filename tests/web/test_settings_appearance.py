"""Light or dark, and the language: kept with the person, or in the browser of somebody who is not signed in."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from latido.state import State
from tests.cast import Cast

HOME = "/settings/appearance"


def shown(browser: TestClient) -> list[str]:
    """Language and theme of a page."""
    return re.findall(r'<html lang="(\w+)" data-theme="(\w+)">', browser.get(HOME).text)


def test_somebody_who_is_signed_in_keeps_it_everywhere(owner: TestClient, state: State, people: Cast) -> None:
    done = owner.post(HOME, data={"theme": "dark", "language": "es"})
    person = state.people.get(people.owner.id)
    assert (done.status_code, person.theme, person.language, person.name) == (303, "dark", "es", "Olga Owner")
    assert shown(owner) == [("es", "dark")]


def test_somebody_who_is_not_keeps_it_in_the_browser(outsider: TestClient, people: Cast) -> None:
    outsider.post(HOME, data={"theme": "dark", "language": "es"})
    assert shown(outsider) == [("es", "dark")]


def test_the_browsers_language_is_followed_again(outsider: TestClient, people: Cast) -> None:
    outsider.post(HOME, data={"theme": "light", "language": "es"})
    outsider.post(HOME, data={"theme": "light", "language": ""})
    assert shown(outsider) == [("en", "light")]


def test_the_answer_is_in_the_language_that_was_chosen(owner: TestClient) -> None:
    owner.post(HOME, data={"theme": "light", "language": "es"})
    assert "Guardado." in owner.get(HOME).text


@pytest.mark.parametrize(("field", "value"), [("theme", "pink"), ("language", "fr")])
def test_what_cannot_be_is_told_beside_its_field(owner: TestClient, field: str, value: str) -> None:
    refused = owner.post(HOME, data={"theme": "dark", "language": "en"} | {field: value})
    assert (refused.status_code, f'id="{field}-error"' in refused.text) == (422, True)


def test_it_leads_back_to_where_one_was_but_nowhere_else(outsider: TestClient, people: Cast) -> None:
    places = ("/sign-in", "https://evil.example/")
    answers = [outsider.post(HOME, data={"theme": "dark", "back": place}) for place in places]
    assert [answer.headers["location"] for answer in answers] == ["/sign-in", "/"]
