"""Order-statistic intervals against SciPy's quantile test."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, quantile_test

from latido.stats.quantiles import quantile, ranks


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=300),
    st.sampled_from([0.1, 0.25, 0.5, 0.9, 0.95]),
    st.sampled_from([0.95, 0.99]),
)
def test_agrees_with_scipy(values, p, confidence):
    ours = quantile(values, p, confidence)
    theirs = quantile_test(np.asarray(values), q=0, p=p).confidence_interval(confidence)
    assert (ours.low, ours.high) == (np.nan_to_num(theirs.low, nan=-inf), np.nan_to_num(theirs.high, nan=inf))


@given(st.integers(1, 10**6), st.sampled_from([0.1, 0.5, 0.9]))
def test_ranks_are_the_tightest_with_at_most_a_fortieth_on_each_side(n, p):
    low, high = ranks(n, p)
    assert binom.cdf(low - 1, n, p) <= 0.025 < binom.cdf(low, n, p)
    assert binom.sf(high - 1, n, p) <= 0.025 < binom.sf(high - 2, n, p)


@pytest.mark.parametrize(("n", "expected"), [(5, (0, 6)), (6, (1, 6)), (20, (6, 15)), (100, (40, 61))])
def test_ranks_of_the_median_are_the_sign_tests(n, expected):
    assert ranks(n, 0.5) == expected


def test_the_median_is_the_ordinary_one():
    assert quantile([4, 1, 3, 2], 0.5).value == 2.5


def test_too_few_values_have_no_bounds():
    median = quantile([3, 1, 2], 0.5)
    assert (median.low, median.value, median.high) == (-inf, 2, inf)


def test_no_values_are_unknown():
    assert not quantile([], 0.5).known
