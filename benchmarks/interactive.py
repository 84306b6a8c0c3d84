"""When a page can be used: painted, loaded, its charts drawn, a click answered; in a real Chromium.

    python -m benchmarks.interactive /tmp/bench/1e7/workspace

Serves the workspace in a process of its own, asks every page once, so that its figures are at hand, and then visits
each as a browser that has never been here, and once more. What it tells is what the browser itself measured, in
milliseconds since it began to fetch the page:

- first paint: the first text or picture is seen (`first-contentful-paint`);
- parsed, loaded: `DOMContentLoaded` and `load`;
- first chart, all drawn: the first and the last time that charts were drawn, parts that follow the page included;
- usable: the page is parsed, and no further task of more than 50 ms keeps it from answering;
- click: how long a click on a menu (on the heading, where there is none) waits for the picture that answers it.

Each figure is the median of the visits. `--slow 4` makes the processor four times as slow, which is about a phone.
Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from benchmarks.pages import owner, serving
from latido.http.cookies import SESSION

PAGES = ("/", "/service", "/metrics/first_reply_time", "/metrics/first_reply_time/rows", "/tickets", "TICKET", "/data")
COLUMNS = ("first paint", "parsed", "loaded", "first chart", "all drawn", "usable", "click")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZE = ViewportSize(width=1280, height=900)

# Runs before anything of the page: marks of charts, long tasks and clicks are kept as they come.
WATCH = """
window.told = {charts: [], busy: 0, click: null};
const watch = (type, seen, more) => new PerformanceObserver((list) => list.getEntries().forEach(seen))
  .observe({type, buffered: true, ...more});
watch("mark", (one) => { if (one.name === "charts-ready") told.charts.push(one.startTime); });
watch("longtask", (one) => { told.busy = Math.max(told.busy, one.startTime + one.duration); });
watch("event", (one) => { if (one.name === "click") told.click ??= one.duration; }, {durationThreshold: 16});
"""
# A browser tells of no event that was answered within a frame.
READ = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const parsed = page.domContentLoadedEventEnd;
  return {
    "first paint": paint ? paint.startTime : null, "parsed": parsed, "loaded": page.loadEventEnd,
    "first chart": told.charts[0] ?? null, "all drawn": told.charts.at(-1) ?? null,
    "usable": Math.max(parsed, told.busy), "click": told.click ?? 16,
  };
}"""

Visit = dict[str, float | None]


def main() -> None:
    options = _options()
    root = options.workspace.resolve()
    key = owner(root)
    with serving(root, warm=False) as server, chromium() as browser:
        pages = [page if page != "TICKET" else a_ticket(server, key) for page in PAGES]
        for page in pages:
            _answered(server, key, page)
        told = {page: visits(browser, server, key, page, options) for page in pages}
    print(table(told))


def table(told: dict[str, tuple[list[Visit], list[Visit]]]) -> str:
    """The median of each figure, page by page: the first visits, then the second ones."""
    lines = [f"| page | visit | {' | '.join(COLUMNS)} |", f"|---|---|{'---:|' * len(COLUMNS)}"]
    for page, both in told.items():
        for visit, found in zip(("first", "second"), both, strict=True):
            cells = " | ".join(_median([one[name] for one in found]) for name in COLUMNS)
            lines.append(f"| `{page}` | {visit} | {cells} |")
    return "\n".join(lines)


def _median(values: list[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{statistics.median(known):.0f}" if known else "—"


def visits(
    browser: Browser, server: str, key: str, page: str, options: argparse.Namespace
) -> tuple[list[Visit], list[Visit]]:
    """First visits, each by a browser that has nothing yet, and each one's second."""
    first, second = [], []
    for _ in range(options.repeat):
        context = browser.new_context(viewport=SIZE)
        context.add_init_script(WATCH)
        context.add_cookies([{"name": SESSION, "value": key, "url": server}])
        first.append(visit(context, server + page, options.slow))
        second.append(visit(context, server + page, options.slow))
        context.close()
    return first, second


def visit(context: BrowserContext, address: str, slow: float) -> Visit:
    """What the browser measured of one page, when all of it was there and a click was answered."""
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    page.goto(address, wait_until="networkidle")
    clicked(page)
    found: Visit = page.evaluate(READ)
    page.close()
    return found


def clicked(page: Page) -> None:
    """Click, and wait until the browser has told how long that took."""
    menu = page.locator("details.drop > summary")
    (menu if menu.count() else page.locator("main h1")).first.click()
    page.wait_for_timeout(300)


def a_ticket(server: str, key: str) -> str:
    """The address of the first ticket of the list."""
    body = _answered(server, key, "/tickets")
    begin = body.index('href="/tickets/') + len('href="')
    return body[begin : body.index('"', begin)]


def _answered(server: str, key: str, page: str) -> str:
    answer = httpx.get(server + page, params={"whole": "1"}, cookies={SESSION: key}, timeout=600)
    if answer.status_code != 200:
        raise SystemExit(f"{page}: {answer.status_code} {answer.text[:500]}")
    return answer.text


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, as the machine has it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path, help="folder of the workspace")
    parser.add_argument("--repeat", type=int, default=5, help="visits of each page (5)")
    parser.add_argument("--slow", type=float, default=1, help="how many times as slow the processor is (1)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
