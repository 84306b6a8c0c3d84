"""Discoveries against the paper that defined them, SciPy, and simulation of families in which nothing moved."""

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, false_discovery_control, ttest_ind

from latido.stats.difference import difference
from latido.stats.discovery import family, p_value, q_values, welch_degrees
from latido.stats.estimate import Estimate, unknown
from latido.stats.means import mean
from latido.stats.nps import bounds, nps
from latido.stats.shares import wilson

# Thrombolysis trial, Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289, section 4.1
PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
    0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=50)
ESTIMATES = st.tuples(st.floats(-50, 50), st.floats(0, 40), st.floats(0, 40), st.integers(2, 500)).map(
    lambda drawn: Estimate(drawn[0], drawn[0] - drawn[1], drawn[0] + drawn[2], drawn[3])
)


def test_the_papers_family_has_four_discoveries():
    assert family(PAPER).found.tolist() == [True] * 4 + [False] * 11


def test_by_bonferroni_the_papers_family_has_three():
    assert sum(p * len(PAPER) <= 0.05 for p in PAPER) == 3


@given(P_VALUES)
def test_q_values_agree_with_scipy(p):
    assert q_values(p) == pytest.approx(false_discovery_control(p))


@given(P_VALUES)
def test_no_q_is_below_its_p(p):
    assert np.all(q_values(p) >= p)


@given(P_VALUES, st.randoms(use_true_random=False))
def test_order_does_not_matter(p, random):
    order = random.sample(range(len(p)), len(p))
    assert q_values([p[i] for i in order]) == pytest.approx(q_values(p)[order])


def test_what_could_not_be_compared_is_not_in_the_family():
    judged = family([0.01, nan, 0.04])
    assert judged.size == 2
    assert judged.q[[0, 2]] == pytest.approx([0.02, 0.04])
    assert isnan(judged.q[1])
    assert judged.found.tolist() == [True, False, True]


def test_a_family_of_nobody_finds_nothing():
    assert family([]).found.tolist() == []


@given(ESTIMATES, ESTIMATES, st.sampled_from([inf, 3.0, 40.0]))
def test_p_is_below_a_twentieth_exactly_where_the_interval_leaves_zero_out(a, b, degrees):
    change = difference(a, b)
    assert (p_value(change, degrees) <= 1 - 0.95) == (change.low > 0 or change.high < 0)


@given(st.lists(st.tuples(ESTIMATES, ESTIMATES), min_size=1, max_size=20))
def test_nothing_is_discovered_that_its_interval_calls_noise(pairs):
    changes = [difference(a, b) for a, b in pairs]
    noise = np.array([c.low <= 0 <= c.high for c in changes])
    assert not np.any(family([p_value(c) for c in changes]).found & noise)


@given(ESTIMATES, ESTIMATES)
def test_the_reverse_difference_is_as_surprising(a, b):
    assert p_value(difference(a, b)) == pytest.approx(p_value(difference(b, a)))


def test_only_the_side_towards_zero_counts():
    assert p_value(Estimate(4, 1, 5, 90)) == p_value(Estimate(4, 1, 50, 90))


def test_between_two_means_it_is_welchs_t_test():
    # A little above it far out, for each mean's own interval has fewer degrees of freedom than their difference.
    random = np.random.default_rng(7)
    x, y = random.normal(10, 2, 40), random.normal(11, 2, 40)
    a, b = (mean(len(v), v.sum(), (v * v).sum()) for v in (x, y))
    theirs = ttest_ind(x, y, equal_var=False)
    assert welch_degrees(a, b) == pytest.approx(theirs.df)
    assert theirs.pvalue <= p_value(difference(a, b), welch_degrees(a, b)) <= 1.5 * theirs.pvalue


def test_few_answers_are_less_surprising_far_out():
    change = Estimate(10, 6, 14, 20)
    assert p_value(change, 8) > 10 * p_value(change)


@pytest.mark.parametrize("change", [unknown(3), Estimate(2, nan, 5, 9), Estimate(inf, nan, inf, 9)])
def test_what_has_no_interval_has_no_p(change):
    assert isnan(p_value(change))


def test_a_bound_on_the_far_side_may_be_missing():
    assert p_value(Estimate(2, 1, nan, 9)) < 0.05


@pytest.mark.parametrize(("low", "p"), [(3, 0.05), (-3, 1)])
def test_a_median_not_reached_says_no_more_than_its_interval(low, p):
    assert p_value(Estimate(inf, low, inf, 30)) == pytest.approx(p)


def test_two_known_numbers_differ_for_certain_or_not_at_all():
    assert p_value(Estimate(3, 3, 3, 5)) == 0
    assert p_value(Estimate(0, 0, 0, 5)) == 1


@pytest.mark.parametrize(
    ("a", "b", "degrees"),
    [
        (Estimate(1, 0, inf, 9), Estimate(1, 0, 2, 5), 4),
        (Estimate(1, 1, 1, 9), Estimate(1, 1, 1, 5), 4),
        (Estimate(1, 0, 2, 1), Estimate(1, 0, 2, 50), 1),
    ],
)
def test_degrees_of_freedom_fall_back_on_the_smaller_sample(a, b, degrees):
    assert welch_degrees(a, b) == degrees


def _segments(random, before, after, segments=200, n=150):
    """p-values of NPS differences of segments, and which of them have it in truth."""
    counts = random.multinomial(n, before, segments), np.array([random.multinomial(n, shares) for shares in after])
    scores = [100 * (c[:, 2] - c[:, 0]) / n for c in counts]
    lows, highs = zip(*(bounds(c[:, 2], c[:, 1], c[:, 0]) for c in counts), strict=True)
    estimates = [[Estimate(*e, n) for e in zip(*side, strict=True)] for side in zip(scores, lows, highs, strict=True)]
    return np.array([p_value(difference(b, a)) for a, b in zip(*estimates, strict=True)])


def test_among_two_hundred_small_segments_a_drop_of_twelve_points_is_not_to_be_found():
    # statistics: naive intervals give 9.2 false and 2.5 true ones of 10; Benjamini–Hochberg next to none of either.
    random = np.random.default_rng(11)
    after = [(0.26, 0.30, 0.44)] * 10 + [(0.20, 0.30, 0.50)] * 190
    runs = np.array([_segments(random, (0.20, 0.30, 0.50), after) for _ in range(40)])
    naive, found = runs <= 0.05, np.array([family(p).found for p in runs])
    assert naive[:, 10:].sum(axis=1).mean() == pytest.approx(9.2, abs=1)
    assert naive[:, :10].sum(axis=1).mean() == pytest.approx(2.5, abs=0.6)
    assert found.sum(axis=1).mean() < 0.5


def test_a_family_in_which_nothing_moved_claims_something_at_most_once_in_twenty():
    random = np.random.default_rng(3)
    runs = [_segments(random, (0.15, 0.25, 0.60), [(0.15, 0.25, 0.60)] * 100, 100) for _ in range(200)]
    assert np.mean([family(p).found.any() for p in runs]) <= 0.06


@pytest.mark.parametrize(("sizes", "truth"), [((30, 30), 0.9), ((150, 150), 0.9), ((150, 150), 0.97), ((20, 300), 0.8)])
def test_shares_without_a_difference_are_as_rarely_surprising_as_p_says_far_out_too(sizes, truth):
    # Every pair of counts with its probability: families of hundreds are decided by p of a thousandth and less.
    likely = [np.flatnonzero(binom.pmf(np.arange(n + 1), n, truth) > 1e-9) for n in sizes]
    shares = [[wilson(int(k), n) for k in ks] for ks, n in zip(likely, sizes, strict=True)]
    p = np.array([[p_value(difference(a, b), welch_degrees(a, b)) for b in shares[1]] for a in shares[0]])
    weight = np.outer(*(binom.pmf(ks, n, truth) for ks, n in zip(likely, sizes, strict=True)))
    assert all(weight[p <= level].sum() <= level for level in (0.05, 0.01, 1e-3, 1e-4, 1e-5))


def test_nps_of_few_answers_compares_by_its_own_interval():
    assert p_value(difference(nps(9, 0, 1), nps(2, 2, 6))) < 0.05
