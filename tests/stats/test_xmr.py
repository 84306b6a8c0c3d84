"""Natural limits against the engineering handbook, and what they do over a quiet year."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.xmr import moving_ranges, xmr

# Flow rates of ten batches, NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2.1
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_the_handbooks_limits():
    limits = xmr(FLOW)
    assert limits.mean_range == pytest.approx(1.8778, abs=5e-5)
    # The handbook divides by 1.128 instead of multiplying by 2.66: 45.8159 and 55.8041.
    assert (limits.low, limits.centre, limits.high) == pytest.approx((45.8159, 50.81, 55.8041), abs=1e-3)
    assert not limits.outside(FLOW).any()


def test_the_limit_of_a_moving_range():
    limits = xmr([1, 3, 1, 3])
    assert limits.range_high == pytest.approx(2 * 3.268)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=60))
def test_constants_are_three_standard_errors_of_normal_values(values):
    # d₂ = 2/√π and d₃ = √(2 − 4/π) for ranges of two.
    limits, d2, d3 = xmr(values), 2 / np.sqrt(np.pi), np.sqrt(2 - 4 / np.pi)
    assert limits.high - limits.centre == pytest.approx(3 / d2 * limits.mean_range, rel=1e-3)
    assert limits.range_high == pytest.approx((1 + 3 * d3 / d2) * limits.mean_range, rel=1e-3)


def test_a_week_without_answers_is_no_neighbour():
    limits = xmr([10, 12, nan, 40, 42])
    assert (limits.mean_range, limits.centre, limits.n) == (2, 26, 4)
    assert isnan(moving_ranges([10, nan])[0])


def test_a_missing_value_is_not_outside():
    assert xmr([1, 2, 1, 2]).outside([nan, 100, -100, 1.5]).tolist() == [False, True, True, False]


def test_a_jump_is_told_where_it_lands():
    values = [10, 11, 10, 11, 10, 30, 31, 30]
    assert xmr(values[:5]).jumps(values).tolist() == [False] * 5 + [True, False, False]


@pytest.mark.parametrize("values", [[], [5]])
def test_fewer_than_two_values_have_no_limits(values):
    limits = xmr(values)
    assert isnan(limits.low)
    assert not limits.outside(values).any()
    assert not limits.jumps(values).any()


def test_over_a_quiet_year_one_series_in_eight_has_a_value_outside():
    # Weekly NPS of 60 answers: .117 in the experiment that the chart was chosen by.
    weeks = np.random.default_rng(0).multinomial(60, (0.2, 0.3, 0.5), (3000, 52))
    scores = (weeks[..., 2] - weeks[..., 0]) / 60
    assert np.mean([xmr(year).outside(year).any() for year in scores]) == pytest.approx(0.117, abs=0.02)


def test_a_median_that_was_not_reached_is_missing() -> None:
    assert xmr([1.0, np.inf, np.inf, 3.0, 5.0]) == xmr([1.0, np.nan, np.nan, 3.0, 5.0])
