"""CSAT of all who were asked: the same rules on both sides."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.stories import told
from tests.metrics.tables import derived, survey

FEBRUARY, MARCH = "2024-02-20 09:00", "2024-03-02 09:00"


def test_positives_are_divided_by_those_asked() -> None:
    estimate = measure("csat_of_asked", survey(10, 5, 4, 1)).figure.estimate
    assert (estimate.value, estimate.numerator, estimate.denominator) == (20, 2, 10)


@pytest.mark.parametrize(("metric", "value"), [("csat_of_asked", 25), ("response_rate", 50)])
def test_an_invitation_that_bounced_was_never_asked(metric: str, value: float) -> None:
    figure = measure(metric, survey(5, 5, 1, bounced=[False, False, False, True, False])).figure
    assert (figure.estimate.value, figure.left_out) == (value, {"bounced": 1})


@pytest.mark.parametrize("metric", ["csat_of_asked", "response_rate"])
def test_an_answer_belongs_to_the_month_in_which_it_was_asked_for(metric: str) -> None:
    tables = survey(2, 5, asked=[FEBRUARY, MARCH])
    assert [f.estimate.value for f in measure(metric, tables, period="month").figures] == [100, 0]


def test_another_question_of_the_same_invitation_does_not_make_it_content() -> None:
    tables = survey(1, 1, 10, kind=["csat", "recommend"], ask_id="q0", scale_high=[5, 10], scale_low=1)
    assert measure("csat_of_asked", tables).value == 0


def test_thresholds_are_the_same_on_both_sides() -> None:
    strict = Settings(positive_from={"s": 5})
    tables = survey(2, 5, 4, survey="s")
    assert measure("csat_of_asked", tables, strict).value == measure("csat", tables, strict).value == 50


def test_who_did_not_answer_is_in_the_team_that_solved_the_ticket_too() -> None:
    facts = {n: told()[n] for n in ("ticket_facts", "tickets", "ticket_events", "customers")}
    about = survey(4, 5, subject="ticket", subject_id="answered by another team")
    figure = measure("csat_of_asked", derived({**facts, **about}), by="team").figure
    assert (figure.keys, figure.estimate.value) == ({"team": "second line"}, 25)
