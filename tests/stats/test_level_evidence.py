"""Evidence for a change of level: its formula, its false alarms, and how soon it finds."""

from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import nct, norm, t

from latido.stats.level_evidence import level_evidence, persistence, spread_between

NORMAL = np.ones(52 + 52)
WAYS = ("both", "rise", "fall")
series = st.lists(st.floats(-5, 5), min_size=12, max_size=40)


def alarms(years, **more):
    """Of each year after a year of what is normal, the week of its alarm."""
    return [level_evidence(year, np.ones(len(year)), 52, **more).alarm for year in years]


def false(years, **more):
    """The share of years that alarm."""
    return np.mean([alarm is not None for alarm in alarms(years, **more)])


def autoregressive(random, runs, rho):
    """Series whose neighbours resemble each other."""
    new = random.normal(size=(runs, 204))
    for week in range(1, 204):
        new[:, week] += rho * new[:, week - 1]
    return new[:, 100:]


def test_one_week_is_the_mixture_of_students_likelihood_ratios():
    # Two-sample t of 12 values against one: ∫ t'(x; m, δ √I) N(δ; 0, 1) dδ / t(x; m), exact whatever σ is.
    values = [*np.random.default_rng(1).normal(size=12), 2.5]
    base, information, degrees = np.array(values[:12]), 12 / 13, 11
    x = (values[12] - base.mean()) * sqrt(information) / base.std(ddof=1)
    mixed = quad(lambda d: nct.pdf(x, degrees, d * sqrt(information)) * norm.pdf(d), -12, 12)[0] / t.pdf(x, degrees)
    assert level_evidence(values, [1] * 13, 12, horizon=1).e[0] == pytest.approx(mixed, rel=1e-5)


def test_one_direction_is_the_mixture_over_that_half():
    values = [*np.random.default_rng(1).normal(size=12), 2.5]
    base, information, degrees = np.array(values[:12]), 12 / 13, 11
    x = (values[12] - base.mean()) * sqrt(information) / base.std(ddof=1)
    half = quad(lambda d: nct.pdf(x, degrees, d * sqrt(information)) * 2 * norm.pdf(d), 0, 12)[0] / t.pdf(x, degrees)
    assert level_evidence(values, [1] * 13, 12, horizon=1, direction="rise").e[0] == pytest.approx(half, rel=1e-5)


@given(series)
def test_both_directions_are_the_mean_of_each(values):
    both, rise, fall = (level_evidence(values, np.ones(len(values)), 10, direction=way).e for way in WAYS)
    assert both == pytest.approx((rise + fall) / 2, rel=1e-6)


def test_neither_the_unit_nor_where_it_lies_matters():
    values = np.random.default_rng(2).normal(size=104) + (np.arange(104) > 70)
    plain, moved = (level_evidence(v, NORMAL, 52) for v in (values, 4000 + 60 * values))
    assert moved.e == pytest.approx(plain.e)


def test_a_steady_rise_is_no_change_where_it_may_drift():
    values = np.arange(104) / 8 + np.random.default_rng(3).normal(size=104)
    assert level_evidence(values, NORMAL, 52).alarm is not None
    assert level_evidence(values, NORMAL, 52, drift=True).alarm is None


def test_missing_weeks_say_nothing():
    values = np.random.default_rng(4).normal(size=104)
    values[60:64] = np.nan
    e = level_evidence(values, NORMAL, 52).e
    assert e[8:12] == pytest.approx(e[7] + np.zeros(4))


@pytest.mark.parametrize("values", [[3.0] * 20, [np.nan] * 20])
def test_what_never_varies_raises_no_alarm(values):
    assert level_evidence(values, [1] * 20, 12).alarm is None


def test_nothing_watched_yet_is_no_evidence():
    assert level_evidence([1, 2, 3], [1, 1, 1], 3).p == 1


def test_one_enormous_week_is_told_at_once():
    values = [*np.random.default_rng(5).normal(size=52), 12.0]
    found = level_evidence(values, np.ones(53), 52)
    assert (found.alarm, found.since[0], found.earliest[0], found.latest[0]) == (0, 0, 0, 0)


@pytest.mark.parametrize("direction", WAYS)
def test_a_quiet_year_alarms_at_most_once_in_twenty(direction):
    assert false(np.random.default_rng(6).normal(size=(160, 104)), direction=direction) <= 0.05


def test_it_does_where_only_twelve_weeks_are_known_before():
    years = np.random.default_rng(7).normal(size=(160, 64))
    assert np.mean([level_evidence(year, np.ones(64), 12).alarm is not None for year in years]) <= 0.05


def test_it_does_with_heavy_tails():
    assert false(np.random.default_rng(8).standard_t(8, size=(160, 104))) <= 0.05


def test_weeks_that_resemble_their_neighbours_alarm_no_more_often():
    years = autoregressive(np.random.default_rng(9), 120, 0.5)
    told = [level_evidence(y, NORMAL, 52, rho=persistence(y[:52], NORMAL[:52])).alarm is not None for y in years]
    assert np.mean(told) <= 0.05
    assert false(years) > 0.15


def test_a_shift_of_three_standard_deviations_is_told_within_a_month_and_dated():
    years = np.random.default_rng(10).normal(size=(80, 104))
    years[:, 78:] += 3
    found = [level_evidence(year, NORMAL, 52) for year in years]
    assert np.median([each.alarm for each in found]) - 26 < 4
    assert np.median([each.since[each.alarm] for each in found]) == 26
    held = [each.earliest[each.alarm] <= 26 <= each.latest[each.alarm] for each in found]
    assert np.mean(held) > 0.9


def test_a_week_of_few_values_counts_for_little():
    values = [*np.random.default_rng(11).normal(size=52), 8.0]
    light = level_evidence(values, [*np.ones(52), 0.05], 52)
    assert light.e[0] < level_evidence(values, np.ones(53), 52).e[0] / exp(4)


def test_persistence_is_the_correlation_at_lag_one():
    values = autoregressive(np.random.default_rng(12), 1, 0.6)[0]
    assert persistence(values, NORMAL) == pytest.approx(0.6, abs=0.15)


def test_values_that_repel_each_other_count_as_independent():
    assert persistence([1, 5] * 10, [1] * 20) == 0


def test_a_steady_rise_is_no_resemblance_where_it_may_drift():
    values = np.arange(40) + np.random.default_rng(13).normal(size=40)
    assert persistence(values, [1] * 40) > 0.8
    assert persistence(values, [1] * 40, drift=True) < 0.4


def test_the_spread_between_weeks_is_what_few_answers_do_not_explain():
    random = np.random.default_rng(14)
    levels = random.normal(0, 2, 4000)
    assert spread_between(random.normal(levels, 1), np.ones(4000)) == pytest.approx(4, rel=0.1)


def test_weeks_that_differ_by_their_answers_alone_have_no_spread_of_their_own():
    assert spread_between(np.random.default_rng(15).normal(size=4000), np.full(4000, 1.1)) == 0
