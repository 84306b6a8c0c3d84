"""Exact Poisson intervals against Garwood's table and statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson as distribution
from statsmodels.api import GLM, families
from statsmodels.stats.rates import confint_poisson

from latido.stats.counts import poisson, rate, rate_ratio


@pytest.mark.parametrize(
    ("k", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (50, 37.11, 65.92)]
)
def test_garwoods_table(k, low, high):
    assert (poisson(k).low, poisson(k).high) == pytest.approx((low, high), rel=1e-3)


@given(st.integers(0, 10**6), st.sampled_from([0.8, 0.95, 0.99]))
def test_agrees_with_statsmodels(k, confidence):
    count = poisson(k, confidence)
    low, high = confint_poisson(k, 1, method="exact-c", alpha=1 - confidence)
    assert (count.low, count.high) == pytest.approx((max(low, 0) if k else 0, high))


@given(st.integers(1, 500))
def test_bounds_are_where_the_tails_are_a_fortieth(k):
    count = poisson(k)
    assert distribution.sf(k - 1, count.low) == pytest.approx(0.025)
    assert distribution.cdf(k, count.high) == pytest.approx(0.025)


def test_a_rate_is_the_count_over_its_exposure():
    events = rate(10, 200)
    assert (events.value, events.low, events.high) == pytest.approx((0.05, 4.7954 / 200, 18.3904 / 200), rel=1e-4)
    assert (events.numerator, events.denominator) == (10, 200)


def test_a_rate_over_no_exposure_is_unknown():
    assert not rate(0, 0).known


def test_a_change_against_a_control_is_the_interaction_of_a_poisson_regression():
    # Two weeks each of: during, control during, before, control before.
    during, ours = np.array([1, 1, 1, 1, 0, 0, 0, 0]), np.array([1, 1, 0, 0, 1, 1, 0, 0])
    weekly = [70, 60, 50, 45, 28, 32, 52, 48]
    design = np.column_stack([np.ones(8), during, ours, during * ours])
    fit = GLM(weekly, design, family=families.Poisson()).fit()
    change = rate_ratio(130, 60, 95, 100)
    assert change.value == pytest.approx(np.exp(fit.params[3]))
    assert (change.low, change.high) == pytest.approx(tuple(np.exp(fit.conf_int()[3])))


def test_a_change_from_nothing_is_unknown():
    assert not rate_ratio(5, 0, 10, 10).known
