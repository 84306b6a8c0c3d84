"""Thousands of comparisons at once: the same as one by one, and no more often wrong than they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from latido.stats.survival import kaplan_meier
from latido.stats.two_samples import Means, counts_differ, fisher, means_differ, shares_left_differ

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


Sides = tuple[Floats, Floats, Floats]


def waits(times: Floats) -> tuple[float, float, float]:
    """S, Greenwood's sum and n at 1, with everything after 2 censored."""
    seen = np.minimum(times, 2)
    curve = kaplan_meier(seen, (times <= 2).astype(float), (times > 2).astype(float))
    until = curve.times <= 1
    risk, ended = curve.at_risk[until], curve.ended[until]
    with np.errstate(divide="ignore"):
        return curve.at(1).value, float((ended / (risk * (risk - ended))).sum()), float(len(times))


def sides(seed: int, mean: float, n: int = N, pairs: int = 800) -> list[Sides]:
    chance = np.random.default_rng(seed)
    found = [np.array([waits(chance.exponential(mean, n)) for _pair in range(pairs)]).T for _side in "ab"]
    return [(side[0], side[1], side[2]) for side in found]


@pytest.mark.parametrize("mean", [1.4, 0.3, 15])
def test_curves_that_are_equal_are_seldom_told_apart(mean: float) -> None:
    p = shares_left_differ(*sides(4, mean))
    assert ((p < 0.05).mean() < 0.06, (p < 0.001).mean() < 0.003) == (True, True)


def test_curves_that_differ_are_told_apart() -> None:
    slow, fast = sides(5, 1.6)[0], sides(6, 0.8)[0]
    assert (shares_left_differ(slow, fast) < 0.05).mean() > 0.7


def test_without_censoring_it_is_fisher_s_exact_test() -> None:
    left, right = np.array([0.75, 0.0]), np.array([0.25, 0.5])
    greenwood = [(1 - s) / (np.maximum(s, 0.1) * 40) for s in (left, right)]
    n = np.array([40.0, 40.0])
    p = shares_left_differ((left, greenwood[0], n), (right, greenwood[1], n))
    assert p[0] == pytest.approx(stats.fisher_exact([[30, 10], [10, 30]]).pvalue, rel=1e-6)


def test_a_side_that_has_not_fallen_yet_is_not_told_apart_from_one_that_has_a_little() -> None:
    none = (np.array([1.0]), np.array([0.0]), np.array([34.0]))
    few = (np.array([38 / 40]), np.array([2 / (40 * 38)]), np.array([40.0]))
    assert shares_left_differ(none, few)[0] > 0.4


def test_censored_values_count_for_less() -> None:
    one, other = (np.array([0.5]), np.array([0.05])), (np.array([0.8]), np.array([0.0125]))
    full = shares_left_differ((*one, np.array([20.0])), (*other, np.array([20.0])))
    censored = shares_left_differ((one[0], one[1] * 2, np.array([20.0])), (*other, np.array([20.0])))
    assert censored[0] > full[0]


def test_fisher_s_tea_is_as_he_had_it() -> None:
    # Three of four cups told rightly: one tail 17/70.
    assert fisher(*(np.array([x]) for x in (3.0, 4.0, 1.0, 4.0)))[0] == pytest.approx(2 * 17 / 70)
