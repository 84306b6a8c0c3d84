"""A figure as it was known: at a version, at the end of a day."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.web.figures import served
from tests.web.visitors import visitor

ANSWERS = 1  # the version with the answers: the tickets were imported later


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def test_the_state_is_named_and_can_be_left(analyst: TestClient) -> None:
    page = analyst.get(f"/metrics/nps?weeks=all&as_of={ANSWERS}").text
    assert f"version {ANSWERS} of the data" in page
    assert '<a class="link" href="/metrics/nps?weeks=all">' in page


@pytest.mark.parametrize("path", ["/metrics/resolution_time", "/metrics/resolution_time/rows"])
def test_what_came_later_is_not_known(analyst: TestClient, path: str) -> None:
    assert "There are no rows to count yet" in analyst.get(f"{path}?as_of={ANSWERS}").text
    assert "There are no rows to count yet" not in analyst.get(path).text


def test_links_keep_the_state(analyst: TestClient) -> None:
    page = analyst.get(f"/metrics/nps?weeks=all&as_of={ANSWERS}&by=channel").text
    assert f"/metrics/nps/rows?weeks=all&amp;as_of={ANSWERS}" in page
    assert f"/metrics/nps/export.xlsx?weeks=all&amp;as_of={ANSWERS}" in page


def test_programs_ask_for_the_same_state(analyst: TestClient) -> None:
    page = analyst.get(f"/metrics/nps?weeks=all&as_of={ANSWERS}").text
    assert f"--as-of {ANSWERS}" in page
    assert f"as_of=&#39;{ANSWERS}&#39;" in page


def test_a_version_that_is_not_shown_as_a_day_stays(analyst: TestClient) -> None:
    page = analyst.get(f"/metrics/nps?as_of={ANSWERS}").text
    assert f'<input type="text" name="as_of" id="day-as_of" value="{ANSWERS}">' in page


def test_a_day_stands_in_its_field(analyst: TestClient) -> None:
    page = analyst.get("/service?as_of=2199-01-01").text
    assert '<input type="date" name="as_of" id="day-as_of" value="2199-01-01">' in page


@pytest.mark.parametrize("state", ["999", "1999-01-01", "nonsense"])
def test_a_state_that_nobody_kept_is_a_wrong_field(analyst: TestClient, state: str) -> None:
    answer = analyst.get(f"/metrics/nps?weeks=all&as_of={state}")
    assert answer.status_code == 422
    assert f'value="{state}" aria-invalid="true"' in answer.text
    assert 'id="h-trend"' in answer.text


def test_what_employees_said_is_shown_as_it_is_now_only(analyst: TestClient) -> None:
    assert analyst.get(f"/metrics/esat?as_of={ANSWERS}").status_code == 403
