"""Confidence sequences against their formula, the best possible tuning, and quiet years."""

from math import inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from latido.stats.confidence_sequence import reach_of, running_difference, running_mean, scale
from latido.stats.critical import normal
from latido.stats.sums import Sums

QUIET = (0.5, 0.3, 0.2)
WEEKLY, WEEKS = 60, 52


def years(seed, runs, shares=QUIET, weeks=WEEKS):
    """Cumulated counts of promoters, passives and detractors, week by week, of many years."""
    return np.random.default_rng(seed).multinomial(WEEKLY, shares, (runs, weeks)).cumsum(axis=1)


def test_of_a_mean_it_is_the_papers_formula():
    # Waudby-Smith et al. (2024), theorem 2.2: σ̂ √(2 (tρ² + 1) / (t²ρ²) · log(√(tρ² + 1) / α))
    t, rho, sigma = 700, 0.09, 3.0
    paper = sigma * sqrt(2 * (t * rho**2 + 1) / (t**2 * rho**2) * log(sqrt(t * rho**2 + 1) / 0.05))
    assert reach_of(sigma**2 / t, (rho * sigma) ** 2) == pytest.approx(paper)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_the_scale_is_the_one_that_makes_it_tightest(confidence):
    best = minimize_scalar(lambda s: reach_of(2.0, s, confidence), bounds=(0.1, 200), method="bounded")
    assert scale(2.0, confidence) == pytest.approx(best.x, rel=1e-3)


def test_where_it_is_tightest_it_is_half_as_wide_again_as_an_interval():
    assert reach_of(1, scale(1)) / normal(0.95) == pytest.approx(1.55, abs=0.01)


def test_a_threefold_slip_in_when_it_is_tightest_costs_a_tenth():
    widths = [reach_of(1, scale(1) * factor) / reach_of(1, scale(1)) for factor in (1 / 3, 3)]
    assert max(widths) < 1.1


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_more_evidence_never_reaches_farther(variance, tau):
    assert reach_of(variance / 2, tau) < reach_of(variance, tau)


@given(st.floats(0.01, 100), st.sampled_from([0.9, 0.95, 0.99]))
def test_one_side_reaches_less_far_than_two(variance, confidence):
    assert reach_of(variance, 1, confidence, sides=1) < reach_of(variance, 1, confidence)


def test_a_mean_and_its_bounds_at_the_tightest():
    now = Sums.scores(500, 300, 200)
    mean = running_mean(now, tightest_at=1000)
    assert mean.value == 30
    assert mean.high - mean.value == pytest.approx(reach_of(1, scale(1)) * sqrt(now.variance / 1000))


def test_against_an_endless_baseline_a_difference_is_as_sure_as_a_mean():
    now, ever = Sums.scores(500, 300, 200), Sums.scores(5e10, 3e10, 2e10)
    mean, change = running_mean(now, 1000), running_difference(now, ever, 1000)
    assert change.value == pytest.approx(0)
    assert change.high == pytest.approx(mean.high - mean.value, rel=1e-3)


def test_a_design_effect_of_two_is_half_the_answers():
    twice, once = Sums.scores(1000, 600, 400), Sums.scores(500, 300, 200)
    wide, plain = running_mean(twice, 2000, deff=2), running_mean(once, 1000)
    assert wide.high == pytest.approx(plain.high, rel=1e-3)


def test_few_values_have_no_bounds_yet():
    few, many = Sums.scores(10, 10, 9), Sums.scores(100, 100, 90)
    assert (running_mean(few, 500).low, running_mean(few, 500).high) == (-inf, inf)
    assert running_difference(few, many, 500).high == inf
    assert running_difference(many, few, 500).high == inf
    assert running_mean(Sums.scores(20, 20, 19), 500, deff=2).high == inf


def test_no_values_are_unknown():
    assert not running_mean(Sums(0, 0, 0), 500).known
    assert not running_difference(Sums(0, 0, 0), Sums.share(5, 10), 500).known


def test_first_answers_that_agree_are_not_taken_for_certain():
    change = running_difference(Sums.scores(30, 0, 0), Sums.scores(1500, 900, 600), 1000)
    assert change.high - change.value > 30


def test_values_that_never_vary_reach_nowhere():
    always = running_mean(Sums(50, 250, 1250), 500)
    assert (always.low, always.high) == (5, 5)


def test_over_a_quiet_year_it_is_wrong_in_one_of_sixty_and_an_interval_in_one_of_three():
    counts = years(0, 500)
    looks = [[running_mean(Sums.scores(*map(int, week)), 1000) for week in year] for year in counts]
    means = np.array([[e.value for e in year] for year in looks])
    reaches = np.array([[e.high - e.value for e in year] for year in looks])
    n = counts.sum(axis=2)
    variance = 1e4 * (counts[..., 0] + counts[..., 2]) / n - means**2
    naive = np.abs(means - 30) > 1.96 * np.sqrt(variance / n)
    assert np.any(np.abs(means - 30) > reaches, axis=1).mean() == pytest.approx(0.017, abs=0.012)
    assert np.any(naive, axis=1).mean() == pytest.approx(0.336, abs=0.05)


@pytest.mark.parametrize("sides", [1, 2])
def test_against_last_years_baseline_a_quiet_year_alarms_at_most_once_in_twenty(sides):
    baselines = np.random.default_rng(1).multinomial(1500, QUIET, 200)
    alarms = [
        any(running_difference(Sums.scores(*map(int, week)), base, 1000, sides=sides).high < 0 for week in year)
        for base, year in zip((Sums.scores(*map(int, b)) for b in baselines), years(2, 200), strict=True)
    ]
    assert np.mean(alarms) <= 0.05


def test_a_drop_of_twelve_points_from_the_first_week_on_is_seen_within_a_quarter():
    base = Sums.scores(1500, 900, 600)
    weeks = [[running_difference(Sums.scores(*map(int, week)), base, 1000).high < 0 for week in year]
             for year in years(3, 200, (0.44, 0.30, 0.26), 26)]  # fmt: skip
    assert np.median(np.argmax(weeks, axis=1)) <= 12
