"""From a figure to what those people said who pull it down."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.web.figures import served
from tests.web.visitors import visitor


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def _comments(page: str) -> str:
    return unescape(re.search(r'href="(/comments\?[^"]+)"', page)[1])


def test_detractors_lead_to_their_comments_of_the_same_days_and_filters(analyst: TestClient) -> None:
    asked = "start=2025-02-01&end=2025-02-28&is.channel=chat"
    found = _comments(analyst.get(f"/metrics/nps?{asked}").text)
    assert found == "/comments?band=detractor&start=2025-02-01&end=2025-02-28&where=channel%3Dchat&where=kind%3Dnps"


def test_the_comments_are_there(analyst: TestClient) -> None:
    found = _comments(analyst.get("/metrics/nps?weeks=all&is.channel=chat").text)
    assert analyst.get(found).status_code == 200


def test_what_hours_filter_figures_cannot_filter_comments(analyst: TestClient) -> None:
    assert "weekday" not in _comments(analyst.get("/metrics/nps?weeks=all&where=weekday%3D1").text)


def test_a_viewer_is_shown_no_way_to_comments() -> None:
    app, people = served()
    assert "/comments?" not in visitor(app, people.viewer).get("/metrics/nps").text
