"""Every page in a real browser: nothing for accessibility checkers to complain of, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from latido.http.cookies import SESSION
from latido.web.pages import PAGES
from tests.web.figures import served
from tests.web.real import CHROMIUM, chromium, overheard, serving
from tests.web.visitors import state_of

EXAMPLES = (
    "/metrics/nps?weeks=all", "/metrics/resolution_time?weeks=all", "/metrics/nps?weeks=all&by=channel",
    "/metrics/resolution_time/shape?weeks=all", "/metrics/ticket_volume/hours?weeks=all",
    "/metrics/resolution_time/readings?weeks=all", "/metrics/nps/rows?weeks=all",
    "/metrics/resolution_time/differ?weeks=all&against=finished", "/metrics/social_mentions", "/tickets/t1",
    "/customers/c1", "/settings/calendars/edit?name=support", "/no-such-page", "/service?weeks=all&whole=1",
    "/moved?start=2025-03-01&end=2025-04-20&whole=1",
)  # fmt: skip
ELSEWHERE = ("/sign-in/oidc",)
PLAIN = tuple(
    page.path
    for page in PAGES
    if "GET" in page.methods
    and "{" not in page.path
    and not page.path.startswith(ELSEWHERE)
    and not page.path.endswith((".csv", ".xlsx"))
)
PATHS = (*PLAIN, *EXAMPLES)
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    app, _people = served()
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def opened(browser: Browser, server: str, **how: object) -> Page:
    """The owner's browser."""
    app, people = served()
    context = browser.new_context(locale="es-ES", **how)  # type: ignore[arg-type]
    key = state_of(app).sessions.begin(people.owner)
    context.add_cookies([{"name": SESSION, "value": key, "url": server}])
    return context.new_page()


@pytest.fixture(scope="module")
def desk(browser: Browser, server: str) -> Page:
    return opened(browser, server, viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def night(browser: Browser, server: str) -> Page:
    return opened(browser, server, viewport={"width": 1280, "height": 900}, color_scheme="dark")


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Page:
    return opened(browser, server, viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture(scope="module")
def listened(browser: Browser, server: str) -> tuple[Page, list[str]]:
    """A page, and what it says on the console."""
    page = opened(browser, server, viewport={"width": 1280, "height": 900})
    return page, overheard(page)


def violations(page: Page) -> list[str]:
    """What an accessibility checker complains of, and where."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_nothing_to_complain_of_by_day(desk: Page, server: str, path: str) -> None:
    desk.goto(server + path, wait_until="networkidle")
    assert not violations(desk)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_nothing_to_complain_of_by_night(night: Page, server: str, path: str) -> None:
    night.goto(server + path, wait_until="networkidle")
    assert not violations(night)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_no_wider_than_a_phone(phone: Page, server: str, path: str) -> None:
    phone.goto(server + path, wait_until="networkidle")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/no-such-page"])
def test_a_page_says_nothing_on_the_console(listened: tuple[Page, list[str]], server: str, path: str) -> None:
    page, said = listened
    said.clear()
    page.goto(server + path, wait_until="networkidle")
    assert said == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_one_heading_and_a_language(desk: Page, server: str, path: str) -> None:
    desk.goto(server + path, wait_until="domcontentloaded")
    assert desk.locator("h1").count() == 1
    assert desk.locator("html").get_attribute("lang") == "es"
