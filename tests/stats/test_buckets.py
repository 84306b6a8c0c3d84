"""Buckets: exact where small, one per cent where large."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.buckets import bucket, representative
from latido.stats.survival import kaplan_meier

SECONDS = st.integers(0, 4_000_000_000)


@pytest.mark.parametrize(("seconds", "expected"), [(0, 0), (1, 1), (99, 99), (100, 100), (101, 101), (86_400, 779)])
def test_known_buckets(seconds, expected):
    assert bucket(seconds) == expected


@given(st.integers(0, 99))
def test_below_a_hundred_seconds_nothing_is_lost(seconds):
    assert representative(bucket(seconds)) == seconds


@given(SECONDS.filter(lambda seconds: seconds > 0))
def test_the_representative_is_within_half_a_per_cent(seconds):
    assert representative(bucket(seconds)) == pytest.approx(seconds, rel=0.005)


@given(SECONDS, SECONDS)
def test_order_is_kept(one, other):
    assert (bucket(one) <= bucket(other)) or one > other


def test_a_century_fits_in_two_thousand_buckets():
    assert bucket(100 * 365.25 * 86_400) < 2000


def test_a_median_from_buckets_is_within_one_per_cent():
    times = np.random.default_rng(5).lognormal(9, 1.5, 3001).round()
    events, none = np.ones(3001), np.zeros(3001)
    by_bucket = kaplan_meier(representative([bucket(t) for t in times]), events, none)
    assert by_bucket.quantile(0.5).value == pytest.approx(
        kaplan_meier(times, events, none).quantile(0.5).value, rel=0.01
    )
