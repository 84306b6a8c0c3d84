"""A metric by groups: what is chosen stands in the address, and a link shows the same."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

import latido
from latido.metrics.measurement import Figure
from latido.stats.shares import wilson
from latido.web.groups import FEW, MOST, Address, filters_of, split
from latido.web.view import View
from tests.company import company
from tests.web.figures import served
from tests.web.visitors import visitor

HERE = Address("/metrics/csat", View())


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def _groups(page: str) -> str:
    return page[page.index('<div id="groups"') : page.index('<section class="card panel w6" aria-labelledby="h-means"')]


def _current(page: str) -> list[str]:
    return re.findall(r'aria-current="true">([^<]+)<', _groups(page))


def test_the_first_dimension_comes_by_itself(analyst: TestClient) -> None:
    assert _current(analyst.get("/metrics/resolution_time?weeks=all&whole=1").text) == ["Channel", "size"]


def test_a_dimension_in_the_address_is_shown_and_marked(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time?weeks=all&by=topic&sort=evidence").text
    assert _current(page) == ["Topic", "how clear the change is"]
    assert ">Billing</a>" in _groups(page)


def test_the_title_names_the_dimension_that_was_chosen(analyst: TestClient) -> None:
    assert "<title>Resolution time · Topic · latido" in analyst.get("/metrics/resolution_time?by=topic").text
    assert "<title>Resolution time · latido" in analyst.get("/metrics/resolution_time").text


def test_what_is_chosen_stays_when_the_filter_bar_is_sent(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time?by=topic&sort=evidence").text
    assert '<input type="hidden" name="by" value="topic" form="bar">' in page
    assert '<input type="hidden" name="sort" value="evidence" form="bar">' in page


def test_what_nobody_chose_is_no_choice(analyst: TestClient) -> None:
    assert 'form="bar"' not in analyst.get("/metrics/resolution_time?whole=1").text


def test_an_unknown_dimension_is_answered_with_the_nearest(analyst: TestClient) -> None:
    answer = analyst.get("/metrics/resolution_time?by=chanel")
    assert answer.status_code == 404
    assert "channel" in answer.text


def test_a_group_leads_to_its_page_and_to_its_rows(analyst: TestClient) -> None:
    page = analyst.get("/metrics/resolution_time?weeks=all&by=channel").text
    assert 'href="/metrics/resolution_time?weeks=all&amp;is.channel=chat"' in page
    assert 'href="/metrics/resolution_time/rows?weeks=all&amp;is.channel=chat"' in page


def test_a_group_of_rows_that_say_nothing_has_an_address_of_its_own() -> None:
    assert filters_of(_figure(None, 10)) == [("where", "channel=")]


def _figure(channel: str | None, n: int) -> Figure:
    return Figure({"channel": channel}, None, {"value": wilson(n / 2, n)})


@pytest.mark.parametrize(
    ("whole", "count", "shown", "more", "unseen"),
    [(False, FEW, FEW, 0, 0), (False, 30, FEW, 30 - FEW, 0), (True, 30, 30, 0, 0), (True, MOST + 5, MOST, 0, 5)],
)
def test_the_first_groups_are_shown_and_the_others_counted(
    whole: bool, count: int, shown: int, more: int, unseen: int
) -> None:
    many = tuple(_figure(f"c{i}", 10) for i in range(count))
    found = replace(latido.open(company()).measure("nps", by="channel"), figures=many)
    told = split(found, None, HERE, None, whole=whole)
    assert (len(told.grid.rows), len(told.links), told.more, told.unseen) == (shown, shown, more, unseen)


def test_the_largest_group_comes_first(analyst: TestClient) -> None:
    found = latido.open(company()).measure("nps", by="channel").figures
    largest = max(found, key=lambda figure: figure.estimate.n).keys["channel"]
    page = analyst.get("/metrics/nps?weeks=all&by=channel").text
    assert re.search(r'<th scope="row"><a href="[^"]*is\.channel=(\w+)', page)[1] == largest


def test_groups_that_add_up_are_not_compared_with_their_sum(analyst: TestClient) -> None:
    page = analyst.get("/metrics/ticket_volume?weeks=all&by=channel").text
    assert '"reference":null' in page[page.index('id="d-by-channel"') :]


def test_few_groups_cannot_be_folded(analyst: TestClient) -> None:
    assert "groups-few" not in analyst.get("/metrics/ticket_volume?weeks=all&by=channel&groups=all").text
