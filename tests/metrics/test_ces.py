"""Customer effort: higher is easier, whatever the question's wording."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from tests.metrics.tables import answers


def test_an_effort_question_is_turned_so_that_higher_is_easier() -> None:
    turned = answers(1, 2, kind="ces", scale_low=1, scale_high=7, polarity="lower_better")
    assert measure("ces", {"answers": turned}).value == 6.5


def test_an_ease_question_is_taken_as_it_is() -> None:
    plain = answers(1, 2, kind="ces", scale_low=1, scale_high=7, polarity="higher_better")
    assert measure("ces", {"answers": plain}).value == 1.5


@pytest.mark.parametrize(("high", "easy"), [(7, 300 / 7), (5, 200 / 5)])
def test_easy_is_the_top_three_of_seven_and_the_top_two_of_five(high: int, easy: float) -> None:
    each = answers(*range(1, high + 1), kind="ces", scale_low=1, scale_high=high)
    assert measure("ces", {"answers": each}).figure.parts["easy"].value == pytest.approx(easy)


def test_the_index_is_6_to_7_minus_1_to_3() -> None:
    each = answers(7, 6, 6, 5, 4, 3, 1, 6, kind="ces", scale_low=1, scale_high=7)
    assert measure("ces", {"answers": each}).figure.parts["index"].value == 100 * (4 - 2) / 8


def test_scales_are_never_merged() -> None:
    each = answers(7, 5, kind="ces", scale_low=1, scale_high=[7, 5])
    assert {f.keys["scale"]: f.estimate.value for f in measure("ces", {"answers": each}).figures} == {
        "1-7": 7,
        "1-5": 5,
    }


def test_the_interval_has_width_when_all_agree_and_stays_on_the_scale() -> None:
    estimate = measure("ces", {"answers": answers(*[7] * 10, kind="ces", scale_low=1, scale_high=7)}).figure.estimate
    assert (round(estimate.low, 2), estimate.high) == (6.32, 7)
