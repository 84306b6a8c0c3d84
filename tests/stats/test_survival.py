"""The curve against published data, SciPy, statsmodels and the ordinary quantile."""

from math import inf
from warnings import catch_warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from latido.stats.means import mean
from latido.stats.shares import wilson
from latido.stats.survival import kaplan_meier

# Weeks in remission on 6-mercaptopurine (Freireich et al. 1963, Blood 21:699).
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
REMITTED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]

WAITS = st.lists(st.tuples(st.integers(1, 15), st.booleans()), min_size=1, max_size=40)


def curve(ended, waiting=(), confidence=0.95):
    times = [*ended, *waiting]
    events = np.repeat([1, 0], [len(ended), len(waiting)])
    return kaplan_meier(times, events, 1 - events, confidence)


def of(waits):
    waits = list(waits)
    return curve([t for t, ended in waits if ended], [t for t, ended in waits if not ended])


@pytest.fixture(scope="module")
def leukaemia():
    return curve(RELAPSED, REMITTED)


def test_six_mp_survival_at_ten_weeks(leukaemia):
    at = leukaemia.at(10)
    assert (at.value, at.low, at.high) == pytest.approx((0.7529, 0.5032, 0.8894), abs=5e-5)
    assert at.n == 21


def test_six_mp_median(leukaemia):
    # The interval as R's survival package gives it with conf.type = "log-log".
    median = leukaemia.quantile(0.5)
    assert (median.low, median.value, median.high) == (13, 23, inf)


def test_six_mp_counts(leukaemia):
    assert (leukaemia.n, leukaemia.events, leukaemia.censored) == (21, 9, 12)


def test_steps_hold_until_the_next(leukaemia):
    assert leukaemia.at(12.9).value == leukaemia.at(10).value
    assert leukaemia.at(13).value < leukaemia.at(12.9).value


def test_a_wait_cut_off_when_another_ends_still_counts_as_at_risk(leukaemia):
    # At week 6 three of 21 relapse; the one last seen that week is among the 21.
    assert leukaemia.at(6).value == pytest.approx(18 / 21)


@given(WAITS)
def test_curve_and_band_agree_with_scipy(waits):
    ended, waiting = ([t for t, e in waits if e is which] for which in (True, False))
    theirs = ecdf(CensoredData(uncensored=ended, right=waiting)).sf
    with np.errstate(all="ignore"), catch_warnings(action="ignore"):  # SciPy's band is NaN at 0 and 1, ours is not
        band = theirs.confidence_interval(method="log-log")
    ours = of(waits)
    inner = (theirs.probabilities > 0) & (theirs.probabilities < 1)
    assert ours.survival == pytest.approx(theirs.probabilities)
    assert ours.low[inner] == pytest.approx(band.low.probabilities[inner])
    assert ours.high[inner] == pytest.approx(band.high.probabilities[inner])


@given(st.integers(0, 10**6), st.sampled_from([0.25, 0.5]))
def test_quantile_intervals_agree_with_statsmodels_where_both_bounds_exist(seed, p):
    random = np.random.default_rng(seed)
    times, ended = random.integers(1, 40, 50), random.random(50) < 0.8
    ours = of(zip(times, ended, strict=True)).quantile(p)
    assume(ours.high < inf)
    with np.errstate(all="ignore"):  # theirs takes the logarithm of 0 where all have ended
        theirs = SurvfuncRight(times, ended.astype(int)).quantile_ci(p)
    assert (ours.low, ours.high) == theirs


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_without_censoring_a_quantile_is_the_ordinary_one(waits, p):
    assert curve(waits).quantile(p).value == np.quantile(waits, p, method="averaged_inverted_cdf")


@given(WAITS)
def test_value_and_band_keep_their_order_and_their_range(waits):
    ours = of(waits)
    assert np.all((ours.low >= 0) & (ours.low <= ours.survival))
    assert np.all((ours.survival <= ours.high) & (ours.high <= 1))
    assert np.all(np.diff(ours.survival) <= 0)


@given(WAITS, st.sampled_from([0.1, 0.5, 0.9]))
def test_a_quantile_lies_in_its_interval(waits, p):
    quantile = of(waits).quantile(p)
    assert quantile.low <= quantile.value <= quantile.high


@given(WAITS)
def test_counts_at_repeated_unsorted_times_are_added_up(waits):
    times, ended = zip(*waits, strict=True)
    by_row = kaplan_meier(times, ended, [not e for e in ended])
    distinct = sorted(set(times))
    by_time = kaplan_meier(
        distinct,
        [sum(e for t, e in waits if t == d) for d in distinct],
        [sum(not e for t, e in waits if t == d) for d in distinct],
    )
    assert by_row.survival == pytest.approx(by_time.survival)
    assert by_row.low == pytest.approx(by_time.low)


def test_fractional_weights_scale_nothing_but_certainty():
    whole = kaplan_meier([1, 2, 3], [4, 2, 1], [0, 1, 2])
    half = kaplan_meier([1, 2, 3], [2, 1, 0.5], [0, 0.5, 1])
    assert half.survival == pytest.approx(whole.survival)
    assert half.low[0] < whole.low[0]


def test_before_the_first_event_the_bound_is_wilsons():
    at = curve([5], [9] * 19).at(2)
    assert (at.value, at.high) == (1, 1)
    assert at.low == pytest.approx(wilson(20, 20).low)


def test_a_bound_before_the_first_event_counts_only_those_still_seen():
    assert curve([5], [2] * 16 + [9] * 3).at(4).low == pytest.approx(wilson(4, 4).low)


def test_when_all_have_ended_the_upper_bound_is_not_zero():
    done = curve([1, 2, 3, 4, 5])
    assert (done.at(6).value, done.at(6).low) == (0, 0)
    assert done.at(6).high == done.at(4).high > 0


def test_all_ended_at_once_has_wilsons_upper_bound():
    assert curve([3] * 20).at(3).high == pytest.approx(wilson(0, 20).high)


def test_beyond_the_longest_time_observed_the_share_is_unknown(leukaemia):
    assert not leukaemia.at(36).known


def test_a_quantile_not_reached_is_longer_than_what_was_observed(leukaemia):
    ninth = leukaemia.quantile(0.9)
    assert (ninth.value, ninth.high) == (inf, inf)
    assert ninth.low <= 35


def test_nobody_gives_an_unknown_curve():
    nobody = kaplan_meier([], [], [])
    assert not nobody.at(1).known
    assert not nobody.quantile(0.5).known
    assert not nobody.mean_finished.known
    assert (nobody.n, nobody.events, nobody.censored) == (0, 0, 0)


def test_nobody_ended_gives_a_flat_curve():
    waiting = curve([], [1, 2, 3])
    assert waiting.at(2).value == 1
    assert waiting.quantile(0.5).value == inf


def test_mean_of_the_finished_leaves_the_others_out(leukaemia):
    sums = [sum(t**power for t in RELAPSED) for power in (1, 2, 3)]
    assert leukaemia.mean_finished == mean(9, *sums[:2], cubes=sums[2])
