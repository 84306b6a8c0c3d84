"""Previews of the settings in a real browser: they follow what is typed and leave the keyboard where it is."""

from __future__ import annotations

from collections.abc import Iterator
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.web.static import DIST
from tests.web.data_forms import company
from tests.web.visitors import HOST

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, owner: TestClient) -> Iterator[Page]:
    """A page whose requests the application answers, for the owner."""

    def answered(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            route.fulfill(path=str(DIST / path.removeprefix("/static/").partition("?")[0]))
            return
        sent = route.request.post_data_buffer
        kind = {"content-type": route.request.headers.get("content-type", "")} if sent else {}
        got = owner.request(route.request.method, path, content=sent, headers=kind, follow_redirects=True)
        route.fulfill(status=got.status_code, body=got.content, headers=dict(got.headers))

    opened = browser.new_page()
    opened.route("**/*", answered)
    yield opened
    opened.close()


def test_the_preview_of_a_calendar_follows_what_is_typed(page: Page) -> None:
    page.goto(f"{HOST}/settings/calendars/edit?name=support")
    page.fill("#sat", "10-14")
    page.press("#sat", "Tab")
    expect(page.locator("#preview h2")).to_have_text("Open 44 h a week")
    assert page.evaluate("document.activeElement.id") == "sun"


def test_the_regions_follow_the_country(page: Page) -> None:
    page.goto(f"{HOST}/settings/calendars/edit?name=support")
    page.focus("#country")
    page.select_option("#country", "US")
    expect(page.locator("#region option[value=AL]")).to_have_text("Alabama (AL)")
    assert (page.evaluate("document.activeElement.id"), page.input_value("#country")) == ("country", "US")


def test_what_cannot_be_is_told_before_it_is_sent(page: Page) -> None:
    page.goto(f"{HOST}/settings/calendars/edit?name=support")
    page.fill("#tue", "nine")
    page.press("#tue", "Tab")
    expect(page.locator("#preview .error")).to_contain_text("Tuesday: “nine” are no opening hours.")


def test_a_change_is_made_and_undone_by_keyboard_alone(page: Page) -> None:
    page.goto(f"{HOST}/settings/general")
    page.focus("#currency")
    page.keyboard.type("USD")
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("Saved: Currency.")
    page.locator(".flash button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("The change is undone.")
    expect(page.locator("#currency")).to_have_value("")


def test_a_filter_says_what_it_matches_while_it_is_typed(app: Starlette, page: Page) -> None:
    company(app, ("tickets.csv", 20, ()))
    page.goto(f"{HOST}/settings/segments/edit")
    page.select_option("select[name=dimension] >> nth=0", "channel")
    page.fill("input[name=values] >> nth=0", "Chatt")
    page.press("input[name=values] >> nth=0", "Tab")
    expect(page.locator("#match-0")).to_contain_text("Did you mean Chat?")
    assert page.get_attribute("input[name=values] >> nth=0", "list") == "v-channel"
