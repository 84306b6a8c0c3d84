"""The page of drivers: what can be asked, what is found, what cannot be."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.applications import Starlette
from starlette.testclient import TestClient

import latido
from latido.app import create_app
from latido.http.cookies import SESSION
from tests.cast import Cast, cast_of
from tests.company import SETTINGS
from tests.insights.drivers import forms
from tests.web.real import CHROMIUM, chromium, serving
from tests.web.visitors import state_of, visitor

PARTS = ("Was it quick?", "Was it cheap?", "How was the music?")
ASKED = "/drivers?weeks=all&whole=1&outcome=nps.score@relationship&grain=customer" + "".join(
    f"&of=question:{text}" for text in PARTS
)


@cache
def served() -> tuple[Starlette, Cast]:
    """A company whose customers rated its parts, and said whether they would recommend it."""
    root = Path(mkdtemp(prefix="latido-drivers-"))
    (root / "latido.toml").write_text(SETTINGS, encoding="utf-8")
    rows = forms.frame(600)
    head = ["answer_id", "customer_id", "survey", "kind", "question", "score", "scale_low", "scale_high", "answered"]
    told = [
        [f"{i}-{n}", f"c{i}", "visit", "rating" if n else "nps", question, score, low, high, "2025-03-04 10:00"]
        for i, one in enumerate(rows[["v0", "v1", "v2", "v4"]].itertuples(index=False))
        for n, (question, score, low, high) in enumerate(
            zip(("How likely?", *PARTS), one, (0, 1, 1, 1), (10, 7, 5, 5), strict=True)
        )
    ]
    path = root / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *told])
    workspace = latido.open(root)
    workspace.import_files(path, as_table="answers", yes=True)
    workspace.close()
    app = create_app(root)
    return app, cast_of(state_of(app))


@pytest.fixture(scope="module")
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_largest_share_comes_first(analyst: TestClient) -> None:
    page = analyst.get(ASKED).text
    named = re.findall(r'<b class="rank">\d</b><span>([^<]+)</span><b class="part">', page)
    assert named == list(PARTS)


def test_it_says_that_it_is_no_cause(analyst: TestClient) -> None:
    assert "association, not cause" in text(analyst.get(ASKED).text)


def test_what_says_nothing_is_called_that(analyst: TestClient) -> None:
    assert "Cannot be told from chance" in text(analyst.get(ASKED).text)


def test_the_map_numbers_its_drivers(analyst: TestClient) -> None:
    page = analyst.get(ASKED).text
    assert [len(re.findall(rf'<svg class="dmap {name}"', page)) for name in ("wide", "narrow")] == [1, 1]


def test_a_change_is_answered_by_two_models(analyst: TestClient) -> None:
    shown = text(analyst.get(f"{ASKED}&if.question:{PARTS[0]}=0,5").text)
    assert "With 0.50 more in Was it quick? for every customer, if all went on going together" in shown
    assert ("straight line" in shown, "single answers" in shown) == (True, True)


def test_what_is_no_number_changes_nothing(analyst: TestClient) -> None:
    answer = analyst.get(f"{ASKED}&if.question:{PARTS[0]}=more")
    assert (answer.status_code, "What would be expected" in answer.text) == (200, False)


def test_what_cannot_be_explained_says_why(analyst: TestClient) -> None:
    answer = analyst.get("/drivers?weeks=all&whole=1&outcome=nps.score@relationship&of=nps.score@relationship")
    assert (answer.status_code, "is the outcome itself" in answer.text) == (200, True)


def test_the_table_can_be_taken_along(analyst: TestClient) -> None:
    answer = analyst.get(ASKED.replace("/drivers?", "/drivers/export.csv?"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["driver"] for row in rows] == [f"question:{part}" for part in PARTS]


def test_the_form_keeps_what_was_chosen(analyst: TestClient) -> None:
    page = analyst.get(ASKED + "&missing=mean").text
    assert '<option value="mean" selected>' in page
    assert page.count(" checked") >= len(PARTS)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize("how", [{"width": 1280, "height": 900}, {"width": 390, "height": 844}])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_nothing_to_complain_of_and_fits(how: dict[str, int], scheme: str) -> None:
    app, people = served()
    with serving(app) as address, chromium() as browser:
        context = browser.new_context(locale="es-ES", viewport=how, color_scheme=scheme)  # type: ignore[arg-type]
        key = state_of(app).sessions.begin(people.owner)
        context.add_cookies([{"name": SESSION, "value": key, "url": address}])
        page = context.new_page()
        page.goto(f"{address}{ASKED}&if.question:{PARTS[0]}=0.5", wait_until="networkidle")
        assert page.locator(".dmap:visible").count() == 1
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= how["width"]
