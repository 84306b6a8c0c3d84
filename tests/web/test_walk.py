"""A walk by keyboard alone: a file comes in, a figure is seen, its rows are looked at, and it is taken along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.applications import Starlette

from latido.http.cookies import SESSION
from tests.cast import Cast
from tests.company import write_tickets
from tests.web.real import CHROMIUM, chromium, serving
from tests.web.visitors import state_of

MOST_STEPS = 120  # presses of the tab key until something must have been reached

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture
def page(app: Starlette, people: Cast) -> Iterator[Page]:
    """The analyst's browser, before an empty workspace."""
    with serving(app) as server, chromium() as browser:
        context = browser.new_context(locale="en-GB", base_url=server, accept_downloads=True)
        key = state_of(app).sessions.begin(people.analyst)
        context.add_cookies([{"name": SESSION, "value": key, "url": server}])
        yield context.new_page()


def reach(page: Page, text: str) -> None:
    """Press tab until what has the focus says this."""
    told = "document.activeElement.innerText + ' ' + (document.activeElement.getAttribute('aria-label') || '')"
    page.wait_for_load_state("networkidle")
    page.get_by_text(text).or_(page.get_by_label(text)).first.wait_for(state="attached")
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if text in page.evaluate(told):
            return
    raise AssertionError(f"the tab key does not reach “{text}” on {page.url}")


def follow(page: Page, text: str) -> None:
    """Reach a link or button and press it."""
    reach(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_file_becomes_a_figure_whose_rows_are_seen_and_taken_along(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    follow(page, "Choose files")
    page.set_input_files("#files", write_tickets(tmp_path / "tickets.csv"))  # the system's own dialogue
    page.wait_for_url("**/data/import*")
    page.wait_for_load_state("networkidle")
    follow(page, "Import")
    follow(page, "See the figures")
    follow(page, "Service")
    follow(page, "First reply time")
    follow(page, "The rows behind it")
    assert "rows count" in page.locator("main").inner_text()
    reach(page, "CSV")
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    assert "ticket_id" in Path(got.value.path()).read_text("utf-8-sig").splitlines()[0]
