"""MOVER against Newcombe's interval and the exact case of two means."""

from math import inf, isnan, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from latido.stats.counts import poisson
from latido.stats.difference import difference
from latido.stats.estimate import Estimate, unknown
from latido.stats.nps import nps
from latido.stats.shares import wilson

SHARES = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_newcombes_published_example():
    # 56/70 against 48/80: Newcombe (1998), Statistics in Medicine 17:873, table II (a), method 10
    change = difference(wilson(56, 70), wilson(48, 80))
    assert (change.value, change.low, change.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


@given(SHARES, SHARES)
def test_between_shares_it_is_newcombes(a, b):
    change = difference(wilson(*a), wilson(*b))
    assert (change.low, change.high) == pytest.approx(confint_proportions_2indep(*a, *b, method="newcomb"), abs=1e-9)


def test_between_symmetric_intervals_errors_add_as_squares():
    change = difference(Estimate(10, 7, 13, 50), Estimate(6, 2, 10, 40))
    assert (change.value, change.low, change.high, change.n) == (4, -1, 9, 90)


def test_the_reverse_difference_is_the_mirror_image():
    a, b = nps(50, 30, 20), nps(20, 10, 15)
    there, back = difference(a, b), difference(b, a)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_two_poisson_counts():
    # The formula written out from Garwood's bounds of 20 and 10.
    change = difference(poisson(20), poisson(10))
    assert change.low == pytest.approx(10 - sqrt((20 - 12.2165) ** 2 + (18.3904 - 10) ** 2), abs=1e-4)
    assert change.high == pytest.approx(10 + sqrt((30.8884 - 20) ** 2 + (10 - 4.7954) ** 2), abs=1e-4)


def test_an_unknown_side_makes_it_unknown():
    assert not difference(nps(5, 1, 1), unknown(2)).known


def test_a_missing_bound_is_missing_on_the_side_that_needs_it():
    change = difference(Estimate(5, nan, 9, 3), Estimate(2, 1, 4, 3))
    assert isnan(change.low)
    assert change.high == pytest.approx(3 + sqrt(16 + 1))


def test_a_missing_bound_is_not_hidden_by_an_infinite_one():
    assert isnan(difference(Estimate(5, nan, 9, 3), Estimate(2, 1, inf, 3)).low)


def test_an_open_interval_stays_open():
    change = difference(Estimate(23, 13, inf, 21), Estimate(8, 4, 12, 21))
    assert change.high == inf
    assert change.low == pytest.approx(15 - sqrt(100 + 16))


def test_a_median_not_reached_differs_by_at_least_what_the_bounds_allow():
    change = difference(Estimate(inf, 35, inf, 21), Estimate(8, 4, 12, 21))
    assert (change.value, change.low, change.high) == (inf, 23, inf)


def test_two_medians_not_reached_say_nothing():
    change = difference(Estimate(inf, 35, inf, 21), Estimate(inf, 20, inf, 21))
    assert isnan(change.value)
    assert (change.low, change.high) == (-inf, inf)
