"""The page of what goes together: a matrix that claims only what holds, each pair closely, and the way to a file."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from latido.http.cookies import SESSION
from tests.web.figures import served
from tests.web.visitors import state_of, visitor

ALL = "/correlations?weeks=all&whole=1"


@pytest.fixture(scope="module")
def owner() -> TestClient:
    app, people = served()
    return visitor(app, people.owner)


def page(browser: TestClient, address: str = ALL) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text


def test_it_stands_among_the_pages_that_explain(owner: TestClient) -> None:
    assert '<a href="/correlations?weeks=all" aria-current="page">Correlations</a>' in page(owner)


def test_the_matrix_is_a_table_with_heads(owner: TestClient) -> None:
    told = page(owner)
    assert '<th scope="col"><span>First reply time</span></th>' in told
    assert '<th scope="row">Resolution time</th>' in told


def test_what_goes_together_by_definition_claims_nothing(owner: TestClient) -> None:
    assert 'class="sq linked"' in page(owner)


def test_a_square_leads_to_its_pair(owner: TestClient) -> None:
    told = page(owner)
    assert "pair=first_reply_time%2Cresolution_time#pair" in told


def test_a_pair_is_told_closely(owner: TestClient) -> None:
    told = page(owner, f"{ALL}&pair=first_reply_time,resolution_time")
    assert "First reply time and Resolution time go together by definition" in told


def test_a_pair_that_there_is_none_of_shows_no_error(owner: TestClient) -> None:
    assert 'id="correlations"' in page(owner, f"{ALL}&pair=foo,bar")


def test_metrics_are_chosen_in_a_form_that_keeps_the_view(owner: TestClient) -> None:
    told = page(owner, f"{ALL}&metrics=first_reply_time&metrics=first_contact_resolution")
    assert '<input type="checkbox" name="metrics" value="first_reply_time" checked>' in told
    assert '<input type="checkbox" name="metrics" value="resolution_time">' in told
    assert '<input type="hidden" name="metrics" value="first_contact_resolution" form="bar">' in told


def test_one_metric_alone_is_told_to_go_with_nothing(owner: TestClient) -> None:
    assert "One metric alone goes with nothing" in page(owner, f"{ALL}&metrics=nps")


def test_weeks_of_teams_are_looked_at_for_a_year(owner: TestClient) -> None:
    assert 'href="/correlations?weeks=52&amp;grain=team_week"' in page(owner, "/correlations?whole=1")


@pytest.mark.parametrize("grain", ["customer", "team_week"])
def test_every_grain_has_a_page(owner: TestClient, grain: str) -> None:
    assert owner.get(f"{ALL}&grain={grain}").status_code == 200


def test_an_unknown_grain_is_answered_with_the_nearest(owner: TestClient) -> None:
    answer = owner.get("/correlations?grain=tickets")
    assert (answer.status_code, "ticket" in answer.text) == (404, True)


def test_until_it_is_computed_the_browser_asks_again(owner: TestClient) -> None:
    answer = owner.get("/correlations?weeks=all&where=channel%3Dchat&metrics=first_reply_time&metrics=transfer_rate")
    assert answer.status_code == 200
    assert 'id="correlations"' in answer.text


def test_the_comparison_that_means_nothing_here_is_not_offered(owner: TestClient) -> None:
    assert '<select name="compare">' not in page(owner)


def test_all_pairs_can_be_taken_along(owner: TestClient) -> None:
    answer = owner.get("/correlations/export.csv?weeks=all")
    assert (answer.headers["content-disposition"], answer.text.lstrip("\ufeff").split(",")[0]) == (
        'attachment; filename="correlations-ticket.csv"', "first",
    )  # fmt: skip


def test_who_may_not_take_files_is_not_offered_one() -> None:
    app, people = served()
    browser = visitor(app, people.viewer)
    assert "export.csv" not in page(browser)
    assert browser.get("/correlations/export.csv").status_code == 403


def test_a_lead_sees_the_pairs_of_their_teams() -> None:
    app, people = served()
    assert visitor(app, people.lead).get(ALL).status_code == 200


def test_an_outsider_gets_nothing() -> None:
    app, _people = served()
    assert visitor(app).get("/correlations").status_code == 303


def test_it_is_read_in_spanish() -> None:
    app, people = served()
    browser = visitor(app)
    browser.cookies.set(SESSION, state_of(app).sessions.begin(people.owner), domain="testserver.local", path="/")
    browser.headers["Accept-Language"] = "es"
    assert "Qué va junto" in browser.get(ALL).text
