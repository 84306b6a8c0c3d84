"""Spearman against SciPy, the bootstrap, and its own coverage."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from latido.stats.association import bonett_wright, spearman

PAIRS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=6, max_size=60)


def pairs_of(seed, n=300, rho=0.5):
    """Pairs on a scale of 0 to 10, so with ties."""
    x, e = np.random.default_rng(seed).normal(size=(2, n))
    return [np.clip(np.round(5 + 2 * side), 0, 10) for side in (x, rho * x + np.sqrt(1 - rho**2) * e)]


def reach(found):
    return np.arctanh(found.estimate.high) - np.arctanh(found.estimate.low)


@given(PAIRS)
def test_the_coefficient_is_scipys(pairs):
    x, y = zip(*pairs, strict=True)
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    assert spearman(x, y).estimate.value == pytest.approx(spearmanr(x, y).statistic, abs=1e-9)


@given(PAIRS)
def test_the_value_lies_in_its_interval_and_that_within_one(pairs):
    x, y = zip(*pairs, strict=True)
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    estimate = spearman(x, y).estimate
    assert -1 <= estimate.low <= estimate.value <= estimate.high <= 1


@pytest.mark.parametrize("rho", [0, 0.4, 0.8])
def test_the_jackknife_is_the_bootstrap_with_ever_more_samples(rho):
    x, y = pairs_of(1, rho=rho)
    assert reach(spearman(x, y)) == pytest.approx(reach(spearman(x, y, samples=1500)), rel=0.08)


def test_the_jackknife_is_the_bootstrap_for_customers_too():
    x, y = pairs_of(2)
    whose = np.arange(300) // 5
    with_samples = spearman(np.sort(x), np.sort(y)[::-1] + y, whose, samples=1500)
    assert reach(spearman(np.sort(x), np.sort(y)[::-1] + y, whose)) == pytest.approx(reach(with_samples), rel=0.08)


def test_without_ties_and_dependence_it_is_the_classical_error():
    x, y = np.random.default_rng(3).normal(size=(2, 2000))
    found = spearman(x, y)
    assert reach(found) / 2 == pytest.approx(1.96 / np.sqrt(2000 - 1), rel=0.05)
    assert found.p == pytest.approx(spearmanr(x, y).pvalue, abs=0.03)


def test_saying_the_same_thrice_is_worth_one_answer():
    x, y = pairs_of(4)
    once, thrice = spearman(x, y), spearman(np.tile(x, 3), np.tile(y, 3), np.tile(np.arange(300), 3))
    assert reach(thrice) == pytest.approx(reach(once))
    assert (thrice.estimate.n, thrice.clusters) == (900, 300)


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_the_interval_covers(rho):
    truth = spearman(*pairs_of(99, n=400_000, rho=rho)).estimate.value
    each = [spearman(*pairs_of(seed, n=60, rho=rho)).estimate for seed in range(600)]
    assert np.mean([e.low <= truth <= e.high for e in each]) == pytest.approx(0.95, abs=0.022)


def test_the_interval_of_customers_who_answer_often_covers():
    def found(seed):
        rng = np.random.default_rng(seed)
        whose = np.repeat(np.arange(60), 4)
        x, y = (rng.normal(size=60)[whose] + 0.5 * rng.normal(size=240) for _ in range(2))
        return spearman(x, y, whose).p, spearman(x, y).p

    p = np.array([found(seed) for seed in range(400)])
    assert np.mean(p[:, 0] < 0.05) == pytest.approx(0.05, abs=0.025)
    assert np.mean(p[:, 1] < 0.05) > 0.2


def test_p_and_interval_agree():
    found = [spearman(*pairs_of(seed, n=50, rho=0.28)) for seed in range(60)]
    assert [a.p < 0.05 for a in found] == [a.estimate.low > 0 or a.estimate.high < 0 for a in found]


def test_missing_pairs_are_left_out():
    assert spearman([1, 2, np.nan, 3, 4, 5], [1, 2, 3, np.nan, 5, 4]).estimate.n == 4


def test_perfect_agreement_is_certain():
    found = spearman(range(20), range(20))
    assert (found.estimate.low, found.estimate.value, found.estimate.high) == (1, 1, 1)
    assert found.p == 0


@pytest.mark.parametrize(("x", "y"), [([1, 2, 3], [3, 2, 1]), ([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]), ([], [])])
def test_too_little_is_unknown(x, y):
    found = spearman(x, y)
    assert not found.estimate.known
    assert np.isnan(found.p)


def test_of_two_numbers_it_is_bonett_and_wrights():
    found = bonett_wright(0.5, 40)
    # z = .5493, SE = √((1 + .125) / 37) = .1744, t(39) = 2.0227
    assert (found.estimate.low, found.estimate.high) == pytest.approx(
        (np.tanh(0.54931 - 2.0227 * 0.17437), np.tanh(0.54931 + 2.0227 * 0.17437)), abs=1e-4
    )


def test_of_three_pairs_it_says_nothing():
    assert not bonett_wright(0.5, 3).estimate.known
