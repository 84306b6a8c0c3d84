"""Evidence for a change in some week: its formula, its false alarms, and how soon it finds."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from latido.stats.e_process import e_process
from latido.stats.sums import Sums

QUIET, LOWER = (0.5, 0.3, 0.2), (0.44, 0.30, 0.26)
BASELINE = Sums.scores(1500, 900, 600)
EFFECT = 10.0


def scores(counts):
    return [Sums.scores(*map(int, week)) for week in counts]


def year(random, shares=((52, QUIET),)):
    """Fifty-two weeks of sixty answers; each part has its own shares."""
    return scores(np.concatenate([random.multinomial(60, p, weeks) for weeks, p in shares]))


def test_one_week_is_the_mixture_of_likelihood_ratios():
    # ∫ N(d; δ, v) / N(d; 0, v) · N(δ; 0, τ²) dδ, with the variance of all values around one mean.
    week = Sums.scores(20, 20, 20)
    both = BASELINE + week
    d, v = week.mean - BASELINE.mean, both.variance * (1 / BASELINE.n + 1 / week.n)
    mixed = quad(lambda x: norm.pdf(d, x, sqrt(v)) / norm.pdf(d, 0, sqrt(v)) * norm.pdf(x, 0, EFFECT), -90, 90)[0]
    assert e_process([week], BASELINE, EFFECT, horizon=1).e[0] == pytest.approx(mixed)


def test_one_direction_is_the_mixture_over_that_half():
    week = Sums.scores(20, 20, 20)
    both = BASELINE + week
    d, v = week.mean - BASELINE.mean, both.variance * (1 / BASELINE.n + 1 / week.n)
    mixed = quad(lambda x: norm.pdf(d, x, sqrt(v)) / norm.pdf(d, 0, sqrt(v)) * 2 * norm.pdf(x, 0, EFFECT), -90, 0)[0]
    assert e_process([week], BASELINE, EFFECT, horizon=1, direction="fall").e[0] == pytest.approx(mixed)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=20))
def test_both_directions_are_the_mean_of_each(counts):
    both, rise, fall = (
        e_process(scores(counts), BASELINE, EFFECT, direction=way).e for way in ("both", "rise", "fall")
    )
    assert both == pytest.approx((rise + fall) / 2)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=20))
def test_adding_the_same_to_every_value_changes_nothing(counts):
    weeks = scores(counts)
    moved = [Sums(s.n, s.total + 7 * s.n, s.squares + 14 * s.total + 49 * s.n) for s in [BASELINE, *weeks]]
    assert e_process(moved[1:], moved[0], EFFECT).e == pytest.approx(e_process(weeks, BASELINE, EFFECT).e)


def test_weeks_without_answers_say_nothing():
    silent = e_process([Sums(0, 0, 0)] * 5, BASELINE, EFFECT)
    assert silent.e.tolist() == [1] * 5
    assert (silent.alarm, silent.p) == (None, 1)


@pytest.mark.parametrize("baseline", [Sums(0, 0, 0), Sums(50, 250, 1250)])
def test_a_baseline_that_says_nothing_raises_no_alarm(baseline):
    assert e_process([Sums(60, 300, 1500)] * 3, baseline, EFFECT).alarm is None


def test_nothing_watched_yet_is_no_evidence():
    assert e_process([], BASELINE, EFFECT).p == 1


def test_overwhelming_evidence_is_still_a_number():
    assert np.isfinite(e_process([Sums.scores(0, 0, 10**6)], BASELINE, EFFECT).e).all()


def test_a_quiet_year_alarms_at_most_once_in_twenty():
    random = np.random.default_rng(4)
    bases = random.multinomial(1500, QUIET, 300)
    alarms = [e_process(year(random), Sums.scores(*map(int, b)), EFFECT).alarm is not None for b in bases]
    assert np.mean(alarms) <= 0.05


def test_a_quiet_year_of_shares_with_few_failures_alarms_at_most_once_in_twenty():
    random = np.random.default_rng(5)
    years = [[Sums.share(int(k), 40) for k in random.binomial(40, 0.95, 52)] for _ in range(300)]
    alarms = [e_process(y, Sums.share(475, 500), 0.05, direction="fall").alarm is not None for y in years]
    assert np.mean(alarms) <= 0.05


def test_a_late_drop_is_found_and_dated():
    # Twelve points from week 27 on: a running mean would still carry half a quiet year.
    random = np.random.default_rng(6)
    found = [e_process(year(random, ((26, QUIET), (26, LOWER))), BASELINE, EFFECT, direction="fall") for _ in range(60)]
    alarms = [e.alarm for e in found if e.alarm is not None]
    assert len(alarms) >= 50
    assert np.median(alarms) - 26 <= 15
    assert np.median([e.since[e.alarm] for e in found if e.alarm is not None]) == pytest.approx(26, abs=2)


def test_an_outage_of_a_month_is_found_while_it_lasts():
    random = np.random.default_rng(8)
    weeks = year(random, ((30, QUIET), (4, (0.3, 0.25, 0.45)), (18, QUIET)))
    assert 30 <= e_process(weeks, BASELINE, EFFECT, direction="fall").alarm < 34


def test_a_rise_is_no_fall():
    random = np.random.default_rng(9)
    weeks = year(random, ((20, QUIET), (32, (0.65, 0.2, 0.15))))
    assert e_process(weeks, BASELINE, EFFECT, direction="fall").alarm is None
    assert e_process(weeks, BASELINE, EFFECT, direction="rise").alarm is not None


def test_beyond_the_horizon_no_change_begins():
    weeks = scores([(30, 18, 12)] * 10)
    assert e_process(weeks, BASELINE, EFFECT, horizon=4).since.max() < 4
