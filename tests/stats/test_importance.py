"""Parts of R² against R's relaimpo, Johnson's example, and the definition over all orders."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.importance import TooManyDriversError, explained, relative_weights, shapley
from latido.stats.moments import of_rows
from tests.stats.published import MTCARS, MTCARS_NAMES, SWISS, SWISS_NAMES


def correlations(seed, p):
    """Correlations of an outcome with p predictors that share a factor."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(60, p)) + rng.normal(size=(60, 1))
    rows = np.column_stack([x @ rng.uniform(-1, 1, p) + rng.normal(size=60), x])
    return np.corrcoef(rows, rowvar=False)


def r2_of(r, members):
    members = list(members)
    return float(r[0, members] @ np.linalg.solve(r[np.ix_(members, members)], r[members, 0])) if members else 0.0


def by_all_orders(r):
    """The definition: what each adds, averaged over every order."""
    p = len(r) - 1
    gains = np.zeros(p)
    orders = list(permutations(range(1, p + 1)))
    for order in orders:
        for at, member in enumerate(order):
            gains[member - 1] += r2_of(r, order[: at + 1]) - r2_of(r, order[:at])
    return gains / len(orders)


@pytest.fixture(scope="module")
def swiss():
    return of_rows(SWISS_NAMES, SWISS).correlation


def test_swiss_is_relaimpos(swiss):
    published = [0.0570912208, 0.1711730289, 0.2601346786, 0.1055701504, 0.1127659229]
    assert shapley(swiss) == pytest.approx(published, abs=1e-9)


def test_swiss_adds_up_to_r2(swiss):
    assert shapley(swiss).sum() == pytest.approx(0.706735001593, abs=1e-12)


def test_mtcars_is_johnsons():
    published = [0.2284797, 0.2221469, 0.2321744, 0.0963886]
    assert relative_weights(of_rows(MTCARS_NAMES, MTCARS).correlation) == pytest.approx(published, abs=1e-6)


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_it_is_the_mean_over_all_orders(seed, p):
    r = correlations(seed, p)
    assert shapley(r) == pytest.approx(by_all_orders(r), abs=1e-9)


@given(st.integers(0, 10_000), st.integers(1, 9))
def test_parts_are_not_negative_and_add_up(seed, p):
    r = correlations(seed, p)
    parts = shapley(r)
    assert parts.min() >= -1e-12
    assert parts.sum() == pytest.approx(r2_of(r, range(1, p + 1)))
    assert relative_weights(r).sum() == pytest.approx(parts.sum())


@given(st.integers(0, 10_000), st.permutations(range(1, 7)))
def test_the_order_of_the_predictors_does_not_matter(seed, order):
    r, at = correlations(seed, 6), [0, *order]
    assert shapley(r[np.ix_(at, at)]) == pytest.approx(shapley(r)[[i - 1 for i in order]])


def test_every_subset_has_its_r2():
    r = correlations(1, 3)
    # Subset 0b101 of three: the first and the third.
    assert explained(r)[0b101] == pytest.approx(r2_of(r, (1, 3)))
    assert explained(r)[0] == 0


def test_unrelated_predictors_have_their_squared_correlations():
    r = np.array([[1, 0.5, 0.2], [0.5, 1, 0], [0.2, 0, 1]])
    assert shapley(r) == pytest.approx([0.25, 0.04])
    assert relative_weights(r) == pytest.approx([0.25, 0.04])


def test_two_that_say_the_same_share_equally():
    r = np.array([[1, 0.6, 0.6], [0.6, 1, 1], [0.6, 1, 1]])
    assert shapley(r) == pytest.approx([0.18, 0.18])
    assert relative_weights(r) == pytest.approx([0.18, 0.18])


def test_samples_go_through_together():
    r = np.stack([correlations(seed, 5) for seed in range(40)])
    assert shapley(r.reshape(8, 5, 6, 6))[3, 2] == pytest.approx(shapley(r[17]))


def test_the_approximation_is_near():
    r = correlations(2, 12)
    assert relative_weights(r) == pytest.approx(shapley(r), abs=0.03)


def test_sixteen_are_no_matter():
    r = correlations(3, 16)
    assert shapley(r).sum() == pytest.approx(r2_of(r, range(1, 17)))


def test_more_than_twenty_are_to_be_grouped():
    with pytest.raises(TooManyDriversError, match="21 drivers: at most 20 can be told apart; group"):
        shapley(np.eye(22))
