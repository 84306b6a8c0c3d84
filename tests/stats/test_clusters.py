"""The design effect against the cluster-robust variance of statsmodels."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.api import OLS

from latido.stats.clusters import design_effect, few_clusters, pooled_design_effect
from latido.stats.critical import normal, student

ANSWERS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 10)), min_size=3, max_size=60)


def effect(customers, answers):
    """The design effect from rows, by the aggregates that an engine would give."""
    x = np.asarray(answers, dtype=float)
    _, index = np.unique(customers, return_inverse=True)
    s, m = np.bincount(index, x), np.bincount(index)
    return design_effect(len(x), x.sum(), (x * x).sum(), len(m), (s * s).sum(), (s * m).sum(), (m * m).sum())


@given(ANSWERS)
def test_agrees_with_cluster_robust_least_squares(pairs):
    customers, answers = (np.array(side) for side in zip(*pairs, strict=True))
    assume(len(set(customers)) > 1 and len(set(answers)) > 1)
    model = OLS(answers, np.ones(len(answers)))
    plain, robust = model.fit().bse[0], model.fit(cov_type="cluster", cov_kwds={"groups": customers}).bse[0]
    expected = (robust / plain) ** 2
    assert effect(customers, answers) == pytest.approx(min(max(expected, 1), len(answers)), rel=1e-6)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=30))
def test_one_answer_each_is_no_effect(answers):
    assert effect(range(len(answers)), answers) == 1


def test_saying_the_same_thrice_is_worth_one_answer():
    # 100 customers, three equal answers each: three times the variance, but for n − 1 against G − 1.
    customers, answers = np.repeat(np.arange(100), 3), np.repeat(np.arange(100) % 11, 3)
    assert effect(customers, answers) == pytest.approx(3 * 299 / 300 * 100 / 99)


def test_answers_that_cancel_out_do_not_claim_more_than_there_are():
    assert effect([1, 1, 2, 2], [0, 10, 10, 0]) == 1


def test_one_customer_is_worth_one_answer():
    assert effect([7, 7, 7], [1, 5, 9]) == 3


def test_answers_all_alike_count_as_one_per_customer():
    assert effect([1, 1, 2, 2], [10, 10, 10, 10]) == 2


def test_nobody_has_no_effect():
    assert design_effect(0, 0, 0, 0, 0, 0, 0) == 1


def test_few_customers_widen_by_student():
    assert few_clusters(2, 10) == pytest.approx(2 * (student(0.95, 9) / normal(0.95)) ** 2)


@pytest.mark.parametrize(("deff", "clusters"), [(1, 10), (3, 1)])
def test_nothing_to_widen(deff, clusters):
    assert few_clusters(deff, clusters) == deff


def sums_of(values, ticket):
    """What `design_effect` takes, of one group."""
    m, s = np.bincount(ticket), np.bincount(ticket, values)
    return [len(values), values.sum(), (values**2).sum(), len(m), (s**2).sum(), (s * m).sum(), (m**2).sum()]


def test_what_sets_the_two_samples_apart_is_no_effect():
    chance = np.random.default_rng(3)
    ticket = np.repeat(np.arange(400), 3)
    pairs = [[sums_of(chance.normal(level, 1, 1200), ticket) for level in (0, 9)] for _pair in range(40)]
    assert pooled_design_effect(*np.moveaxis(np.array(pairs), -1, 0)).mean() == pytest.approx(1.02, abs=0.03)


def test_of_a_pair_it_is_the_mean_of_both():
    chance = np.random.default_rng(4)
    ticket = np.repeat(np.arange(4000), 3)
    pair = [sums_of(chance.normal(0, 1, 4000)[ticket], ticket), sums_of(chance.normal(0, 1, 12000), ticket)]
    assert pooled_design_effect(*np.array(pair).T) == pytest.approx(2, rel=0.05)


def test_one_sample_is_as_the_design_effect_has_it():
    chance = np.random.default_rng(5)
    ticket = np.repeat(np.arange(50), 4)
    sums = sums_of(chance.normal(0, 1, 50)[ticket] + chance.normal(0, 1, 200), ticket)
    assert pooled_design_effect(*np.array([sums]).T) == pytest.approx(design_effect(*sums), rel=0.01)


def test_samples_of_one_cluster_say_nothing():
    one = np.ones((1, 2))
    assert pooled_design_effect(3 * one, 5 * one, 9 * one, one, 25 * one, 15 * one, 9 * one) == 1
