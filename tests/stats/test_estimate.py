"""What an estimate promises."""

from math import inf, nan

from latido.stats.estimate import Estimate, unknown


def test_a_share_becomes_per_cent():
    assert Estimate(0.8, 0.7, 0.9, 10, 8, 10).scaled(100) == Estimate(80, 70, 90, 10, 8, 10)


def test_turning_the_sign_keeps_the_bounds_in_order():
    turned = Estimate(2, 1, inf, 5).scaled(-1)
    assert (turned.low, turned.value, turned.high) == (-inf, -2, -1)


def test_an_unknown_says_how_much_was_not_enough():
    assert not unknown(3).known
    assert unknown(3).n == 3


def test_a_value_without_bounds_is_known():
    assert Estimate(4, nan, nan, 1).known
