"""Weighted means, shares and scores against their definitions, and their coverage."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.critical import student
from latido.stats.means import mean
from latido.stats.nps import nps
from latido.stats.raking import rake
from latido.stats.shares import wilson
from latido.stats.weighted import weighted_mean, weighted_nps, weighted_share
from tests.stats.silence import BEHAVIOUR, company

ROWS = st.lists(st.tuples(st.floats(0.2, 5), st.integers(1, 7)), min_size=3, max_size=40)


def of_rows(weights, values):
    x = np.asarray(values, dtype=float)
    return weighted_mean(weights, np.ones(len(x)), x, x * x)


@given(ROWS)
def test_the_mean_is_the_weighted_one(rows):
    weights, values = zip(*rows, strict=True)
    assert of_rows(weights, values).value == pytest.approx(np.average(values, weights=weights))


@given(ROWS)
def test_its_error_is_the_linearised_one(rows):
    w, x = (np.array(side) for side in zip(*rows, strict=True))
    m, n = np.average(x, weights=w), len(x)
    error = np.sqrt(n / (n - 1) * np.sum(w**2 * (x - m) ** 2)) / w.sum()
    estimate = of_rows(w, x)
    effective = w.sum() ** 2 / (w @ w)
    assert (estimate.high - estimate.low) / 2 == pytest.approx(student(0.95, effective - 1) * error, abs=1e-5)


def test_equal_weights_are_the_plain_mean():
    x = np.array([1, 5, 6, 7, 7, 2.0])
    ours, plain = of_rows(np.full(6, 3.0), x), mean(6, x.sum(), (x * x).sum())
    assert (ours.low, ours.value, ours.high) == pytest.approx((plain.low, plain.value, plain.high))


def test_cells_are_their_rows():
    weights, values = np.repeat([2, 0.5], [3, 4]), [1, 2, 4, 7, 7, 6, 5]
    by_cell = weighted_mean([2, 0.5], [3, 4], [7, 25], [21, 159])
    by_row = of_rows(weights, values)
    assert (by_cell.low, by_cell.high) == pytest.approx((by_row.low, by_row.high))


def test_equal_weights_are_the_plain_share():
    ours, plain = weighted_share([1] * 263, [1] * 263, [1] * 81 + [0] * 182), wilson(81, 263, deff=263 / 262)
    assert (ours.value, ours.low, ours.high) == pytest.approx((plain.value, plain.low, plain.high))


def test_equal_weights_are_the_plain_score():
    ours, plain = weighted_nps([7, 7], [30, 25], [20, 10], [5, 10]), nps(55, 30, 15, deff=100 / 99)
    assert (ours.value, ours.low, ours.high) == pytest.approx((plain.value, plain.low, plain.high))


def test_unequal_weights_widen():
    equal = weighted_nps([1, 1], [30, 25], [20, 10], [5, 10])
    unequal = weighted_nps([0.2, 1.8], [30, 25], [20, 10], [5, 10])
    assert unequal.high - unequal.low > equal.high - equal.low


def test_all_alike_are_worth_what_kish_says():
    assert weighted_share([3, 1], [10, 10], [10, 10]).low == pytest.approx(wilson(16, 16).low)


def test_a_design_effect_widens_too():
    once = weighted_mean([1, 2], [50, 50], [200, 300], [900, 2000])
    twice = weighted_mean([1, 2], [50, 50], [200, 300], [900, 2000], deff=2)
    assert (twice.high - twice.low) / (once.high - once.low) == pytest.approx(2**0.5, rel=0.03)


@pytest.mark.parametrize(
    "estimate",
    [weighted_mean([1], [0], [0], [0]), weighted_share([1], [0], [0]), weighted_nps([1], [0], [0], [0])],
)
def test_no_answers_are_unknown(estimate):
    assert not estimate.known


def test_one_answer_has_no_interval():
    assert isnan(weighted_mean([2], [1], [6], [36]).low)


def test_raked_intervals_hold_the_truth():
    def inside(seed):
        there = company(seed, customers=6_000)
        said = there.points[there.answered]
        weights = rake(there.levels[BEHAVIOUR][:, there.answered], there.targets(BEHAVIOUR)).weights
        estimate = weighted_nps(weights, said > 0, said == 0, said < 0)
        return estimate.low <= there.truth <= estimate.high

    assert np.mean([inside(seed) for seed in range(120)]) >= 0.9
