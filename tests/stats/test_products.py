"""Products and quotients against the delta method written out."""

from math import isnan, nan, sqrt

import pytest

from latido.stats.estimate import Estimate, unknown
from latido.stats.products import product, quotient


def known(value):
    return Estimate(value, value, value, 100)


def test_seed_lifetime_value():
    # 72 an order, an order every three months is four a year, seven years.
    assert product(known(72), known(4), known(7)).value == 2016


def test_relative_errors_add_as_squares():
    value = product(Estimate(100, 90, 110, 50), Estimate(4, 3.2, 4.8, 80))
    reach = 400 * sqrt(0.1**2 + 0.2**2)
    assert (value.low, value.high) == pytest.approx((400 - reach, 400 + reach))


def test_bounds_that_are_not_symmetric_stay_so():
    value = product(Estimate(10, 9, 14, 5), known(2))
    assert (value.low, value.high) == (18, 28)


def test_a_negative_factor_turns_the_bounds():
    value = product(Estimate(10, 9, 14, 5), known(-2))
    assert (value.low, value.high) == (-28, -18)


def test_evidence_is_that_of_the_weakest_factor():
    assert product(Estimate(1, 0, 2, 7), Estimate(1, 0, 2, 900)).n == 7


def test_an_unknown_factor_makes_it_unknown():
    assert not product(known(3), unknown(4)).known


def test_a_missing_bound_is_missing():
    value = product(Estimate(10, nan, 14, 5), known(2))
    assert isnan(value.low)
    assert value.high == 28


def test_quotient_of_known_numbers():
    assert quotient(known(10), known(4)).value == 2.5


def test_quotient_keeps_the_divisors_uncertainty():
    value = quotient(known(10), Estimate(4, 2, 5, 30))
    assert (value.low, value.high) == pytest.approx((2, 5))


@pytest.mark.parametrize("divisor", [Estimate(0.5, -1, 2, 30), Estimate(0, 0, 0, 9), unknown(2)])
def test_a_divisor_that_may_be_nothing_gives_nothing(divisor):
    assert not quotient(known(10), divisor).known
