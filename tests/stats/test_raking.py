"""Raking against a hand calculation, its own targets, and silence whose reason is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.raking import kish, rake
from tests.stats.silence import BEHAVIOUR, DEMOGRAPHICS, company

CODES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=20, max_size=80)
SHARES = st.lists(st.floats(0.2, 1), min_size=3, max_size=3)


def raked_bias(seed, which, **more):
    there = company(seed, **more)
    raked = rake(there.levels[which][:, there.answered], there.targets(which))
    return np.average(there.points[there.answered], weights=raked.weights) - there.truth


def raw_bias(seed, **more):
    there = company(seed, **more)
    return there.points[there.answered].mean() - there.truth


def mean_bias(of, *args, **more):
    return np.mean([of(seed, *args, **more) for seed in range(3)])


def test_one_dimension_is_post_stratification():
    # Three of four who answered are women, of the customers half: weights 2/3 and 2.
    assert rake([[0, 0, 0, 1]], [[50, 50]]).weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])


@given(CODES, SHARES)
def test_every_dimension_has_its_shares(codes, shares):
    first, second = np.array(codes).T
    first[:6], second[:6] = [0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1]
    raked = rake([first, second], [shares, [0.4, 0.6]], cap=1e6)
    assert raked.converged
    assert np.bincount(first, raked.weights) / raked.weights.sum() == pytest.approx(shares / np.sum(shares), abs=1e-7)
    assert np.bincount(second, raked.weights) / raked.weights.sum() == pytest.approx([0.4, 0.6], abs=1e-7)


@given(CODES, SHARES)
def test_no_weight_is_above_the_cap_and_their_mean_is_one(codes, shares):
    first, second = np.array(codes).T
    raked = rake([first, second], [shares, [0.1, 0.9]], cap=2.5)
    assert raked.weights.max() <= 2.5 * (1 + 1e-9)
    assert raked.weights.mean() == pytest.approx(1, abs=1e-6)


def test_cells_are_weighted_as_their_rows():
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]).repeat([40, 10, 5, 20], axis=0)
    by_row = rake(rows.T, [[1, 1], [1, 2]])
    by_cell = rake([[0, 0, 1, 1], [0, 1, 0, 1]], [[1, 1], [1, 2]], counts=[40, 10, 5, 20])
    assert by_cell.weights == pytest.approx(by_row.weights[[0, 40, 50, 55]])
    assert by_cell.effective == pytest.approx(by_row.effective)


def test_shares_that_are_right_already_change_nothing():
    raked = rake([[0, 0, 1]], [[2, 1]])
    assert raked.weights == pytest.approx([1, 1, 1])
    assert (raked.rounds, raked.effective, raked.design_effect) == (1, 3, 1)


def test_a_cap_that_is_in_the_way_is_said():
    raked = rake([[0] * 99 + [1]], [[50, 50]], cap=5)
    assert not raked.converged
    assert raked.error == pytest.approx(0.45, abs=0.001)
    assert raked.capped == pytest.approx(0.01)


def test_a_level_where_nobody_answered_is_said():
    raked = rake([[0, 0, 1]], [[40, 40, 20]])
    assert raked.uncovered == pytest.approx(0.2)
    assert np.bincount([0, 0, 1], raked.weights) / 3 == pytest.approx([0.5, 0.5])


def test_nobody_answered():
    with pytest.raises(ValueError, match="nobody answered"):
        rake([[]], [[1, 1]])


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=30))
def test_kish_is_at_most_n(weights):
    assert 1 - 1e-9 <= kish(weights) <= len(weights) + 1e-9


def test_who_answers_is_not_like_who_does_not():
    assert mean_bias(raw_bias) == pytest.approx(-10.9, abs=1.5)


def test_demographics_mend_little():
    assert mean_bias(raked_bias, DEMOGRAPHICS) == pytest.approx(-9.0, abs=1.5)


def test_behaviour_mends_nearly_all():
    assert mean_bias(raked_bias, BEHAVIOUR) == pytest.approx(-0.5, abs=0.9)


def test_silence_that_comes_from_the_answer_itself_is_not_mended():
    assert mean_bias(raw_bias, from_answer=0.5) == pytest.approx(-20, abs=2)
    assert mean_bias(raked_bias, BEHAVIOUR, from_answer=0.5) == pytest.approx(-9, abs=2)


def test_a_cap_below_the_mean_is_none():
    with pytest.raises(ValueError, match="below the mean"):
        rake([[0, 1]], [[1, 1]], cap=0.5)


def test_a_level_that_no_customer_is_on_counts_nothing():
    assert rake([[0, 0, 1, 2]], [[60, 40, 0]]).weights == pytest.approx([1.2, 1.2, 1.6, 0])
