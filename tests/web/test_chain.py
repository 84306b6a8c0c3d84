"""The chain's page: what a change would be worth, arrows drawn and listed, and what to import where there is none."""

from __future__ import annotations

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from tests.chained import served
from tests.web.visitors import visitor

PAGE = "/chain?whole=1"


@pytest.fixture(scope="module")
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


@pytest.fixture(scope="module")
def page(analyst: TestClient) -> str:
    return analyst.get(PAGE).text


def headline(page: str) -> str:
    found = re.search(r'<p class="headline">(.*?)</p>', page)
    return found[1] if found else ""


def test_it_answers_before_it_is_asked(page: str) -> None:
    assert "less of first reply time goes with" in headline(page)
    assert headline(page).endswith("Association, not cause.")


def test_a_change_that_is_typed_is_answered(analyst: TestClient) -> None:
    typed = analyst.get(PAGE, params={"whole": 1, "metric": "first_reply_time.hours", "by": "-1h"}).text
    assert headline(typed).startswith("1 h less of first reply time goes with")


def test_points_and_customers_have_their_intervals(analyst: TestClient) -> None:
    typed = analyst.get(PAGE, params={"whole": 1, "metric": "csat.score", "by": "0.1"}).text
    assert re.search(
        r"points more of NPS \([\d.]+ to [\d.]+\) and [\d.]+ of 1,000 customers more kept", headline(typed)
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"by": "soon"}, "by"),
        ({"by": "0"}, "by"),
        ({"metric": "clv", "by": "1"}, "metric"),
        ({"metric": "x"}, "metric"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(analyst: TestClient, typed: dict[str, str], field: str) -> None:
    answer = analyst.get("/chain", params={"whole": 1, **typed})
    assert (answer.status_code, f'name="{field}"' in re.findall(r"<[^>]*aria-invalid[^>]*>", answer.text)[0]) == (
        422,
        True,
    )
    assert 'id="worth-error"' in answer.text


def test_every_arrow_is_drawn_and_listed(page: str) -> None:
    drawn, listed = (re.findall(pattern, page) for pattern in (r'class="arrow (\w+)"', r"<li><span class=\"way\">"))
    assert (len(drawn), len(listed)) == (7, 7)


def test_what_cannot_be_told_from_zero_is_grey_and_says_so(page: str) -> None:
    assert (
        "“Being passed on” and “Ease”: beside what passes by way of others, nothing clear goes from one to the other."
        in page
    )
    assert re.search(r'class="strength none"[^>]*>≈ 0', page)


def test_widths_are_strengths(page: str) -> None:
    widths = [float(width) for width in re.findall(r'class="arrow (?:plus|minus)"[^>]*stroke-width="([\d.]+)"', page)]
    assert widths == sorted(widths)
    assert widths[-1] > 8


def test_all_effects_are_a_table(page: str) -> None:
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
    assert heads == ["of", "on", "direct", "over others", "in all", "95% interval", "n"]


def test_all_effects_can_be_taken_along(analyst: TestClient, page: str) -> None:
    address = re.search(r'href="([^"]*export.csv[^"]*)"', page)
    assert address is not None
    rows = list(csv.DictReader(io.StringIO(analyst.get(address[1]).content.decode("utf-8-sig"))))
    assert {(row["source"], row["target"]) for row in rows} >= {("waiting", "effort"), ("waiting", "loyalty")}


def test_what_nothing_measures_is_named(page: str) -> None:
    assert "Nothing in your data measures “Value” yet" in page


def test_weights_may_be_those_of_partial_least_squares(analyst: TestClient) -> None:
    found = analyst.get("/chain?whole=1&outer=pls").text
    assert re.search(r'aria-current="true">by partial least squares', found)


def test_a_filter_looks_at_part_of_the_tickets(analyst: TestClient, page: str) -> None:
    assert headline(analyst.get("/chain?whole=1&is.channel=chat").text) != headline(page)


def test_a_lead_sees_the_chain_of_their_team(page: str) -> None:
    app, people = served()
    theirs = visitor(app, people.lead).get(PAGE).text
    assert "Recommendation of the company" in theirs
    assert headline(theirs) != headline(page)


def test_it_is_computed_beside_and_asked_for_again(analyst: TestClient) -> None:
    begun = analyst.get("/chain?is.team=Ventas").text
    assert 'id="chain"' in begun


def test_without_data_it_says_what_to_import(owner: TestClient) -> None:
    empty = owner.get(PAGE).text
    assert "There is no chain yet" in empty
    assert 'href="/data"' in empty


def test_without_data_there_is_nothing_to_take_along(owner: TestClient) -> None:
    answer = owner.get("/chain/export.csv")
    assert (answer.status_code, "There is no chain yet" in answer.text) == (400, True)


def test_who_is_not_signed_in_sees_nothing(outsider: TestClient) -> None:
    assert outsider.get("/chain").status_code == 303
