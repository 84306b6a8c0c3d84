"""Charts and menus in a real browser, under the policy that the application sends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from latido.report.charts import Chart, bars, distribution, heat, survival, trend
from latido.stats.survival import kaplan_meier
from latido.web.render import payload
from latido.web.static import DIST
from tests.report.measured import figure, measured, month

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; base-uri 'none'"
HOST = "http://latido.test"
EVIL = "<img src=x onerror=alert(1)>"
MONTHS = measured("nps", [figure(10.0 * i, 0, 70, period=month(i)) for i in (1, 2, 3)], "month")
TEAMS = measured("csat", [figure(80, 70, 90, team=EVIL), figure(60, 55, 62, team="b")])
CHARTS = {
    "nps": trend(MONTHS, 25, lambda _: "/rows"),
    "teams": bars(TEAMS, link=lambda _: "/rows"),
    "curve": survival(kaplan_meier([60, 3600, 86400], [5, 3, 1], [0, 0, 2])),
    "scores": distribution({9: 4, 6: 1}),
    "week": heat(measured("ticket_volume", [figure(7, weekday="1", hour="9")])),
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


def document() -> str:
    """A page with every chart and a menu."""
    drawn = "".join(_plot(key, chart) for key, chart in CHARTS.items())
    menu = '<details class="drop"><summary class="btn">Menu</summary><div class="card sheet">In it</div></details>'
    head = '<link rel="stylesheet" href="/static/app.css"><script defer src="/static/app.js"></script>'
    return f'<!doctype html><html lang="es" data-theme="light"><head>{head}</head><body>{menu}{drawn}</body></html>'


def _plot(key: str, chart: Chart) -> str:
    return (
        f'<div class="plot" id="{key}" data-chart="{chart.kind}" data-source="{key}"></div>{payload(key, chart.data)}'
    )


def answer(route: Route) -> None:
    """What a server would answer."""
    path = route.request.url.removeprefix(HOST).partition("?")[0]
    if path.startswith("/static/"):
        route.fulfill(path=str(DIST / Path(path).name))
    else:
        route.fulfill(
            body=document(), content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The page, when its charts are drawn; a complaint of the browser fails the test."""
    opened = browser.new_page(viewport={"width": 900, "height": 800})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.route("**/*", answer)
    opened.goto(f"{HOST}/")
    opened.locator("#week svg text").first.wait_for()
    yield opened
    opened.close()
    assert not said


@pytest.mark.parametrize("key", CHARTS)
def test_every_chart_is_drawn_under_the_policy(page: Page, key: str) -> None:
    assert page.locator(f"#{key} svg path").count() > 0


def test_numbers_are_in_the_language_of_the_page(page: Page) -> None:
    assert page.locator("#nps svg text", has_text="30,0").count() == 1


def test_bars_have_as_much_room_as_they_want(page: Page) -> None:
    assert page.locator("#teams").bounding_box()["height"] == 8 + 2 * 32 + 28  # type: ignore[index]


def test_another_theme_draws_anew(page: Page) -> None:
    assert page.locator('#nps path[stroke="#0b6e8a"]').count() > 0
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.locator('#nps path[stroke="#4cc0da"]').first.wait_for(state="attached")


def test_a_narrower_window_draws_anew(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.locator('#nps svg[width="400"]').wait_for()


def test_a_click_beside_a_point_leads_to_its_rows(page: Page) -> None:
    page.locator("#nps").click(position={"x": 400, "y": 150})
    page.wait_for_url(f"{HOST}/rows")


def test_names_in_a_tooltip_are_text(page: Page) -> None:
    page.locator("#teams").hover(position={"x": 500, "y": 24})
    page.locator("#teams .tip", has_text=EVIL).wait_for()


def test_a_menu_shuts_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.locator("summary").click()
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_menu_shuts_when_something_else_is_clicked(page: Page) -> None:
    page.locator("summary").click()
    page.mouse.click(880, 790)
    assert page.locator("details[open]").count() == 0
