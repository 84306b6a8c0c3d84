"""Of those who were asked, how many answered."""

from __future__ import annotations

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import answers, asks, at, survey

FEBRUARY, MARCH = "2024-02-20 09:00", "2024-03-02 09:00"


def test_the_response_rate_is_answered_of_asked() -> None:
    assert measure("response_rate", survey(10, 5, 4, 1)).value == 30


def test_a_row_without_score_and_comment_is_no_answer() -> None:
    assert measure("response_rate", survey(2, None, 5)).value == 50


def test_a_comment_alone_is_an_answer() -> None:
    assert measure("response_rate", survey(2, None, None, comment=["tardaron", None])).value == 50


def test_an_answer_after_the_data_s_end_has_not_come_yet() -> None:
    early = Settings(data_end=at("2024-02-25 00:00"))
    assert measure("response_rate", survey(2, 5), early).value == 0


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
