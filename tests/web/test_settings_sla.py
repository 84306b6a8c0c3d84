"""Promises are listed by clock in the order in which they apply, and moved within it."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.web.pages.settings_sla import order
from tests.web.settings_forms import seen, send, settings, text, write

HOME = "/settings/sla"
PROMISES = """
# What we promise
[[sla]]
name = "a"
clock = "first_reply"
target = "1h"
where = {priority = ["high", "urgent"]}

[[sla]]
name = "b"
clock = "resolution"
target = 259200
calendar = "support"

# everybody else
[[sla]]
name = "c"
clock = "first_reply"
target = "8h"
"""


def names(app: Starlette) -> list[str]:
    """The promises in their order."""
    return [promise["name"] for promise in settings(app).get("sla", [])]


def test_promises_are_listed_by_clock(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    page = owner.get(HOME).text
    assert re.findall(r'<h2 id="k-(\w+)">|number=(\d)"', page) == [
        ("first_reply", ""), ("", "0"), ("", "2"), ("resolution", ""), ("", "1"),
    ]  # fmt: skip


def test_a_promise_is_told_in_words(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    page = owner.get(HOME).text
    assert ("Priority: High, Urgent" in page, "<b>3d</b>" in page, "all other tickets" in page) == (True, True, True)


def test_without_promises_the_page_says_what_they_are(owner: TestClient) -> None:
    assert "No promise yet" in owner.get(HOME).text


@pytest.mark.parametrize(("pressed", "left"), [("up 2", "cba"), ("down 0", "cba"), ("up 0", "abc"), ("delete 1", "ac")])
def test_a_promise_moves_among_those_of_its_clock(app: Starlette, owner: TestClient, pressed: str, left: str) -> None:
    write(app, PROMISES)
    send(owner, f"{HOME}/move", do=pressed)
    assert names(app) == list(left)


def test_what_is_said_of_a_promise_moves_with_it(app: Starlette, owner: TestClient) -> None:
    write(app, PROMISES)
    send(owner, f"{HOME}/move", do="up 2")
    assert '# What we promise\n# everybody else\n[[sla]]\nname = "c"\n' in text(app)


@pytest.mark.parametrize("pressed", ["up 7", "up -1", "up x", ""])
def test_a_promise_that_is_none_is_not_moved(app: Starlette, owner: TestClient, pressed: str) -> None:
    write(app, PROMISES)
    assert (send(owner, f"{HOME}/move", do=pressed).status_code, names(app)) == (404, list("abc"))


def test_a_list_that_has_changed_is_not_moved_by_its_numbers(app: Starlette, owner: TestClient) -> None:
    old = seen(owner)
    write(app, PROMISES)
    late = owner.post(f"{HOME}/move", data={"seen": old, "do": "delete 0"})
    assert (late.status_code, "Save mine on top of theirs" in late.text, names(app)) == (409, False, list("abc"))


def test_moving_keeps_the_places_of_other_clocks() -> None:
    clocks = [{"clock": clock} for clock in ("x", "y", "x", "y")]
    assert (order(clocks, 3, "up"), order(clocks, 0, "down")) == ([0, 3, 2, 1], [2, 1, 0, 3])
