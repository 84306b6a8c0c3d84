"""Of those who were asked: how many answered, how many were content."""

from __future__ import annotations

from typing import Any

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.stories import told
from tests.metrics.tables import answers, asks, at, derived

FEBRUARY, MARCH = "2024-02-20 09:00", "2024-03-02 09:00"


def survey(number: int, *scores: float | None, asked: Any = FEBRUARY, **given: Any) -> dict[str, Any]:
    """So many invitations, the first of them answered with these scores."""
    of_asks = {c: v for c, v in given.items() if c in {"bounced", "subject", "subject_id", "survey", "customer_id"}}
    of_answers = {"kind": "csat", "ask_id": [f"q{i}" for i in range(len(scores))], "answered": MARCH, **given}
    of_answers = {c: v for c, v in of_answers.items() if c != "bounced"}
    return {"asks": asks(number, asked=asked, **of_asks), "answers": answers(*scores, **of_answers)}


def test_positives_are_divided_by_those_asked() -> None:
    estimate = measure("csat_of_asked", survey(10, 5, 4, 1)).figure.estimate
    assert (estimate.value, estimate.numerator, estimate.denominator) == (20, 2, 10)


def test_the_response_rate_is_answered_of_asked() -> None:
    assert measure("response_rate", survey(10, 5, 4, 1)).value == 30


@pytest.mark.parametrize(("metric", "value"), [("csat_of_asked", 25), ("response_rate", 50)])
def test_an_invitation_that_bounced_was_never_asked(metric: str, value: float) -> None:
    figure = measure(metric, survey(5, 5, 1, bounced=[False, False, False, True, False])).figure
    assert (figure.estimate.value, figure.left_out) == (value, {"bounced": 1})


@pytest.mark.parametrize("metric", ["csat_of_asked", "response_rate"])
def test_an_answer_belongs_to_the_month_in_which_it_was_asked_for(metric: str) -> None:
    tables = survey(2, 5, asked=[FEBRUARY, MARCH])
    assert [f.estimate.value for f in measure(metric, tables, period="month").figures] == [100, 0]


def test_a_row_without_score_and_comment_is_no_answer() -> None:
    assert measure("response_rate", survey(2, None, 5)).value == 50


def test_a_comment_alone_is_an_answer() -> None:
    assert measure("response_rate", survey(2, None, None, comment=["tardaron", None])).value == 50


def test_an_answer_after_the_data_s_end_has_not_come_yet() -> None:
    early = Settings(data_end=at("2024-02-25 00:00"))
    assert measure("response_rate", survey(2, 5), early).value == 0


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


def test_without_an_identifier_an_answer_belongs_to_the_last_invitation_before_it() -> None:
    waves = {
        "asks": asks(3, asked=[FEBRUARY, MARCH, "2024-04-02 09:00"], survey="s", customer_id="cleo", kind="csat"),
        "answers": answers(5, kind="csat", survey="s", customer_id="cleo", answered="2024-03-05 09:00"),
    }
    found = measure("response_rate", waves, period="month")
    assert [(f.period.start.month, f.estimate.value) for f in found.figures if f.period] == [(2, 0), (3, 100), (4, 0)]


def test_a_stated_wave_says_which_invitation_was_answered() -> None:
    waves = {
        "asks": asks(2, asked=[FEBRUARY, MARCH], survey="s", customer_id="cleo", wave=["w1", "w2"]),
        "answers": answers(5, kind="csat", survey="s", customer_id="cleo", wave="w1", answered="2024-03-05 09:00"),
    }
    assert {f.keys["wave"]: f.estimate.value for f in measure("response_rate", waves, by="wave").figures} == {
        "w1": 100,
        "w2": 0,
    }
