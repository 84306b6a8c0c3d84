"""Files sent by a real browser: dropped, broken off, gone on with; and the wizard that follows what is chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from starlette.applications import Starlette

from latido.http.cookies import SESSION
from tests.cast import Cast
from tests.company import write_tickets
from tests.web.real import CHROMIUM, chromium, overheard, serving
from tests.web.visitors import state_of

DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const zone = document.querySelector(".drop-zone");
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(app: Starlette, people: Cast, browser: Browser) -> Iterator[Page]:
    """The analyst's browser, before an empty workspace."""
    with serving(app) as server:
        context = browser.new_context(locale="en-GB", base_url=server)
        key = state_of(app).sessions.begin(people.analyst)
        context.add_cookies([{"name": SESSION, "value": key, "url": server}])
        opened = context.new_page()
        opened.goto("/data")
        yield opened
        context.close()


def once(page: Page, what: str) -> list[str]:
    """Break the first piece that is sent; the pieces that were sent."""
    sent: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method != "PUT":
            route.continue_()
            return
        sent.append(route.request.headers["content-range"])
        route.abort(what) if len(sent) == 1 else route.continue_()

    page.route("**/data/uploads/*", answer)
    return sent


def test_files_that_are_dropped_are_sent_and_looked_at(page: Page, tmp_path: Path) -> None:
    page.evaluate(DROP, ["dropped.csv", write_tickets(tmp_path / "t.csv", 20).read_text()])
    page.wait_for_url("**/data/import?file=*")
    expect(page.get_by_role("heading", level=2)).to_have_text("dropped.csv")


def test_after_a_break_it_goes_on_by_itself(page: Page, tmp_path: Path) -> None:
    sent = once(page, "connectionreset")
    page.set_input_files("#files", write_tickets(tmp_path / "tickets.csv", 20))
    expect(page.locator("[data-state]")).to_contain_text("The connection broke; going on in")
    page.wait_for_url("**/data/import?file=*")
    assert len(sent) == 2


def test_what_was_stopped_goes_on_when_it_is_chosen_again(page: Page, tmp_path: Path) -> None:
    page.route("**/data/uploads/*", lambda route: None if route.request.method == "PUT" else route.continue_())
    file = write_tickets(tmp_path / "tickets.csv", 20)
    page.set_input_files("#files", file)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator("[data-state]")).to_contain_text("Choose the same file again to go on.")
    page.unroute("**/data/uploads/*")
    page.set_input_files("#files", file)
    page.wait_for_url("**/data/import?file=*")
    page.goto("/data")
    expect(page.locator("#waiting li")).to_have_count(1)


def test_what_is_refused_says_why_beside_the_file(page: Page, tmp_path: Path) -> None:
    (tmp_path / "tickets.csv").write_bytes(b"%PDF-1.7 " + b"x" * 1000)
    page.set_input_files("#files", tmp_path / "tickets.csv")
    expect(page.locator("[data-state]")).to_contain_text("is not text, a spreadsheet, JSON or Parquet")


def test_the_rows_follow_what_is_chosen(page: Page, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("Ticket ID;Created at\n1;01/02/2024 10:00\n2;01/03/2024 10:00\n")
    page.set_input_files("#files", tmp_path / "cases.csv")
    page.wait_for_url("**/data/import?file=*")
    expect(page.locator("#g0-dates-error")).to_be_visible()
    page.select_option("#g0-dates", "mdy")
    expect(page.locator("#g0-dates-error")).to_have_count(0)
    expect(page.locator("tr", has_text="Created at").locator(".mapped").first).to_have_text("2 Jan 2024, 10:00")


def test_an_upload_that_broke_off_goes_on_after_a_reload(page: Page, tmp_path: Path) -> None:
    page.route("**/data/uploads/*", lambda route: None if route.request.method == "PUT" else route.continue_())
    file = write_tickets(tmp_path / "tickets.csv", 20)
    with page.expect_response("**/data/uploads"):
        page.set_input_files("#files", file)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/data")
    page.unroute("**/data/uploads/*")
    expect(page.locator("#waiting")).to_contain_text("are here. Choose the same file again to go on.")
    page.set_input_files("#files", file)
    page.wait_for_url("**/data/import?file=*")
    page.goto("/data")
    expect(page.locator("#waiting li")).to_have_count(1)


def test_a_file_that_was_changed_meanwhile_is_sent_anew(page: Page, tmp_path: Path) -> None:
    file = write_tickets(tmp_path / "tickets.csv", 20)
    page.set_input_files("#files", file)
    page.wait_for_url("**/data/import?file=*")
    page.goto("/data")
    file.write_text(file.read_text().replace("email", "phone"))
    os.utime(file, (0, 0))
    page.set_input_files("#files", file)
    page.wait_for_url("**/data/import?file=*")
    channel = page.locator("tr", has=page.locator(".name", has_text="Channel"))
    expect(channel.locator(".mapped").first).to_have_text("phone")


def test_the_key_enter_looks_again_and_imports_nothing(page: Page, tmp_path: Path) -> None:
    page.set_input_files("#files", write_tickets(tmp_path / "tickets.csv", 20))
    page.wait_for_url("**/data/import?file=*")
    page.fill("#g0-zone", "Europe/Lisbon")
    page.keyboard.press("Enter")
    expect(page.locator("tr", has_text="Created at").locator(".mapped").first).to_have_text("2 Jan 2025, 10:00")
    assert "/data/import" in page.url


def test_from_the_upload_to_the_mended_rows_the_console_is_silent(page: Page, tmp_path: Path) -> None:
    said = overheard(page)
    file = write_tickets(tmp_path / "tickets.csv", 20)
    file.write_text(file.read_text().replace("2025-01-03 13:00:00", "mañana", 1), encoding="utf-8")
    page.set_input_files("#files", file)
    page.wait_for_url("**/data/import?file=*")
    page.select_option("#g0-c5", "product")
    expect(page.locator(".bytable")).to_contain_text("is not a date and time")
    page.get_by_role("button", name="Import now").click()
    page.get_by_role("link", name="Look at the rejected rows").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Rows to correct").click()
    mended = tmp_path / "mended.csv"
    mended.write_text(taken.value.path().read_text("utf-8-sig").replace("mañana", "2025-01-03 13:00:00"))
    page.set_input_files("#files", mended)
    page.get_by_role("button", name="Import them").click()
    expect(page.locator("#job")).to_contain_text("Done", timeout=60_000)
    expect(page.locator("#job table")).to_be_visible()
    page.goto("/data/rejects")
    expect(page.locator("#main")).to_contain_text("Nothing waits here")
    assert said == []


def test_without_a_script_a_plain_form_does_the_same(
    app: Starlette, people: Cast, browser: Browser, tmp_path: Path
) -> None:
    with serving(app) as server:
        context = browser.new_context(locale="en-GB", base_url=server, java_script_enabled=False)
        key = state_of(app).sessions.begin(people.analyst)
        context.add_cookies([{"name": SESSION, "value": key, "url": server}])
        page = context.new_page()
        page.goto("/data")
        page.set_input_files("#files", write_tickets(tmp_path / "tickets.csv", 20))
        page.get_by_role("button", name="Upload").click()
        expect(page.get_by_role("heading", level=2)).to_have_text("tickets.csv")
        page.select_option("#g0-c5", "product")
        page.get_by_role("button", name="Look again").click()
        expect(page.locator("#g0-c5")).to_have_value("product")
        context.close()
