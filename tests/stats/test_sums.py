"""Sums say what their values would."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.nps import moments
from latido.stats.sums import Sums

COUNTS = st.tuples(st.integers(1, 90), st.integers(0, 90), st.integers(1, 90))


@given(COUNTS)
def test_scores_have_the_nps_and_its_variance(counts):
    sums, (mean, variance) = Sums.scores(*counts), moments(*counts)
    assert sums.mean == pytest.approx(100 * float(mean))
    assert sums.variance == pytest.approx(1e4 * float(variance) * sums.n / (sums.n - 1))


def test_a_share_has_its_mean_and_variance():
    assert (Sums.share(8, 10).mean, Sums.share(8, 10).spread) == pytest.approx((0.8, 10 * 0.8 * 0.2))


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=30))
def test_variance_is_that_of_the_values(values):
    sums = Sums(len(values), sum(values), sum(v * v for v in values))
    assert sums.variance == pytest.approx(np.var(values, ddof=1))


def test_two_parts_together_are_the_whole():
    assert Sums.scores(1, 2, 3) + Sums.scores(4, 5, 6) == Sums.scores(5, 7, 9)


def test_nothing_has_no_mean():
    assert isnan(Sums(0, 0, 0).mean)
    assert isnan(Sums(1, 4, 16).variance)
    assert Sums(0, 0, 0).spread == 0
