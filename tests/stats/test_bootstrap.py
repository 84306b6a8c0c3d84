"""Percentiles against the published correction and the t-interval."""

from math import isnan

import numpy as np
import pytest
from scipy.stats import norm, t

from latido.stats.bootstrap import expanded, interval


def test_quantiles_are_hesterbergs():
    # Hesterberg (2015), section 4.2: for n = 10 the nominal 2.5 % become 0.9 %.
    assert expanded(0.95, 10)[0] == pytest.approx(norm.cdf(-((10 / 9) ** 0.5) * t.ppf(0.975, 9)))
    assert expanded(0.95, 10)[0] == pytest.approx(0.0086, abs=5e-4)


def test_many_blocks_are_the_plain_percentiles():
    assert expanded(0.95, 10**6) == pytest.approx((0.025, 0.975), abs=1e-5)


def test_bounds_are_quantiles_of_the_samples():
    # Of 999 the 25th and the 975th.
    estimate = interval(0.5, np.arange(1, 1000) / 1000, n=80, blocks=10**6)
    assert (estimate.low, estimate.high) == pytest.approx((0.025, 0.975), abs=1e-5)
    assert estimate.n == 80


def test_of_few_blocks_it_is_the_t_interval():
    rng = np.random.default_rng(0)
    values = rng.normal(size=12)
    means = values[rng.integers(0, 12, (40_000, 12))].mean(axis=1)
    estimate = interval(float(values.mean()), means, n=12, blocks=12)
    expected = 2 * t.ppf(0.975, 11) * values.std(ddof=1) / 12**0.5
    assert estimate.high - estimate.low == pytest.approx(expected, rel=0.08)


def test_samples_that_could_not_be_computed_are_left_out():
    estimate = interval(1.0, [1, np.nan, 1], n=9, blocks=5)
    assert (estimate.low, estimate.high) == (1, 1)


@pytest.mark.parametrize(("samples", "blocks"), [([1, 2], 1), ([np.nan], 9), ([], 9)])
def test_nothing_to_draw_from_has_no_bounds(samples, blocks):
    assert isnan(interval(1.0, samples, n=5, blocks=blocks).low)
