"""Which calendar counts is said beside the figure."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import latido
from latido.metrics.catalog import metric
from latido.web.clock import timed
from tests.company import company
from tests.web.figures import served
from tests.web.visitors import visitor


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def test_every_hour_counts_by_the_clock(analyst: TestClient) -> None:
    assert "Every hour counts" in analyst.get("/metrics/resolution_time").text


def test_open_hours_are_named(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time?calendar=support").text
    assert "Mon–Fri 09:00–14:00 16:00–19:00" in page
    assert "without the holidays of Spain" in page


def test_zendesk_s_calendar_hours_are_said_to_be_all_hours(analyst: TestClient) -> None:
    page = analyst.get("/metrics/first_reply_time?calendar=support&preset=zendesk").text
    assert "Every hour counts" in page


def test_where_no_hours_are_counted_nothing_is_said(analyst: TestClient) -> None:
    assert "hours count" not in analyst.get("/metrics/nps").text


@pytest.mark.parametrize(("name", "matters"), [("unresolved_after", True), ("retention", False), ("csat", False)])
def test_a_calendar_matters_where_hours_are_counted(name: str, matters: bool) -> None:
    assert timed(metric(name)) is matters


def test_readings_stand_beside_those_of_other_calendars(analyst: TestClient) -> None:
    page = analyst.get("/metrics/first_reply_time/readings?weeks=all").text
    assert "Calendar “support”" in page
    assert "zendesk" in page.lower()
    assert latido.open(company()).measure("first_reply_time", calendar="support").figures
