"""The page that plans: a form whose choice stands in the address, sentences, and a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from latido.app import create_app
from tests.cast import cast_of
from tests.company import made
from tests.web.figures import served
from tests.web.visitors import state_of, visitor

PAGE = "/plan?weeks=all&whole=1"


def viewer() -> TestClient:
    app, people = served()
    return visitor(app, people.viewer)


def test_it_says_what_is_needed_and_what_is_there() -> None:
    page = viewer().get(f"{PAGE}&size=3&by=channel").text
    assert [word in page for word in ("To tell a change of 3 points", "it needs", "E-mail", "all together")] == [
        True
    ] * 4


@pytest.mark.parametrize(
    ("kind", "said"),
    [("survey", "to within 4 points either way"), ("test", "in the other"), ("target", "the target of 20.0")],
)
def test_each_kind_has_its_words(kind: str, said: str) -> None:
    assert said in viewer().get(f"{PAGE}&kind={kind}&size=4").text


def test_what_was_chosen_stays_in_the_form() -> None:
    page = viewer().get(f"{PAGE}&kind=survey&size=4&period=quarter").text
    assert '<option value="survey" selected>' in page
    assert '<option value="quarter" selected>' in page
    assert 'name="size" value="4"' in page


def test_a_size_that_is_none_is_said_and_kept() -> None:
    done = viewer().get(f"{PAGE}&size=much")
    assert (done.status_code, "neither a number" in done.text, 'value="much"' in done.text) == (422, True, True)


def test_a_comma_is_a_decimal_point() -> None:
    assert "a change of 2.5 points" in viewer().get(f"{PAGE}&size=2,5").text


def test_without_a_size_it_says_what_can_be_seen() -> None:
    assert "now shows differences from" in viewer().get(f"{PAGE}&size=").text


def test_what_nobody_can_plan_is_not_offered() -> None:
    page = viewer().get(PAGE).text
    assert ('value="nps"' in page, 'value="ticket_volume"' in page, 'value="enps"' in page) == (True, False, False)


def test_without_data_it_says_where_they_come_from(tmp_path: Path) -> None:
    app = create_app(made(tmp_path / "empty"))
    page = visitor(app, cast_of(state_of(app)).owner).get("/plan").text
    assert "There are no data for these metrics yet" in page
