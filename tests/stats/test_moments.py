"""Moments against NumPy, in whatever pieces and about whatever shift they are summed."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from latido.stats.moments import correlation, of_rows, of_sums, stack

NAMES = ("effort", "hours", "score")
ROWS = st.integers(4, 40).flatmap(lambda n: arrays(float, (n, 3), elements=st.integers(-50, 50).map(float)))


def test_mean_covariance_and_correlation_are_numpys():
    rows = np.random.default_rng(1).normal(size=(200, 3)) @ [[1, 0, 0], [2, 1, 0], [0, 1, 3]]
    moments = of_rows(NAMES, rows)
    assert moments.mean == pytest.approx(rows.mean(axis=0))
    assert moments.covariance == pytest.approx(np.cov(rows, rowvar=False, ddof=0))
    assert moments.deviation == pytest.approx(rows.std(axis=0))
    assert moments.correlation == pytest.approx(np.corrcoef(rows, rowvar=False))


def test_weights_count_as_they_do_in_numpy():
    rng = np.random.default_rng(2)
    rows, weights = rng.normal(size=(80, 3)), rng.uniform(0.2, 4, 80)
    moments = of_rows(NAMES, rows, weights)
    assert moments.mean == pytest.approx(np.average(rows, axis=0, weights=weights))
    assert moments.covariance == pytest.approx(np.cov(rows, rowvar=False, aweights=weights, ddof=0))
    assert float(moments.effective) == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


@given(ROWS, st.integers(1, 3), arrays(float, 3, elements=st.integers(-100, 100).map(float)))
def test_parts_add_up_whatever_their_shift(rows, at, shift):
    both = of_rows(NAMES, rows[:at]) + of_rows(NAMES, rows[at:], shift=shift)
    assert float(both.n) == len(rows)
    assert both.mean == pytest.approx(rows.mean(axis=0))
    assert both.covariance == pytest.approx(np.cov(rows, rowvar=False, ddof=0), abs=1e-7)


@given(ROWS, arrays(float, 3, elements=st.integers(-100, 100).map(float)))
def test_another_shift_changes_nothing(rows, shift):
    moments = of_rows(NAMES, rows)
    assert moments.about(shift).covariance == pytest.approx(moments.covariance, abs=1e-7)


def test_digits_survive_a_large_mean():
    rows = np.random.default_rng(3).normal(size=(50, 3)).round(3)
    assert of_rows(NAMES, rows + 1e9).covariance == pytest.approx(np.cov(rows, rowvar=False, ddof=0), abs=1e-6)


def test_blocks_add_up_to_the_whole():
    rng = np.random.default_rng(4)
    rows, blocks = rng.normal(size=(60, 3)), rng.integers(0, 7, 60)
    whole, parts = of_rows(NAMES, rows), of_rows(NAMES, rows, blocks=blocks)
    assert parts.n.tolist() == np.bincount(blocks, minlength=7).tolist()
    assert parts.total().covariance == pytest.approx(whole.covariance)


def test_a_block_without_rows_has_its_place():
    parts = of_rows(NAMES, np.ones((2, 3)), blocks=[0, 2])
    assert parts.n.tolist() == [1, 0, 1]
    assert parts.blocks == 2


def test_rows_with_a_missing_value_are_left_out():
    rows = [[1, 2, 3], [np.nan, 5, 6], [7, 8, 10]]
    assert of_rows(NAMES, rows).mean == pytest.approx([4, 5, 6.5])


def test_what_an_engine_sums_is_the_same():
    rows, shift = np.random.default_rng(5).normal(size=(30, 3)), np.array([0.5, -1, 2])
    near = rows - shift
    triangle = [near[:, a] @ near[:, b] for a, b in combinations_with_replacement(range(3), 2)]
    moments = of_sums(NAMES, shift, (30, 30, 30), near.sum(axis=0), triangle)
    assert moments.covariance == pytest.approx(of_rows(NAMES, rows).covariance)


def test_what_an_engine_sums_by_block_is_a_stack():
    rows = np.random.default_rng(6).normal(size=(2, 10, 3))
    upper = np.triu_indices(3)
    triangle = np.stack([(block.T @ block)[upper] for block in rows])
    moments = of_sums(NAMES, np.zeros(3), ([10, 10], [10, 10], [10, 10]), rows.sum(axis=1), triangle)
    assert moments.covariance[1] == pytest.approx(of_rows(NAMES, rows[1]).covariance)


def test_some_of_the_variables_in_another_order():
    rows = np.random.default_rng(7).normal(size=(30, 3))
    few = of_rows(NAMES, rows).of(["score", "effort"])
    assert few.names == ("score", "effort")
    assert few.correlation[0, 1] == pytest.approx(np.corrcoef(rows[:, 2], rows[:, 0])[0, 1])


def test_other_variables_are_not_added():
    with pytest.raises(ValueError, match="cannot be added"):
        of_rows(("a", "b"), np.ones((2, 2))) + of_rows(("a", "c"), np.ones((2, 2)))


def test_months_stack():
    months = [of_rows(NAMES, np.random.default_rng(seed).normal(seed, 1, (20, 3))) for seed in (0, 9)]
    assert stack(months).mean == pytest.approx(np.stack([month.mean for month in months]))


def test_what_does_not_vary_correlates_with_nothing():
    rows = np.column_stack([np.full(10, 0.1), np.arange(10), np.arange(10) ** 2])
    moments = of_rows(NAMES, rows, shift=[0, 0, 0])
    assert moments.deviation[0] == 0
    assert moments.correlation[0].tolist() == [1, 0, 0]


def test_no_rows_have_no_mean():
    assert np.isnan(of_rows(NAMES, np.empty((0, 3))).mean).all()


def test_correlations_stay_within_one():
    assert correlation(np.array([[1.0, 1.0000001], [1.0000001, 1.0]])).max() == 1


def test_samples_are_of_whole_blocks():
    parts = of_rows(NAMES, np.eye(3), blocks=[0, 1, 2])
    drawn = parts.resampled(500, seed=1)
    assert drawn.n.tolist() == [3] * 500
    assert set(drawn.about(np.zeros(3)).sums.ravel().round(9)) <= {0, 1, 2, 3}


def test_samples_spread_as_means_do():
    rng = np.random.default_rng(8)
    rows, blocks = rng.normal(size=(4000, 3)), rng.integers(0, 200, 4000)
    spread = of_rows(NAMES, rows, blocks=blocks).resampled(2000, seed=2).mean.std(axis=0)
    assert spread == pytest.approx(np.full(3, 4000**-0.5), rel=0.15)


def test_the_same_seed_draws_the_same():
    parts = of_rows(NAMES, np.random.default_rng(9).normal(size=(30, 3)), blocks=np.arange(30) % 10)
    assert parts.resampled(5, seed=3).sums.tolist() == parts.resampled(5, seed=3).sums.tolist()
