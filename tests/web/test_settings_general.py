"""The company's settings are changed on one page, each where it stands in the file."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.config.rewrite import at
from tests.web.settings_forms import send, settings, text, write
from tests.web.visitors import fields, wrong

HOME = "/settings/general"
KEPT = {"name": "Acme", "time_zone": "Europe/Madrid"}


def test_the_form_shows_what_the_file_says(app: Starlette, owner: TestClient) -> None:
    write(app, '\n[definitions]\nunresolved_after = [86400, "4h"]\nmargin = 0.35\n')
    shown = fields(owner.get(HOME).text)
    assert (shown["name"], shown["time_zone"]) == ("Acme", "Europe/Madrid")
    assert (shown["unresolved_after"], shown["margin"], shown["currency"]) == ("1d, 4h", "0.35", "")


@pytest.mark.parametrize(
    ("typed", "place", "kept"),
    [
        ({"brand": "Lumbre"}, ("brand",), "Lumbre"),
        ({"countries": "España, mx"}, ("countries",), ["ES", "MX"]),
        ({"time_zone": "America/Mexico_City"}, ("time_zone",), "America/Mexico_City"),
        ({"language": "es"}, ("language",), "es"),
        ({"currency": "MXN"}, ("currency",), "MXN"),
        ({"calendar": "support"}, ("calendar",), "support"),
        ({"min_n": "5"}, ("min_n",), 5),
        ({"first_contact_days": "14"}, ("definitions", "first_contact_days"), 14),
        ({"unresolved_after": "1d,4h"}, ("definitions", "unresolved_after"), ["1d", "4h"]),
        ({"horizon_days": "180"}, ("definitions", "horizon_days"), 180),
        ({"lifespan_years": "7,5"}, ("definitions", "lifespan_years"), 7.5),
        ({"margin": "0.35"}, ("definitions", "margin"), 0.35),
    ],
)
def test_a_setting_is_written_where_it_belongs(
    app: Starlette, owner: TestClient, typed: dict[str, str], place: tuple[str, ...], kept: Any
) -> None:
    done = send(owner, HOME, **KEPT | typed)
    assert (done.status_code, at(settings(app), place)) == (303, kept)


def test_what_was_changed_is_told_by_its_name(owner: TestClient) -> None:
    done = send(owner, HOME, **KEPT, currency="USD", min_n="3")
    assert "Saved: Currency, Least number of cases." in owner.get(done.headers["location"]).text


def test_an_empty_field_is_no_setting(app: Starlette, owner: TestClient) -> None:
    write(app, "\n[definitions]\nmargin = 0.35\n")
    send(owner, HOME, **KEPT)
    assert "margin" not in text(app)


def test_what_says_the_same_stays_as_it_was_written(app: Starlette, owner: TestClient) -> None:
    write(app, "\n[definitions]\nunresolved_after = [86400, 14400] # as agreed\n")
    send(owner, HOME, **KEPT, unresolved_after="1d, 4h", currency="USD")
    assert "unresolved_after = [86400, 14400] # as agreed" in text(app)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("time_zone", "Madrid"),
        ("currency", "euros"),
        ("countries", "Narnia"),
        ("language", "fr"),
        ("min_n", "0"),
        ("min_n", "many"),
        ("min_n", "2.5"),
        ("first_contact_days", "91"),
        ("unresolved_after", "soon"),
        ("margin", "75"),
        ("margin", "1.500"),
        ("lifespan_years", "-1"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(app: Starlette, owner: TestClient, field: str, typed: str) -> None:
    before = text(app)
    refused = send(owner, HOME, **{**KEPT, field: typed})
    assert (refused.status_code, wrong(refused.text)) == (422, [field])
    assert text(app) == before


def test_a_calendar_that_is_none_is_told(owner: TestClient) -> None:
    refused = send(owner, HOME, **KEPT, calendar="nights")
    assert (refused.status_code, "There is no calendar called “nights”" in refused.text) == (422, True)


def test_all_that_is_wrong_is_told_at_once_and_what_was_typed_stays(owner: TestClient) -> None:
    page = send(owner, HOME, name="New", time_zone="Mars", currency="pesos", horizon_days="90").text
    shown = fields(page)
    assert wrong(page) == ["time_zone", "currency"]
    assert (shown["name"], shown["time_zone"], shown["horizon_days"]) == ("New", "Mars", "90")


def test_a_survey_gets_its_reading(app: Starlette, owner: TestClient) -> None:
    send(owner, HOME, **KEPT, survey=["onboarding", ""], positive_from=["4", ""])
    assert settings(app)["questions"] == {"onboarding": {"positive_from": 4}}


def test_a_survey_that_is_cleared_loses_its_reading(app: Starlette, owner: TestClient) -> None:
    write(app, "\n[questions.onboarding]\npositive_from = 4\n")
    send(owner, HOME, **KEPT, survey=[""], positive_from=[""])
    assert "questions" not in settings(app)


def test_a_reading_that_is_no_number_is_told_in_its_row(owner: TestClient) -> None:
    refused = send(owner, HOME, **KEPT, survey=["a", "b"], positive_from=["4", "high"])
    assert (refused.status_code, 'id="survey.1-error"' in refused.text) == (422, True)


def test_what_the_environment_says_counts_for_more(owner: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_MIN_N", "7")
    assert "LATIDO_MIN_N is set where latido runs" in owner.get(HOME).text


def test_countries_are_shown_by_name(owner: TestClient) -> None:
    assert "ES Spain" in owner.get(send(owner, HOME, **KEPT, countries="ES").headers["location"]).text
