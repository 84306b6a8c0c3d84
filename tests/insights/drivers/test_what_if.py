"""What would be expected: the straight line by hand, the other model beside it, waits that end at nothing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from latido.errors import UnknownNameError, UsageError
from latido.insights.drivers import WhatIf, of_units
from latido.insights.drivers.drivers import Asked
from tests.insights.drivers import forms
from tests.insights.drivers.forms import DRIVERS, OUTCOME, POINTS, execute


@cache
def expected(driver: str, by: float) -> WhatIf:
    asked = Asked(what_if={driver: by})
    told = of_units(forms.plain(), execute, OUTCOME, DRIVERS, asked, counted=(POINTS,)).what_if
    assert told is not None
    return told


def test_the_straight_line_is_the_coefficient_times_the_change() -> None:
    coefficient = of_units(forms.plain(), execute, OUTCOME, DRIVERS).named("ces").driver.coefficient
    line = expected("ces", 0.5).effects[0].line
    assert (line.value, line.low) == (pytest.approx(0.5 * coefficient.value), pytest.approx(0.5 * coefficient.low))


def test_both_models_say_nearly_the_same_of_a_small_change() -> None:
    score = expected("ces", 0.25).effects[0]
    assert score.answers.value == pytest.approx(score.line.value, rel=0.15)


def test_the_points_move_with_the_score() -> None:
    points = expected("ces", 0.25).effects[1]
    assert (points.outcome, points.line.low > 0, points.answers.low > 0) == (POINTS, True, True)
    assert points.answers.value == pytest.approx(points.line.value, rel=0.25)


def test_nobody_waits_less_than_nothing() -> None:
    waits = 2 ** forms.frame().v3 - 1
    moved = np.log2(1 + np.maximum(waits - 3, 0))
    change = expected("first_reply_time.hours", -3).changes[0]
    assert (change.unit, change.mean) == ("h", pytest.approx((moved - forms.frame().v3).mean()))


def test_a_wait_can_change_by_doublings_too() -> None:
    change = expected("first_reply_time", -1).changes[0]
    assert (change.unit, change.mean) == ("doublings", pytest.approx(-1))


def test_less_waiting_is_worth_something() -> None:
    assert all(effect.line.low > 0 for effect in expected("first_reply_time.hours", -1).effects)


def test_what_is_no_driver_cannot_change() -> None:
    with pytest.raises(UnknownNameError, match="resolution_time"):
        expected("resolution_time", -1)


@pytest.mark.parametrize("by", [0.0, float("nan")])
def test_a_change_is_a_number(by: float) -> None:
    with pytest.raises(UsageError):
        expected("ces", by)


def test_two_outcomes_are_logistic_regression() -> None:
    rows = forms.frame().assign(v0=lambda r: 100.0 * (r.v0 >= 9))
    told = of_units(forms.units(rows), execute, OUTCOME, DRIVERS, Asked(what_if={"ces": 1})).what_if
    assert told is not None
    assert told.effects[0].answers.value == pytest.approx(told.effects[0].line.value, rel=0.3)
