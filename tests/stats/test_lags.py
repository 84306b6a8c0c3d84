"""Lagged correlation: the planted lag is found, and drifting series do not deceive it."""

import numpy as np
import pytest
from scipy.signal import lfilter

from latido.stats.lags import WEEKS, lagged


def series(seed, weeks=104, memory=0.6):
    """A weekly series that resembles the week before."""
    noise = np.random.default_rng(seed).normal(size=weeks + 100)
    return lfilter([1], [1, -memory], noise)[100:]


def strongest(found):
    return max(found, key=lambda lag: abs(lag.association.estimate.value))


def test_effort_that_follows_waiting_by_three_weeks_is_found():
    waiting = series(1, memory=0.4)
    effort = np.roll(waiting, 3) + 0.4 * series(2, memory=0.2)
    best = strongest(lagged(waiting, effort))
    assert best.lag == 3
    assert best.association.estimate.low > 0


def test_the_other_way_round_the_lag_is_negative():
    waiting = series(1, memory=0.4)
    effort = np.roll(waiting, 3) + 0.4 * series(2, memory=0.2)
    assert strongest(lagged(effort, waiting)).lag == -3


def test_every_lag_is_there():
    assert [lag.lag for lag in lagged(series(3), series(4))] == list(WEEKS)


def test_shifting_costs_weeks():
    found = {lag.lag: lag.association.estimate.n for lag in lagged(series(3), series(4))}
    assert (found[0], found[8], found[-8]) == (104, 96, 96)


def test_the_coefficient_is_the_correlation_without_the_trends():
    x, y, t = series(5), series(6), np.arange(104)
    a, b = (side - np.polyval(np.polyfit(t, side, 1), t) for side in (x, y))
    at_two = lagged(x, y, [2])[0].association.estimate.value
    assert at_two == pytest.approx(np.corrcoef(a[:-2], b[2:])[0, 1])


def false_alarms(memory, weeks=104, runs=300, **more):
    pairs = [(series(2 * seed, weeks, memory), series(2 * seed + 1, weeks, memory)) for seed in range(runs)]
    return np.mean([lagged(x, y, [0], **more)[0].association.p < 0.05 for x, y in pairs])


@pytest.mark.parametrize("memory", [0.0, 0.3, 0.6, 0.8])
def test_series_that_have_nothing_to_do_with_each_other_rarely_seem_to(memory):
    assert false_alarms(memory) <= 0.085


def test_a_year_is_enough_not_to_be_deceived():
    assert false_alarms(0.6, weeks=52) <= 0.09


def test_plain_correlation_would_be_deceived():
    plain = [np.corrcoef(series(2 * s, memory=0.8), series(2 * s + 1, memory=0.8))[0, 1] for s in range(300)]
    assert np.mean(np.abs(plain) > 1.96 / np.sqrt(104)) > 0.25


def test_two_that_both_rise_do_not_go_together_for_that():
    rising = np.arange(104) / 25
    assert abs(lagged(rising + series(7), rising + series(8), [0])[0].association.estimate.value) < 0.4
    assert lagged(rising + series(7), rising + series(8), [0], trend=True)[0].association.estimate.value > 0.4


def test_memory_makes_weeks_worth_less():
    assert lagged(series(9, memory=0.9), series(10, memory=0.9), [0])[0].effective < 40
    assert lagged(series(9, memory=0), series(10, memory=0), [0])[0].effective > 80


def test_missing_weeks_are_left_out():
    x, y = series(11), series(12)
    x[[3, 50]] = np.nan
    y[7] = np.nan
    assert lagged(x, y, [0])[0].association.estimate.n == 101


@pytest.mark.parametrize("y", [np.full(104, 7.0), np.full(104, np.nan)])
def test_what_does_not_vary_goes_with_nothing(y):
    assert not lagged(series(13), y, [0])[0].association.estimate.known


def test_a_few_weeks_say_nothing():
    assert not any(lag.association.estimate.known for lag in lagged([1, 2, 4, 3, 5], [2, 1, 3, 5, 4]))
