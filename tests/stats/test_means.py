"""Means and ratios against SciPy, the definition, and exact enumeration."""

from itertools import combinations
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multinomial, skew, t, ttest_1samp

from latido.stats.estimate import Estimate
from latido.stats.means import clip, delta_ratio, deviations, mean

VALUES = st.lists(st.integers(1, 7), min_size=2, max_size=60)


def summed(values):
    x = np.asarray(values, dtype=float)
    return len(x), x.sum(), (x**2).sum()


def interval(estimate):
    return (estimate.low, estimate.high)


@given(VALUES.filter(lambda values: len(set(values)) > 1), st.sampled_from([0.8, 0.95, 0.99]))
def test_agrees_with_scipys_t_interval(values, confidence):
    estimate = mean(*summed(values), confidence)
    assert estimate.value == pytest.approx(np.mean(values))
    assert interval(estimate) == pytest.approx(tuple(ttest_1samp(values, 0).confidence_interval(confidence)))


def test_no_values_are_unknown():
    assert not mean(0, 0, 0).known


def test_one_value_is_known_but_has_no_interval():
    estimate = mean(1, 5, 25)
    assert estimate.value == 5
    assert isnan(estimate.low)
    assert isnan(estimate.high)


def test_a_small_spread_on_a_large_mean_keeps_its_digits():
    values = [10**9 + i for i in (0, 1, 2)]
    assert deviations(3, sum(values), sum(v * v for v in values)) == 2


def test_numpy_integers_do_not_overflow():
    total, squares = np.int64(3 * 10**9), np.int64(3 * 10**18)
    assert deviations(3, total, squares) == 0


def test_rounding_is_not_taken_for_spread():
    assert deviations(*summed([0.1] * 10)) == 0


def test_a_missing_sum_is_missing():
    assert isnan(deviations(3, nan, nan))


def test_a_design_effect_of_two_is_half_the_values():
    plain, halved = mean(50, 100, 300), mean(100, 200, 600, deff=2)
    assert halved.high - halved.low == pytest.approx(plain.high - plain.low, rel=0.01)
    assert halved.n == 100


def test_degrees_of_freedom_can_be_those_of_the_customers():
    few, many = mean(100, 200, 600, degrees=4), mean(100, 200, 600)
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2.7764 / 1.9842, rel=1e-4)


@given(VALUES)
def test_on_a_scale_the_mean_lies_in_its_interval_and_that_on_the_scale(values):
    estimate = mean(*summed(values), scale=(1, 7))
    assert 1 <= estimate.low <= estimate.value + 1e-9
    assert estimate.value - 1e-9 <= estimate.high <= 7
    assert estimate.low < estimate.high


def test_one_answer_on_a_scale_says_nothing():
    assert interval(mean(1, 6, 36, scale=(1, 7))) == (1, 7)


def test_the_value_on_a_scale_is_the_plain_mean():
    assert mean(10, 70, 490, scale=(1, 7)).value == 7


def test_on_a_scale_it_is_the_t_interval_with_half_an_even_answer_more():
    # Half an answer whose mean is 4 and whose variance is 36/12, written out.
    n, total, squares = 10.5, 58 + 0.5 * 4, 352 + 0.5 * (16 + 3)
    variance = (squares - total**2 / n) / (n - 1)
    estimate = mean(10, 58, 352, scale=(1, 7))
    assert sum(interval(estimate)) / 2 == pytest.approx(total / n)
    assert estimate.high - estimate.low == pytest.approx(2 * t.ppf(0.975, 9.5) * (variance / n) ** 0.5)


@pytest.mark.parametrize(
    "population",
    [(0.07, 0.12, 0.47, 0.34), (0.25, 0.25, 0.25, 0.25), (0.40, 0.10, 0.10, 0.40), (0.05, 0.05, 0.2, 0.7)],
)
def test_on_a_scale_it_covers_what_it_claims_at_ten_answers(population):
    # Every possible outcome of ten answers on 1–4, with its probability.
    outcomes = np.array([np.diff([-1, *bars, 13]) - 1 for bars in combinations(range(13), 3)])
    points = np.arange(1, 5)
    estimates = [mean(10, float(o @ points), float(o @ points**2), scale=(1, 4)) for o in outcomes]
    truth = np.dot(population, points)
    inside = np.array([e.low <= truth <= e.high for e in estimates])
    assert 0.93 <= multinomial.pmf(outcomes, 10, population)[inside].sum() <= 0.98


AMOUNTS = [3.0, 4.0, 4.5, 5.0, 6.0, 7.0, 9.0, 12.0, 20.0, 45.0]


def of_amounts(amounts, **more):
    x = np.asarray(amounts, dtype=float)
    return mean(*summed(x), cubes=(x**3).sum(), **more)


@pytest.mark.parametrize(("bound", "sign"), [("low", 1), ("high", -1)])
def test_with_cubes_halls_transformation_of_the_bound_is_students_quantile(bound, sign):
    # Hall (1992), g(T) = T + γ/(3√n) T² + γ²/(27 n) T³ + γ/(6√n), forwards; the code goes backwards.
    root, gamma = np.sqrt(10), skew(AMOUNTS)
    bound_t = (np.mean(AMOUNTS) - getattr(of_amounts(AMOUNTS), bound)) / (np.std(AMOUNTS, ddof=1) / root)
    transformed = bound_t + gamma / (3 * root) * bound_t**2 + gamma**2 / 270 * bound_t**3 + gamma / (6 * root)
    assert transformed == pytest.approx(sign * t.ppf(0.975, 9))


def test_a_tail_to_the_right_moves_the_interval_to_the_right():
    skewed, plain = of_amounts(AMOUNTS), mean(*summed(AMOUNTS))
    assert skewed.value == plain.value
    assert skewed.low > plain.low
    assert skewed.high > plain.high


def test_without_skewness_it_is_the_t_interval():
    assert interval(of_amounts([1, 2, 3, 4, 5])) == pytest.approx(interval(mean(5, 15, 55)))


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=40))
def test_with_cubes_the_mean_lies_in_its_interval(values):
    estimate = of_amounts(values)
    assert estimate.low <= estimate.value <= estimate.high


def ratio_of(x, y, **more):
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return delta_ratio(len(x), x.sum(), y.sum(), (x * x).sum(), (y * y).sum(), (x * y).sum(), **more)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 50)), min_size=2, max_size=40))
def test_ratio_is_the_delta_method_by_its_definition(pairs):
    x, y = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    ratio, n = y.sum() / x.sum(), len(x)
    error = np.sqrt(((y - ratio * x) ** 2).sum() / (n - 1) / n) / x.mean()
    estimate = ratio_of(x, y)
    assert estimate.value == pytest.approx(ratio)
    assert (estimate.high - estimate.low) / 2 == pytest.approx(t.ppf(0.975, n - 1) * error, abs=1e-6)


@given(VALUES)
def test_ratio_to_one_each_is_the_mean(values):
    assert interval(ratio_of(np.ones(len(values)), values)) == pytest.approx(interval(mean(*summed(values))), abs=1e-6)


def test_ratio_carries_its_two_sums():
    estimate = ratio_of([1, 2], [10, 30])
    assert (estimate.numerator, estimate.denominator) == (40, 3)


def test_ratio_to_nothing_is_unknown():
    assert not ratio_of([0, 0], [1, 2]).known


def test_ratio_of_one_unit_has_no_interval():
    assert isnan(ratio_of([2], [6]).low)


def test_clipping_keeps_a_missing_bound_missing():
    clipped = clip(Estimate(5, nan, 9, 1), 1, 7)
    assert isnan(clipped.low)
    assert clipped.high == 7
