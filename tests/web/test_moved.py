"""What moved: only what chance cannot explain, said in sentences that lead to the figures behind them."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import latido
from latido.app import create_app
from tests.cast import Cast, cast_of
from tests.company import made
from tests.web.figures import served
from tests.web.visitors import state_of, visitor

BEGIN = datetime(2025, 1, 6, 10)
HEAD = ["Response ID", "Date", "How likely are you to recommend us?", "Channel", "Team", "Customer"]
WEEKS = "weeks=4&whole=1"


@cache
def fallen() -> tuple[Starlette, Cast]:
    """An application over eight weeks of answers; in the last four, people of the chat recommend no more."""
    root = made(Path(mkdtemp(prefix="latido-moved-")) / "acme")
    workspace = latido.open(root)
    workspace.import_files([_written(root / "answers.csv")])
    workspace.close()
    app = create_app(root)
    return app, cast_of(state_of(app))


def _written(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *(_answer(i) for i in range(1_120))])
    return path


def _answer(i: int) -> list[object]:
    when = BEGIN + timedelta(hours=1.2 * i)
    channel = ("chat", "email")[i % 2]
    score = 3 if channel == "chat" and when >= BEGIN + timedelta(weeks=4) and i % 3 else (10, 9, 8, 10, 6)[i % 5]
    return [f"r{i}", when.isoformat(" "), score, channel, ("Ventas", "Soporte")[i // 2 % 2], f"c{i}"]


@pytest.fixture
def analyst() -> TestClient:
    app, people = fallen()
    return visitor(app, people.analyst)


@pytest.fixture
def still() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def sentences(page: str) -> list[tuple[str, str]]:
    """Where each change leads, and what is said of it."""
    found = re.findall(r'<ul class="moves">.*?</ul>', page, re.DOTALL)
    return [
        (unescape(href), text) for part in found for href, text in re.findall(r'<a href="([^"]+)">([^<]+)</a>', part)
    ]


def test_what_fell_is_said_with_its_interval(analyst: TestClient) -> None:
    _href, said = sentences(analyst.get(f"/moved?{WEEKS}").text)[0]
    assert re.fullmatch(
        r"Net promoter score \(NPS\).*channel Chat,.* fell by [\d.]+ points \([\d.]+ to [\d.]+\), from .*", said
    )


def test_a_change_leads_to_the_figure_of_its_segment_and_period(analyst: TestClient) -> None:
    href, _said = sentences(analyst.get(f"/moved?{WEEKS}").text)[0]
    assert href.startswith("/metrics/nps?start=2025-02-03&end=2025-03-02&where=channel%3Dchat")
    assert analyst.get(href).status_code == 200


def test_the_interval_is_drawn_away_from_zero(analyst: TestClient) -> None:
    drawn = re.search(
        r'class="reach bad".*?x1="([\d.]+)".*?x2="([\d.]+)".*?x2="([\d.]+)"', analyst.get(f"/moved?{WEEKS}").text
    )
    assert drawn is not None
    assert float(drawn[3]) < float(drawn[1])


def test_segments_say_what_they_made_of_it(analyst: TestClient) -> None:
    assert re.search(r"By channel: Chat makes [\d.]+ of it", analyst.get(f"/moved?{WEEKS}").text)


def test_each_metric_as_a_whole_says_what_would_have_shown(analyst: TestClient) -> None:
    page = analyst.get(f"/moved?{WEEKS}").text
    assert "n to see 5 points or 10%" in page
    assert "least that would show" in page


def test_nothing_is_told_where_nothing_moved(still: TestClient) -> None:
    page = still.get("/moved?start=2025-03-01&end=2025-04-20&whole=1").text
    assert "differences that were compared can be told from chance." in page
    assert sentences(page) == []


def test_what_was_not_compared_is_named_with_the_reason(still: TestClient) -> None:
    page = still.get("/moved?start=2025-03-01&end=2025-04-20&whole=1").text
    assert re.search(r"Backlog[^.:<]*: nothing says of single segments how much of a difference is chance", page)


def test_what_came_is_not_compared_with_days_before_the_data_begin(still: TestClient) -> None:
    page = still.get("/moved?weeks=13&whole=1").text
    assert "Ticket volume: the data do not cover both periods from end to end." in page


@pytest.mark.parametrize("query", ["weeks=all", "compare=none"])
def test_without_two_periods_it_says_what_to_choose(still: TestClient, query: str) -> None:
    assert "There are no two periods to compare" in still.get(f"/moved?{query}").text


def test_a_filter_that_no_metric_knows_is_said_beside_the_filters(still: TestClient) -> None:
    page = still.get("/moved?where=network%3Dnone&whole=1").text
    assert "network" in page
    assert 'id="bar"' in page


def test_the_pulse_gets_the_clearest_alone(analyst: TestClient) -> None:
    page = analyst.get(f"/moved?{WEEKS}&brief=1").text
    assert 'id="moved-list"' in page
    assert "How it was compared" not in page
    assert 0 < len(sentences(page)) <= 8


def test_while_it_is_found_out_the_same_place_asks_again(analyst: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latido.web.underway.PATIENCE", 0.0)
    page = analyst.get("/moved?weeks=4&brief=1&where=team%3DVentas").text
    assert re.search(
        r'id="moved-list" class="working" hx-get="/moved\?weeks=4&amp;where=team%3DVentas&amp;brief=1"', page
    )


def compared(page: str) -> int:
    """How many differences were."""
    return int(re.findall(r"(\d+) differences were compared:", page)[0])


def test_a_lead_is_told_of_their_teams_only(analyst: TestClient) -> None:
    app, people = fallen()
    theirs = visitor(app, people.lead).get(f"/moved?{WEEKS}").text
    assert 0 < compared(theirs) < compared(analyst.get(f"/moved?{WEEKS}").text)
    assert "team Soporte" not in theirs


def test_all_changes_can_be_taken_along(analyst: TestClient) -> None:
    found = analyst.get("/moved/export.csv?weeks=4")
    rows = pd.read_csv(BytesIO(found.content))
    assert set(rows.columns) >= {"metric", "where", "change", "low", "high", "q", "n", "needed_small", "needed_large"}
    assert "nps" in set(rows.metric)


def test_a_workbook_has_the_changes_the_wholes_and_what_made_them(analyst: TestClient) -> None:
    found = pd.read_excel(
        BytesIO(analyst.get("/moved/export.xlsx?weeks=4").content), sheet_name=None, engine="calamine"
    )
    assert list(found) == ["About", "What moved", "Each metric as a whole", "What made it"]


def test_who_may_not_take_data_along_gets_no_file() -> None:
    app, people = fallen()
    assert visitor(app, people.viewer).get("/moved/export.csv?weeks=4").status_code == 403
