"""Filters are saved under a name, offered where figures are filtered, and show how much they catch."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.figures import served
from tests.web.settings_forms import send, settings, text, write
from tests.web.visitors import fields, visitor

HOME = "/settings/segments"
EDIT, PREVIEW, SAVE = f"{HOME}/edit", f"{HOME}/preview", f"{HOME}/save"
CHAT = {"name": "Urgent chat", "was": "", "dimension": ["channel", "priority", ""], "operator": ["=", "!=", "="],
        "values": ["chat", "low, normal", ""]}  # fmt: skip
SAVED = '\n[segments]\n"Urgent chat" = ["channel=chat"]\nNight = ["hour>=20"]\n'


def catch(page: str) -> list[tuple[str, str]]:
    """What a page says that filters catch."""
    return re.findall(r"<dt>([^<]+)</dt><dd><b>([\d,]+)</b>", page)


def preview(**typed: Any) -> str:
    """The preview of what is typed, over a company with figures."""
    app, people = served()
    return visitor(app, people.viewer).get(PREVIEW, params=typed).text


def test_a_segment_is_written_as_filters(app: Starlette, owner: TestClient) -> None:
    done = send(owner, SAVE, **CHAT)
    assert (done.status_code, settings(app)["segments"]) == (
        303,
        {"Urgent chat": ["channel=chat", "priority!=low, normal"]},
    )


def test_a_segment_is_told_in_words(app: Starlette, owner: TestClient) -> None:
    write(app, SAVED)
    page = owner.get(HOME).text
    assert ("Channel is one of Chat" in page, "Hour is at least 20<" in page) == (True, True)


def test_without_segments_the_page_says_what_they_are(owner: TestClient) -> None:
    assert "No segment yet" in owner.get(HOME).text


def test_the_preview_counts_what_is_caught() -> None:
    assert catch(preview(dimension="channel", operator="=", values="chat")) == [
        ("Tickets", "50"), ("Answers to surveys", "99"),
    ]  # fmt: skip


def test_a_filter_that_only_some_tables_know_catches_nothing_of_others() -> None:
    assert catch(preview(dimension="score", operator=">=", values="9")) == [("Answers to surveys", "120")]


def test_the_preview_offers_values_that_occur() -> None:
    page = preview(dimension="channel")
    assert ('<option value="Chat">50 tickets</option>' in page, "E-mail" in page) == (True, True)


def test_whoever_may_change_it_picks_a_value(owner: TestClient) -> None:
    app, people = served()
    picked = visitor(app, people.owner).get(PREVIEW, params=CHAT | {"add": "channel=email"}).text
    assert ('name="add" value="channel=chat"' in picked, 'value="Chat,E-mail"' in picked) == (True, True)


def test_what_is_picked_of_another_dimension_is_one_more_filter() -> None:
    picked = preview(**CHAT | {"add": "team=Ventas ES"})
    assert ('value="chat"' in picked, 'name="values" value="Ventas ES"' in picked) == (True, True)


def test_a_filter_says_what_it_matches() -> None:
    page = preview(dimension="channel", operator="=", values="chat")
    assert 'id="match-0"><span>50 tickets, 99 answers</span>' in page


def test_a_filter_that_matches_nothing_is_warned_of_and_kept(app: Starlette, owner: TestClient) -> None:
    page = preview(dimension="channel", operator="=", values="chatt")
    assert ('class="match nothing"' in page, "Did you mean Chat?" in page) == (True, True)
    send(owner, SAVE, name="New", dimension="channel", operator="=", values="chatt")
    assert settings(app)["segments"] == {"New": ["channel=chatt"]}


def test_one_value_of_several_that_occurs_nowhere_is_warned_of() -> None:
    page = preview(dimension="channel", operator="=", values="Chat, Pigeon")
    assert "50 tickets, 99 answers · Nothing in your data has “Pigeon”." in page


def test_a_name_is_written_as_its_value(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, name="Phone", dimension="channel", operator="=", values="Telephone, chat")
    assert settings(app)["segments"] == {"Phone": ["channel=phone,chat"]}


def test_the_form_shows_the_segment(app: Starlette, owner: TestClient) -> None:
    write(app, SAVED)
    page = owner.get(EDIT, params={"name": "Night"}).text
    assert (fields(page)["name"], 'value="&gt;=" selected' in page, 'name="values" value="20"' in page) == (
        "Night", True, True,
    )  # fmt: skip


def test_a_segment_is_renamed(app: Starlette, owner: TestClient) -> None:
    write(app, SAVED)
    send(owner, SAVE, name="Late", was="Night", dimension="hour", operator=">=", values="21")
    assert settings(app)["segments"] == {"Urgent chat": ["channel=chat"], "Late": ["hour>=21"]}


def test_a_segment_is_deleted(app: Starlette, owner: TestClient) -> None:
    write(app, SAVED)
    send(owner, f"{HOME}/delete", name="Night")
    assert settings(app)["segments"] == {"Urgent chat": ["channel=chat"]}


def test_a_value_with_a_comma_stands_in_quotes(app: Starlette, owner: TestClient) -> None:
    send(owner, SAVE, name="Bills", dimension="topic", operator="=", values='"Billing, payments", meter')
    page = owner.get(EDIT, params={"name": "Bills"}).text
    assert settings(app)["segments"] == {"Bills": ['topic="Billing, payments", meter']}
    assert 'value="&#34;Billing, payments&#34;,meter"' in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, "name"),
        ({"name": "Night"}, "name"),
        ({"dimension": "", "operator": "=", "values": ""}, "filter.0"),
        ({"dimension": "", "operator": "=", "values": "chat"}, "filter.0"),
        ({"dimension": "score", "operator": ">=", "values": "high"}, "filter.0"),
        ({"dimension": ["channel", "score"], "operator": ["=", ">="], "values": ["chat", "1,2"]}, "filter.1"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    app: Starlette, owner: TestClient, typed: dict[str, Any], told: str
) -> None:
    write(app, SAVED)
    before = text(app)
    refused = send(owner, SAVE, **CHAT | {"name": "New"} | typed)
    assert (refused.status_code, f'id="{told}-error"' in refused.text, text(app)) == (422, True, before)


def test_what_no_data_know_is_refused() -> None:
    app, people = served()
    refused = send(visitor(app, people.owner), SAVE, name="x", dimension="weather", operator="=", values="rain")
    assert (refused.status_code, "Nothing in your data can be filtered by this." in refused.text) == (422, True)


def test_what_was_typed_stays(owner: TestClient) -> None:
    page = send(owner, SAVE, **CHAT | {"name": ""}).text
    assert ('value="low, normal"' in page, 'value="!=" selected' in page) == (True, True)


def test_filters_of_a_page_become_a_segment(owner: TestClient) -> None:
    page = owner.get(EDIT, params={"where": ["channel=chat", "score>=9"]}).text
    assert re.findall(r'name="values" value="(\w+)"', page) == ["Chat", "9"]


def test_spoilt_segments_are_told_of_and_the_last_good_ones_stay(app: Starlette, owner: TestClient) -> None:
    write(app, SAVED)
    assert "Urgent chat" in owner.get(HOME).text
    write(app, 'Late = ["late"]\n')
    page = owner.get(HOME)
    assert ("“late” is not a filter." in page.text, "Urgent chat" in page.text, page.status_code) == (True, True, 200)
