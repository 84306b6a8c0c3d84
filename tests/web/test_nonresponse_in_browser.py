"""Who did not answer in a real browser: the slider moves the score, and nothing is to be complained of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from latido.http.cookies import SESSION
from tests.web.real import CHROMIUM, chromium, overheard, serving
from tests.web.test_everywhere import PHONE, violations
from tests.web.test_nonresponse import asking
from tests.web.visitors import state_of

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
PAGE = "/nonresponse?weeks=all&whole=1"
PLAN = "/plan?weeks=all&whole=1&by=wave&size=5"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    app, _people = asking()
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def opened(browser: Browser, server: str, **how: object) -> Page:
    app, people = asking()
    context = browser.new_context(locale="en-GB", **how)  # type: ignore[arg-type]
    key = state_of(app).sessions.begin(people.owner)
    context.add_cookies([{"name": SESSION, "value": key, "url": server}])
    return context.new_page()


def test_the_slider_moves_the_score_and_nothing_else(browser: Browser, server: str) -> None:
    page = opened(browser, server)
    said = overheard(page)
    page.goto(server + PAGE, wait_until="networkidle")
    page.locator("#shift").fill("-30")
    expect(page.locator("#silence")).to_contain_text("30 points worse than people like them")
    expect(page.locator("#shift")).to_have_value("-30")
    assert (page.url, said) == (server + PAGE, [])


def test_what_is_planned_changes_with_a_choice(browser: Browser, server: str) -> None:
    page = opened(browser, server)
    page.goto(server + PLAN, wait_until="networkidle")
    page.locator("select[name=kind]").select_option("survey")
    expect(page.locator("#plan h2")).to_contain_text("either way")
    assert "kind=survey" in page.url


@pytest.mark.parametrize("path", [PAGE, PLAN, "/metrics/nps/nonresponse?weeks=all&whole=1"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_nothing_to_complain_of(browser: Browser, server: str, path: str, scheme: str) -> None:
    page = opened(browser, server, color_scheme=scheme)
    page.goto(server + path, wait_until="networkidle")
    assert not violations(page)


@pytest.mark.parametrize("path", [PAGE, PLAN])
def test_a_phone_is_wide_enough(browser: Browser, server: str, path: str) -> None:
    page = opened(browser, server, viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(server + path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
