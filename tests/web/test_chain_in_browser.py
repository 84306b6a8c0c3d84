"""The chain in a real browser: nothing for accessibility checkers to complain of, drawn wide, listed on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from latido.http.cookies import SESSION
from tests.chained import served
from tests.web.real import CHROMIUM, chromium, serving
from tests.web.visitors import state_of

PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(served()[0]) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def opened(browser: Browser, server: str, **how: object) -> Page:
    """The owner's browser, at the chain when it is there."""
    app, people = served()
    context = browser.new_context(locale="es-ES", **how)  # type: ignore[arg-type]
    context.add_cookies([{"name": SESSION, "value": state_of(app).sessions.begin(people.owner), "url": server}])
    page = context.new_page()
    page.goto(f"{server}/chain")
    page.wait_for_selector(".headline")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_checkers_have_nothing_to_say(browser: Browser, server: str, scheme: str) -> None:
    assert Axe().run(opened(browser, server, color_scheme=scheme)).response["violations"] == []


def test_it_comes_by_itself_when_it_is_computed(browser: Browser, server: str) -> None:
    assert "tiempo de primera respuesta" in opened(browser, server).inner_text(".headline")


def test_it_is_drawn_where_there_is_room(browser: Browser, server: str) -> None:
    page = opened(browser, server)
    assert (page.is_visible("svg.chain"), page.is_visible(".chain-list")) == (True, False)


def test_on_a_phone_it_is_a_list_and_no_wider_than_the_phone(browser: Browser, server: str) -> None:
    page = opened(browser, server, viewport=PHONE)
    assert (page.is_visible("svg.chain"), page.is_visible(".chain-list")) == (False, True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_change_is_asked_for_with_the_keyboard(browser: Browser, server: str) -> None:
    page = opened(browser, server)
    page.fill("[name=by]", "-30min")
    page.press("[name=by]", "Enter")
    page.wait_for_url("**/chain?**by=-30min**")
    assert page.inner_text(".headline").startswith("30 min menos de tiempo de primera respuesta")
