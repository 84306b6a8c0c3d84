"""A difference and its interval around zero."""

from __future__ import annotations

from math import inf, nan

from latido.report.charts.reach import WIDTH, reach
from latido.stats.estimate import Estimate


def test_what_leaves_out_zero_keeps_to_one_side() -> None:
    drawn = reach(Estimate(-6, -9, -3, 400))
    assert drawn is not None
    assert drawn.low < drawn.value < drawn.high < drawn.zero == WIDTH / 2


def test_what_may_be_nothing_lies_across_zero() -> None:
    drawn = reach(Estimate(1, -2, 4, 400))
    assert drawn is not None
    assert drawn.low < drawn.zero < drawn.high


def test_an_open_end_reaches_the_edge() -> None:
    drawn = reach(Estimate(5, 2, inf, 400))
    assert drawn is not None
    assert drawn.value == drawn.high


def test_without_an_interval_there_is_nothing_to_draw() -> None:
    assert (reach(Estimate(5, nan, nan, 400)), reach(Estimate(nan, nan, nan, 0)), reach(Estimate(0, 0, 0, 9))) == (
        None, None, None,
    )  # fmt: skip
