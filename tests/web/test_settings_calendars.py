"""Calendars are listed with what uses them, tried out, and deleted where nothing does."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.settings_forms import send, settings, text, write

HOME = "/settings/calendars"
PROMISE = '\n[[sla]]\nname = "Urgent"\nclock = "first_reply"\ntarget = "1h"\ncalendar = "support"\n'


def answered(browser: TestClient, **asked: str) -> str:
    """The page with the answer to how much of a span is open time."""
    return browser.get(HOME, params=asked).text


def test_a_calendar_is_shown_as_a_week(owner: TestClient) -> None:
    page = owner.get(HOME).text
    assert 'aria-label="Mon–Fri 09:00–14:00 16:00–19:00"' in page
    assert ("40 h a week" in page, "holidays: Spain" in page, "1 day of its own" in page) == (True, True, True)


def test_where_a_calendar_is_used_is_told(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISE)
    assert "the promise “Urgent”" in owner.get(HOME).text


def test_open_time_of_a_span_is_computed(owner: TestClient) -> None:
    page = answered(owner, calendar="support", start="2025-03-07T18:00", end="2025-03-10T10:00")
    assert "<b>2 h</b> open, of 2 d 16 h by the clock" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"calendar": "support", "start": "soon", "end": "2025-03-10T10:00"}, "“soon” is not an instant."),
        ({"calendar": "nights", "start": "2025-03-09", "end": "2025-03-10"}, "There is no calendar called “nights”."),
    ],
)
def test_a_span_that_is_none_is_told(owner: TestClient, asked: dict[str, str], said: str) -> None:
    assert said in answered(owner, **asked)


def test_a_calendar_that_nothing_uses_is_deleted(app: Starlette, owner: TestClient) -> None:
    done = send(owner, f"{HOME}/delete", name="support")
    assert (done.status_code, "calendars" in settings(app)) == (303, False)
    assert settings(app)["targets"] == {"nps": 20, "first_reply_time": "2h"}


@pytest.mark.parametrize("use", [PROMISE, "default"])
def test_a_calendar_in_use_stays(app: Starlette, owner: TestClient, use: str) -> None:
    write(app, use) if use != "default" else send(owner, "/settings/general", name="Acme", calendar="support")
    before = text(app)
    refused = send(owner, f"{HOME}/delete", name="support")
    assert (refused.status_code, "Calendar “support” is used by" in refused.text, text(app)) == (422, True, before)


def test_the_calendar_that_is_always_there_cannot_be_deleted(app: Starlette, owner: TestClient) -> None:
    assert 'name="name" value="24x7"' not in owner.get(HOME).text
    assert send(owner, f"{HOME}/delete", name="24x7").status_code == 422


def test_deleting_what_is_not_there_changes_nothing(app: Starlette, owner: TestClient) -> None:
    before = text(app)
    send(owner, f"{HOME}/delete", name="nights")
    assert text(app) == before
