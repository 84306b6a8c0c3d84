"""The home page: a card a metric, and the three ways in where there is nothing yet."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

import latido
from tests.company import company
from tests.web.figures import served
from tests.web.visitors import visitor


@pytest.fixture
def analyst() -> TestClient:
    app, people = served()
    return visitor(app, people.analyst)


def cards(page: str) -> dict[str, str]:
    """Label → the card's text."""
    found = re.findall(r'<article class="card metric".*?</article>', page, re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", card).split()) for card in found]
    return {re.match(r"[^0-9−]+", text)[0].strip(): text for text in texts}


def test_a_card_shows_what_the_library_measures(analyst: TestClient) -> None:
    page = analyst.get("/?weeks=all&whole=1").text
    measured = latido.open(company()).measure("nps").figure.estimate
    assert f"{measured.value:.1f}" in page
    assert f"n\u00a0{measured.n:.0f}" in page


def test_a_card_names_its_interval(analyst: TestClient) -> None:
    assert "95% interval" in cards(analyst.get("/?weeks=all&whole=1").text)["Net promoter score (NPS)"]


def test_a_target_has_one_of_three_states(analyst: TestClient) -> None:
    page = analyst.get("/?weeks=all&whole=1").text
    assert re.search(r'class="goal (good|warn|bad)".*?Target 20\.0', page, re.DOTALL)


def test_a_difference_that_may_be_chance_is_called_noise(analyst: TestClient) -> None:
    found = latido.open(company()).measure("nps", start="2025-03-24", end="2025-04-21", compare="previous")
    page = analyst.get("/?start=2025-03-24&end=2025-04-20&whole=1").text
    assert found.figure.change.noise
    assert "noise" in cards(page)["Net promoter score (NPS)"]


def test_the_page_speaks_the_browsers_language(analyst: TestClient) -> None:
    page = analyst.get("/", headers={"Accept-Language": "es-MX,es;q=0.9"}).text
    assert '<html lang="es"' in page
    assert "Pulso" in page


def test_an_empty_workspace_shows_three_ways_in(owner: TestClient) -> None:
    page = owner.get("/").text
    assert page.count('class="card way"') == 3


def test_a_filter_that_no_metric_knows_says_so(analyst: TestClient) -> None:
    page = analyst.get("/?where=network%3Dnone").text
    assert "Nothing to show with these filters" in page


def test_a_day_that_is_none_is_answered_with_the_rule(analyst: TestClient) -> None:
    answer = analyst.get("/?start=2025-13-40")
    assert answer.status_code == 422
    assert "2025-13-40" in answer.text


def test_addresses_that_are_none_are_a_page_too(analyst: TestClient) -> None:
    answer = analyst.get("/no-such-page")
    assert answer.status_code == 404
    assert "Back to the pulse" in answer.text


def test_what_moved_comes_by_itself(analyst: TestClient) -> None:
    page = analyst.get("/?weeks=26&is.channel=chat").text
    assert (
        'hx-get="/moved?weeks=26&amp;where=channel%3Dchat&amp;brief=1" hx-trigger="load" hx-select="#moved-list"'
        in page
    )


@pytest.mark.parametrize("path", ["/service", "/experience", "/interaction", "/employees"])
def test_a_family_shows_its_figures_or_what_to_do(analyst: TestClient, path: str) -> None:
    page = analyst.get(path, params={"whole": 1}).text
    assert "card metric" in page or "There are no data for these metrics yet" in page


def test_a_filter_stays_in_every_link(analyst: TestClient) -> None:
    page = analyst.get("/service?is.channel=chat&weeks=52&whole=1").text
    assert "/metrics/first_reply_time?weeks=52&amp;where=channel%3Dchat" in page


def test_a_card_that_takes_long_comes_later(analyst: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latido.web.cards.PATIENCE", -1)
    page = analyst.get("/?weeks=26&is.channel=email").text
    later = re.findall(r'class="card metric pending"[^>]*hx-get="([^"]+)"', page)
    nps = next(unescape(address) for address in later if "/nps/" in address)
    assert "Net promoter score (NPS)" in cards(analyst.get(nps).text)


def test_a_card_that_is_at_hand_is_shown_at_once(analyst: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    analyst.get("/?weeks=26&is.channel=chat&whole=1")
    monkeypatch.setattr("latido.web.cards.PATIENCE", -1)
    assert "pending" not in analyst.get("/?weeks=26&is.channel=chat").text


def test_figures_of_large_tables_are_not_waited_for(analyst: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latido.web.cards.LARGE", 0)
    assert "/metrics/csat/card" in analyst.get("/experience?weeks=26&is.topic=Billing").text


def test_an_address_with_a_character_that_no_text_has_is_refused(analyst: TestClient) -> None:
    assert analyst.get("/?is.channel=a%00b").status_code == 400
