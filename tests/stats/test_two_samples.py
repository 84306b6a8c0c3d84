"""Thousands of comparisons at once: the same as one by one, and no more often wrong than they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from latido.stats.survival import kaplan_meier
from latido.stats.two_samples import Means, counts_differ, means_differ, shares_left_differ

Floats = NDArray[np.float64]
PAIRS, N = 4_000, 60


def sample(values: Floats) -> Means:
    """One sample a row, everybody once."""
    n = np.full(len(values), float(values.shape[1]))
    return Means(n, values.sum(axis=1), (values**2).sum(axis=1), n, np.zeros(len(values)))


def clustered(values: Floats, size: int) -> Means:
    """The same, each customer with so many values in a row."""
    plain, groups = sample(values), values.reshape(len(values), -1, size)
    between = (groups.sum(axis=2) - size * values.mean(axis=1, keepdims=True)) ** 2
    return Means(plain.n, plain.total, plain.squares, plain.n / size, between.sum(axis=1))


def test_plain_means_are_welch_s() -> None:
    chance = np.random.default_rng(1)
    a, b = chance.normal(0, 1, (20, N)), chance.normal(0.3, 3, (20, 2 * N))
    assert means_differ(sample(a), sample(b)) == pytest.approx(stats.ttest_ind(a, b, axis=1, equal_var=False).pvalue)


def test_customers_who_always_answer_the_same_count_once() -> None:
    chance = np.random.default_rng(2)
    a, b = chance.normal(0, 1, (20, N)), chance.normal(0, 1, (20, N))
    often = means_differ(clustered(np.repeat(a, 3, axis=1), 3), clustered(np.repeat(b, 3, axis=1), 3))
    assert often == pytest.approx(means_differ(sample(a), sample(b)))


def test_few_answers_that_all_agree_are_not_told_from_most_others() -> None:
    a, b = np.ones((1, 5)), np.array([[1.0, 1, 1, 1, 0]])
    assert means_differ(sample(a), sample(b), (0, 1))[0] > 0.2


def test_without_two_customers_there_is_no_p_value() -> None:
    assert np.isnan(means_differ(sample(np.ones((1, 1))), sample(np.zeros((1, 9)))))[0]


@pytest.mark.parametrize("share", [0.5, 0.9, 0.97])
def test_shares_that_are_equal_are_seldom_told_apart(share: float) -> None:
    chance = np.random.default_rng(3)
    a, b = ((chance.random((PAIRS, N)) < share).astype(float) for _side in "ab")
    p = means_differ(sample(a), sample(b), (0, 1))
    assert ((p < 0.05).mean() < 0.06, (p < 0.001).mean() < 0.003) == (True, True)


def test_counts_are_the_exact_conditional_test_doubled() -> None:
    a, b = np.array([3.0, 40, 7]), np.array([12.0, 20, 0])
    tails = [
        min(1, 2 * min(stats.binom.cdf(k, k + m, 0.4), stats.binom.sf(k - 1, k + m, 0.4)))
        for k, m in zip(a, b, strict=True)
    ]
    assert counts_differ(a, b, 2.0, 3.0) == pytest.approx(tails)


def test_nothing_on_either_side_is_no_difference() -> None:
    assert counts_differ(np.zeros(1), np.zeros(1))[0] == 1


def waits(times: Floats) -> tuple[float, float]:
    """S and Greenwood's sum at 1, with everything after 2 censored."""
    seen = np.minimum(times, 2)
    curve = kaplan_meier(seen, (times <= 2).astype(float), (times > 2).astype(float))
    until = curve.times <= 1
    risk, ended = curve.at_risk[until], curve.ended[until]
    return curve.at(1).value, float((ended / (risk * (risk - ended))).sum())


def test_curves_that_are_equal_are_seldom_told_apart() -> None:
    chance = np.random.default_rng(4)
    sides = [np.array([waits(chance.exponential(1.4, N)) for _pair in range(800)]).T for _side in "ab"]
    p = shares_left_differ((sides[0][0], sides[0][1]), (sides[1][0], sides[1][1]))
    assert 0.02 < (p < 0.05).mean() < 0.07


def test_a_curve_that_has_not_fallen_has_no_p_value() -> None:
    one, none = np.array([1.0]), np.array([0.0])
    assert np.isnan(shares_left_differ((one, none), (np.array([0.5]), np.array([0.01]))))[0]
