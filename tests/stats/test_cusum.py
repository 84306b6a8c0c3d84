"""CUSUM against published run lengths, a textbook's table and simulation."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.cusum import cusum, decision_interval, run_length

# Montgomery, Introduction to Statistical Quality Control, table 9.1: the last ten have their mean at 11.
TEXTBOOK = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08,
    9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
]  # fmt: skip


@pytest.mark.parametrize(("h", "shift", "length"), [(4, 0, 168), (5, 0, 465), (4, 1, 8.38), (5, 1, 10.38)])
def test_published_run_lengths(h, shift, length):
    # Lucas & Crosier (1982), Technometrics 24:199; Montgomery, table 9.3
    assert run_length(0.5, h, shift) == pytest.approx(length, abs=0.5 if shift == 0 else 0.005)


@pytest.mark.parametrize(("k", "h"), [(0.25, 8.01), (0.5, 4.77), (0.75, 3.34), (1.0, 2.52), (1.25, 1.99), (1.5, 1.61)])
def test_published_decision_intervals_for_a_false_alarm_in_370(k, h):
    # Hawkins (1993), Journal of Quality Technology 25:248
    assert decision_interval(370, k) == pytest.approx(h, abs=0.006)


def test_one_side_alone_alarms_half_as_often():
    assert run_length(0.5, 4, sides=1) == pytest.approx(2 * run_length(0.5, 4))


def test_the_textbooks_table():
    sums = cusum(TEXTBOOK, target=10, sigma=1)
    assert sums.above[[0, 4, 22, 28, 29]] == pytest.approx([0, 2.82, 1.79, 5.28, 5.30], abs=0.005)
    assert sums.below[[0, 1, 2, 29]] == pytest.approx([0.05, 1.56, 1.77, 0], abs=0.005)


def test_the_textbooks_alarm_and_the_start_of_its_shift():
    # The 29th value raises it; the sum has been above 0 since the 23rd.
    sums = cusum(TEXTBOOK, target=10, sigma=1)
    assert (sums.alarm, sums.since, sums.rising) == (28, 22, True)


def test_a_fall_is_told_as_one():
    sums = cusum([0, 0, -3, -3, -3], target=0, sigma=1)
    assert (sums.alarm, sums.since, sums.rising) == (4, 2, False)


def test_a_shift_from_the_first_value_on_began_there():
    assert cusum([4, 4], target=0, sigma=1).since == 0


def test_a_quiet_series_has_no_alarm():
    sums = cusum([1, -1, 1, -1], target=0, sigma=1)
    assert (sums.alarm, sums.since) == (None, None)


def test_a_missing_value_moves_nothing():
    sums = cusum([2, nan, 2], target=0, sigma=1)
    assert sums.above.tolist() == [1.5, 1.5, 3.0]


@given(st.lists(st.floats(-5, 5), max_size=40), st.floats(0, 2))
def test_the_sums_are_the_largest_excess_of_any_stretch_that_ends_here(values, k):
    steps = np.array(values) - k
    brute = [max(0.0, *(steps[i : j + 1].sum() for i in range(j + 1))) for j in range(len(values))]
    assert cusum(values, 0, 1, k).above == pytest.approx(brute, abs=1e-9)


def test_simulated_run_lengths_agree():
    z = np.random.default_rng(1).normal(1, 1, (1500, 150))
    lengths = [cusum(run, 0, 1, 0.5, 4).alarm + 1 for run in z]
    assert np.mean(lengths) == pytest.approx(8.38, abs=0.35)
