"""Days that are none: the page all the same, the field marked, what was typed kept."""

from __future__ import annotations

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from latido.web.days import days
from tests.web.figures import served
from tests.web.visitors import visitor

BACKWARDS = "start=2025-03-04&end=2025-03-01"


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def test_the_last_day_is_looked_at_too() -> None:
    found = days(QueryParams("start=2025-03-01&end=2025-03-04"))
    assert (str(found.start), str(found.end), found.wrong) == ("2025-03-01", "2025-03-05", ())


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (BACKWARDS, "end"),
        ("start=yesterday", "start"),
        ("end=2025-02-30", "end"),
        ("end=9999-12-31", "end"),
        ("start=0001-01-01", "start"),
    ],
)
def test_a_day_that_cannot_be_names_its_field_and_is_kept(address: str, field: str) -> None:
    found = days(QueryParams(address))
    assert [error.field for error in found.wrong] == [field]
    assert found.typed[field] == QueryParams(address)[field]
    assert (found.start, found.end) == (None, None)


def test_two_wrong_days_are_both_told() -> None:
    assert [error.field for error in days(QueryParams("start=x&end=y")).wrong] == ["start", "end"]


@pytest.mark.parametrize("path", ["/", "/service", "/metrics/nps", "/tickets", "/comments"])
def test_the_page_comes_again_with_the_field_marked(analyst: TestClient, path: str) -> None:
    answer = analyst.get(f"{path}?{BACKWARDS}")
    assert answer.status_code == 422
    assert 'value="2025-03-01" aria-invalid="true" aria-describedby="day-end-error"' in answer.text
    assert "comes before the first" in answer.text
    assert 'id="board"' in answer.text


def test_a_page_without_the_fields_says_it_too(analyst: TestClient) -> None:
    answer = analyst.get(f"/metrics/nps/rows?{BACKWARDS}")
    assert answer.status_code == 422
    assert "comes before the first" in answer.text


def test_what_no_field_of_days_can_show_is_kept_as_text(analyst: TestClient) -> None:
    assert '<input type="text" name="start" id="day-start" value="yesterday"' in analyst.get("/?start=yesterday").text


def test_the_figures_below_are_those_of_the_usual_weeks(analyst: TestClient) -> None:
    wrong, usual = (analyst.get(f"/metrics/nps?{asked}").text for asked in (BACKWARDS, ""))
    assert _board(wrong) == _board(usual)


def _board(page: str) -> str:
    return page[page.index('<div class="grid">') : page.index("</main>")]


@pytest.mark.parametrize("file", ["export.csv", "export.xlsx", "rows.csv", "rows.xlsx"])
def test_no_file_is_made_of_other_days_than_asked(analyst: TestClient, file: str) -> None:
    assert analyst.get(f"/metrics/nps/{file}?{BACKWARDS}").status_code == 422


def test_a_page_that_looks_at_no_days_minds_none(analyst: TestClient) -> None:
    assert analyst.get(f"/settings?{BACKWARDS}").status_code == 200
