"""Change points against the Nile, every partition tried, and simulated coverage."""

from itertools import combinations, pairwise
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.datasets import nile

from latido.stats.change_points import change_points

SERIES = st.lists(st.integers(-20, 20), min_size=6, max_size=14)


@pytest.fixture(scope="module")
def flow():
    """Annual flow of the Nile at Aswan, 1871–1970 (Cobb 1978, Biometrika 65:243)."""
    return nile.load_pandas().data


def test_the_nile_fell_in_1899(flow):
    (change,) = change_points(flow.volume)
    assert flow.year[change.at] == 1899


def test_the_niles_levels_before_and_after(flow):
    # Zeileis, Kleiber, Krämer & Hornik (2003), Computational Statistics & Data Analysis 44:109
    (change,) = change_points(flow.volume)
    assert (change.before, change.after) == pytest.approx((1097.75, 849.97), abs=0.005)


def test_the_niles_change_lies_within_a_few_years(flow):
    # Bai's interval for the last year before, as strucchange prints it: 1895 to 1902.
    (change,) = change_points(flow.volume)
    assert 1896 <= flow.year[change.low] <= 1899 <= flow.year[change.high] <= 1903


@pytest.mark.parametrize("penalty", [2, 3, 5])
@pytest.mark.parametrize("least", [2, 5, 15])
def test_the_nile_does_not_depend_on_the_setting(flow, least, penalty):
    assert [flow.year[c.at] for c in change_points(flow.volume, least=least, penalty=penalty)] == [1899]


def price(values, places, penalty):
    """The criterion of one partition, from its definition."""
    n, edges = len(values), [0, *places, len(values)]
    squares = sum(((values[i:j] - values[i:j].mean()) ** 2).sum() for i, j in pairwise(edges))
    rounding = 1e-12 * ((values - values.mean()) ** 2).sum()
    return n * np.log(max(squares, rounding) / n) + penalty * len(places) * np.log(n)


def every(n, least, most):
    """Every partition of n values into stretches of at least so many."""
    return [places for k in range(most + 1) for places in combinations(range(least, n), k)
            if min(np.diff([0, *places, n])) >= least]  # fmt: skip


@settings(max_examples=40)
@given(SERIES.filter(lambda values: len(set(values)) > 1), st.sampled_from([2, 3]), st.floats(0.5, 4))
def test_no_partition_is_better(values, least, penalty):
    x = np.array(values, dtype=float)
    found = [c.at for c in change_points(x, least=least, most=3, penalty=penalty)]
    best = min(price(x, places, penalty) for places in every(len(x), least, 3))
    assert price(x, found, penalty) == pytest.approx(best, abs=1e-6)


@given(SERIES)
def test_a_place_lies_in_its_interval_and_that_between_its_neighbours(values):
    changes = change_points(values, least=2, penalty=0.5)
    edges = [0, *(c.at for c in changes), len(values)]
    assert all(a + 2 <= c.low <= c.at <= c.high <= b - 2 for a, c, b in zip(edges, changes, edges[2:], strict=False))


def test_weights_are_as_many_equal_values():
    values, weights = [1, 2, 1, 2, 8, 9, 8, 9], [2, 1, 3, 1, 1, 2, 1, 2]
    (change,) = change_points(values, weights, least=2)
    assert (change.at, change.before, change.after) == pytest.approx((4, 9 / 7, 52 / 6))


def test_missing_weeks_are_skipped_and_keep_their_numbers():
    series = [5, nan, 6, 5, 6, nan, 20, 21, 20, 21]
    (change,) = change_points(series)
    assert change.at == 6
    assert [c.at for c in change_points([5, 0, 6, 5, 6, 9, 20, 21, 20, 21], [1, 0, 1, 1, 1, 0, 1, 1, 1, 1])] == [6]


def test_two_changes_are_two():
    noise = np.random.default_rng(2).normal(0, 1, 60)
    levels = np.repeat([0.0, 5.0, -3.0], 20)
    assert [c.at for c in change_points(levels + noise)] == [20, 40]


def test_a_step_without_noise_is_exact():
    (change,) = change_points([3.0] * 10 + [7.0] * 10)
    assert (change.at, change.low, change.high, change.before, change.after) == (10, 10, 10, 3, 7)


def test_a_level_far_from_zero_keeps_its_digits():
    values = 1e9 + np.repeat([0.0, 1.0], 12) + np.tile([0.0, 0.1], 12)
    assert [c.at for c in change_points(values)] == [12]


@pytest.mark.parametrize("values", [[], [1, 9, 1], [4.0] * 30, [nan] * 30])
def test_where_there_is_nothing_to_tell_apart_there_is_no_change(values):
    assert change_points(values) == ()


@pytest.mark.parametrize(("penalty", "share"), [(3, 0.02), (2, 0.10)])
def test_a_quiet_year_of_weeks_rarely_has_a_change(penalty, share):
    years = np.random.default_rng(3).normal(0, 1, (500, 52))
    assert np.mean([bool(change_points(year, penalty=penalty)) for year in years]) == pytest.approx(share, abs=0.03)


def test_the_interval_of_a_place_covers_what_it_claims():
    random = np.random.default_rng(4)
    truths = random.integers(10, 43, 400)
    years = random.normal(0, 1, (400, 52)) + 1.5 * (np.arange(52) >= truths[:, None])
    found = [(truth, change_points(year)) for truth, year in zip(truths, years, strict=True)]
    single = [(truth, changes[0]) for truth, changes in found if len(changes) == 1]
    assert len(single) > 350
    assert np.mean([c.low <= truth <= c.high for truth, c in single]) == pytest.approx(0.95, abs=0.03)
