"""The score and its intervals against published figures, a numerical maximum and exact enumeration."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import multinomial

from latido.stats.nps import adjusted_wald, bounds, moments, nps, score

COUNTS = st.integers(0, 200)
# promoters, passives, detractors in the population
POPULATIONS = [
    (0.40, 0.30, 0.30),
    (0.55, 0.30, 0.15),
    (0.70, 0.20, 0.10),
    (0.15, 0.25, 0.60),
    (0.45, 0.10, 0.45),
]


def interval(estimate):
    return (estimate.low, estimate.high)


def test_score_interval_is_tangos():
    # b = 1, c = 7, n = 21: Fagerland, Lydersen & Laake (2014), Statistics in Medicine 33:2850
    assert interval(score(1, 13, 7)) == pytest.approx((-51.7, -2.6), abs=0.05)


@pytest.mark.parametrize(
    ("method", "counts", "low", "high"),
    [
        (adjusted_wald, (55, 30, 15), 24.60, 53.07),
        (score, (55, 30, 15), 24.57, 53.24),
        (adjusted_wald, (10, 0, 0), 47.5, 100),
        (score, (10, 0, 0), 44.5, 100),
        (adjusted_wald, (50, 30, 20), 14.1, 44.2),
    ],
)
def test_known_intervals(method, counts, low, high):
    assert interval(method(*counts)) == pytest.approx((low, high), abs=0.05)


def test_adjusted_wald_is_centred_on_the_score_with_three_answers_more():
    assert sum(interval(adjusted_wald(50, 30, 20))) / 2 == pytest.approx(29.1, abs=0.05)


def test_mean_and_variance_of_one_answer():
    mean, variance = moments(3, 2, 1)
    assert (mean, variance) == pytest.approx((1 / 3, 5 / 9))
    assert sqrt(variance / 6) == pytest.approx(0.304, abs=5e-4)


def test_the_value_is_the_plain_score():
    assert nps(50, 30, 20).value == 30


def test_one_promoter_is_a_hundred():
    # The two who were asked and skipped are not passives.
    assert nps(1, 0, 0).value == 100


@pytest.mark.parametrize("method", [nps, score, adjusted_wald])
def test_no_answers_are_unknown(method):
    assert not method(0, 0, 0).known


@pytest.mark.parametrize(("counts", "method"), [((20, 5, 4), "score"), ((20, 5, 5), "adjusted_wald")])
def test_below_thirty_answers_the_score_interval(counts, method):
    assert nps(*counts).method == method


def test_repeated_answers_count_as_fewer_when_choosing_the_interval():
    assert nps(40, 10, 9, deff=2).method == "score"


def test_a_design_effect_of_two_is_half_the_answers():
    assert interval(nps(100, 60, 40, deff=2)) == pytest.approx(interval(nps(50, 30, 20)))


@given(COUNTS, COUNTS, COUNTS)
def test_the_score_lies_in_its_interval_and_that_in_its_range(promoters, passives, detractors):
    estimate = nps(promoters + 1, passives, detractors)
    assert -100 <= estimate.low <= estimate.value + 1e-9
    assert estimate.value - 1e-9 <= estimate.high <= 100
    assert estimate.low < estimate.high


@given(COUNTS, COUNTS, COUNTS, st.sampled_from([adjusted_wald, score]))
def test_swapping_promoters_and_detractors_turns_the_sign(promoters, passives, detractors, method):
    this, that = method(promoters, passives + 1, detractors), method(detractors, passives + 1, promoters)
    assert interval(this) == pytest.approx((-that.high, -that.low), abs=1e-9)


@given(COUNTS, COUNTS, COUNTS)
def test_score_bounds_are_where_the_score_test_just_stops_rejecting(promoters, passives, detractors):
    # The restricted maximum is found numerically here and in closed form there.
    counts = (promoters + 1, passives + 1, detractors + 1)
    n, mean = sum(counts), (counts[0] - counts[2]) / sum(counts)
    delta = score(*counts).high / 100
    fit = minimize_scalar(_misfit, bounds=(max(0, -delta), (1 - delta) / 2), args=(counts, delta), method="bounded")
    variance = 2 * fit.x + delta - delta**2
    assert (delta - mean) / sqrt(variance / n) == pytest.approx(1.959964, abs=2e-3)


def _misfit(q, counts, delta):
    shares = np.clip([q + delta, 1 - 2 * q - delta, q], 1e-12, 1)
    return -np.dot(counts, np.log(shares))


@pytest.mark.parametrize("population", POPULATIONS)
@pytest.mark.parametrize("n", [10, 40])
def test_it_covers_what_it_claims(population, n):
    # Every possible outcome with its probability: no simulation.
    first, second = np.meshgrid(np.arange(n + 1), np.arange(n + 1))
    possible = first + second <= n
    outcomes = np.stack([first, second, n - first - second])[:, possible]
    low, high = bounds(*outcomes)
    truth = 100 * (population[0] - population[2])
    covered = multinomial.pmf(outcomes.T, n, population)[(low <= truth) & (truth <= high)].sum()
    assert covered == pytest.approx(0.95, abs=0.02)


def test_arrays_give_what_single_counts_give():
    low, high = bounds([10, 55], [0, 30], [0, 15])
    assert [(low[0], high[0]), (low[1], high[1])] == [interval(nps(10, 0, 0)), interval(nps(55, 30, 15))]
