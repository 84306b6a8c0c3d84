"""A metric's page in a real browser: what is chosen, what the address says, and what is copied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.figures import served
from tests.web.real import CHROMIUM, chromium, serving
from tests.web.test_everywhere import opened

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
METRIC = "/metrics/resolution_time?weeks=all"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    app, _people = served()
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    found = opened(browser, server, viewport={"width": 1280, "height": 900}, permissions=["clipboard-read"])
    found.goto(server + METRIC, wait_until="networkidle")
    yield found
    found.context.close()


def chosen(page: Page) -> str:
    return page.locator("#groups .tabs [aria-current]").inner_text()


def test_the_first_groups_come_by_themselves_and_change_neither_address_nor_title(page: Page, server: str) -> None:
    expect(page.locator("#groups table")).to_be_visible()
    assert page.url == server + METRIC
    assert page.title().startswith("Tiempo de resolución · latido")


def test_a_tab_stands_in_the_address_the_title_and_the_mark(page: Page, server: str) -> None:
    page.locator("#by-topic").click()
    expect(page.locator("#by-topic")).to_have_attribute("aria-current", "true")
    assert page.url == f"{server}{METRIC}&by=topic"
    assert page.title().startswith("Tiempo de resolución · Tema")
    assert page.evaluate("document.activeElement.id") == "by-topic"


def test_a_link_shows_what_was_seen(page: Page) -> None:
    page.locator("#by-topic").click()
    page.wait_for_url("**by=topic")
    page.goto(page.url, wait_until="networkidle")
    assert chosen(page) == "Tema"


def test_the_tab_stays_when_the_weeks_change(page: Page) -> None:
    page.locator("#by-topic").click()
    page.wait_for_url("**by=topic")
    page.locator("[name=weeks][value='52']").check(force=True)
    page.wait_for_url("**weeks=52**")
    expect(page.locator("#by-topic")).to_have_attribute("aria-current", "true")
    assert "by=topic" in page.url


def test_who_chooses_weeks_takes_the_days_back(page: Page, server: str) -> None:
    page.goto(f"{server}/metrics/resolution_time?start=2025-02-01&end=2025-02-28", wait_until="networkidle")
    page.locator("[name=weeks][value='26']").check(force=True)
    page.wait_for_url("**weeks=26**")
    assert "2025-02" not in page.url


def test_a_day_that_cannot_be_is_marked_without_leaving_the_page(page: Page) -> None:
    page.locator("details.drop > summary").first.click()
    page.locator("[name=start]").fill("2025-03-04")
    page.locator("[name=end]").fill("2025-03-01")
    expect(page.locator("#board [role=alert]")).to_be_visible()
    expect(page.locator("[name=end]")).to_have_attribute("aria-invalid", "true")
    assert page.locator("[name=end]").input_value() == "2025-03-01"


def test_a_call_is_copied_by_keyboard_and_said(page: Page) -> None:
    page.locator("summary", has_text="Python").click()
    button = page.locator("[data-copy=call-python]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#copy-said")).to_have_text("Copiado")
    expect(button).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()").startswith("import latido")


def test_the_link_is_copied(page: Page, server: str) -> None:
    page.locator("[data-copy-link]").click()
    expect(page.locator("#copy-said")).to_have_text("Copiado")
    assert page.evaluate("navigator.clipboard.readText()") == server + METRIC
