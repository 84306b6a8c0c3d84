"""One promise is written as it was typed, and where it can apply."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.figures import served
from tests.web.settings_forms import send, settings, text, write
from tests.web.test_settings_sla import PROMISES, names
from tests.web.visitors import fields, visitor, wrong

HOME = "/settings/sla"
EDIT, PREVIEW, SAVE = f"{HOME}/edit", f"{HOME}/preview", f"{HOME}/save"
URGENT = {"number": "", "name": "Urgent", "clock": "first_reply", "target": "1h", "calendar": "support",
          "dimension": ["priority", "channel", ""], "values": ["high, urgent", "chat", ""]}  # fmt: skip


def test_the_form_shows_the_promise(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    page = owner.get(EDIT, params={"number": "0"}).text
    assert (fields(page)["name"], fields(page)["target"]) == ("a", "1h")
    assert ('value="High,Urgent"' in page, 'value="first_reply" selected' in page) == (True, True)


def test_seconds_are_shown_as_a_span(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    assert fields(owner.get(EDIT, params={"number": "1"}).text)["target"] == "3d"


def test_a_promise_is_written(app: Starlette, owner: TestClient) -> None:
    done = send(owner, SAVE, **URGENT)
    assert done.status_code == 303
    assert settings(app)["sla"] == [{
        "name": "Urgent", "clock": "first_reply", "target": "1h", "calendar": "support",
        "where": {"priority": ["high", "urgent"], "channel": "chat"},
    }]  # fmt: skip


def test_a_new_promise_comes_before_those_for_all_tickets(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    send(owner, SAVE, **URGENT)
    assert names(app) == ["a", "b", "Urgent", "c"]


def test_a_new_promise_for_all_tickets_comes_last(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    send(owner, SAVE, **URGENT | {"dimension": "", "values": ""})
    assert names(app) == ["a", "b", "c", "Urgent"]


def test_only_what_differs_is_written(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    before = text(app)
    send(
        owner, SAVE, number="0", name="a", clock="first_reply", target="2h", dimension="priority", values="high,urgent"
    )
    assert text(app) == before.replace('target = "1h"', 'target = "2h"')


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "name"),
        ({"clock": "lunch"}, "clock"),
        ({"target": ""}, "target"),
        ({"target": "4"}, "target"),
        ({"target": "0h"}, "target"),
        ({"dimension": ["", "channel"], "values": ["high", "chat"]}, "filter.0"),
        ({"dimension": ["priority", "channel"], "values": ["high", ""]}, "filter.1"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    app: Starlette, owner: TestClient, typed: dict[str, Any], told: str
) -> None:
    before = text(app)
    refused = send(owner, SAVE, **URGENT | typed)
    assert (refused.status_code, f'id="{told}-error"' in refused.text, text(app)) == (422, True, before)


def test_what_was_typed_stays(owner: TestClient) -> None:
    page = send(owner, SAVE, **URGENT | {"name": "", "target": "soon"}).text
    assert (wrong(page), fields(page)["target"], 'value="high, urgent"' in page) == (["name", "target"], "soon", True)


def test_a_calendar_that_is_none_is_told(owner: TestClient) -> None:
    refused = send(owner, SAVE, **URGENT | {"calendar": "nights"})
    assert (refused.status_code, "There is no calendar called “nights”" in refused.text) == (422, True)


def test_a_row_says_how_many_tickets_it_matches() -> None:
    app, people = served()
    page = visitor(app, people.owner).get(PREVIEW, params=URGENT | {"dimension": "channel", "values": "Chat"}).text
    assert ('id="match-0"><span>50 tickets</span>' in page, 'name="add" value="channel=email"' in page) == (True, True)


def test_a_promise_for_what_does_not_exist_yet_is_warned_of_and_kept(app: Starlette, owner: TestClient) -> None:
    there, people = served()
    page = visitor(there, people.owner).get(PREVIEW, params=URGENT | {"dimension": "team", "values": "Wether"}).text
    assert "Nothing in your data has “Wether”." in page
    send(owner, SAVE, **URGENT | {"dimension": "team", "values": "Wether"})
    assert settings(app)["sla"][0]["where"] == {"team": "Wether"}


def test_more_rows_are_asked_for(owner: TestClient) -> None:
    assert owner.get(PREVIEW, params=URGENT).text.count('name="values"') == 4


@pytest.mark.parametrize("number", ["7", "x", "-1"])
def test_a_promise_that_is_none_is_not_found(owner: TestClient, number: str) -> None:
    assert owner.get(EDIT, params={"number": number}).status_code == 404
    assert send(owner, SAVE, **URGENT | {"number": number}).status_code == 404
