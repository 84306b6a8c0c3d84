"""Sample sizes against R's published examples, statsmodels, printed tables, and the product's own intervals."""

from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom
from statsmodels.stats.power import NormalIndPower, TTestIndPower, TTestPower

from latido.stats.design import Design
from latido.stats.difference import difference
from latido.stats.estimate import Estimate
from latido.stats.nps import bounds, nps
from latido.stats.power import (
    Mean,
    Score,
    Share,
    margin,
    needed,
    power,
    sample_size,
    sample_size_for_margin,
    smallest_difference,
    visible,
)
from latido.stats.shares import wilson
from tests.stats.test_design import DESIGNS

NPS = Score.of(42, 36, 22)  # a variance of 6,000 points squared: one answer varies by 77 points


def test_rs_power_of_a_difference_of_shares():
    # power.prop.test(n = 50, p1 = .50, p2 = .75) => power = 0.740
    assert power(Share(0.5), 0.25, 50) == pytest.approx(0.740, abs=5e-4)


def test_rs_sample_size_for_a_difference_of_shares():
    # power.prop.test(p1 = .50, p2 = .75, power = .90) => n = 76.7
    assert sample_size(Share(0.5), 0.25, Design(power=0.9)).n == 77
    assert power(Share(0.5), 0.25, 76.7) == pytest.approx(0.9, abs=5e-4)


def test_rs_smallest_second_share():
    # power.prop.test(n = 50, p1 = .5, power = .90) => p2 = 0.8026
    assert 0.5 + smallest_difference(Share(0.5), 50, Design(power=0.9)) == pytest.approx(0.8026, abs=5e-5)


def test_rs_power_of_a_difference_of_means():
    # power.t.test(n = 20, delta = 1, sd = 1) => power = 0.8689528
    assert power(Mean(1), 1, 20) == pytest.approx(0.8689528, abs=5e-8)


@pytest.mark.parametrize(("sides", "n"), [(2, 22.02110), (1, 17.84713)])
def test_rs_sample_sizes_for_a_difference_of_means(sides, n):
    # power.t.test(power = .90, delta = 1), and the same with alternative = "one.sided"
    assert power(Mean(1), 1, n, Design(sides=sides)) == pytest.approx(0.9, abs=1e-6)
    assert sample_size(Mean(1), 1, Design(power=0.9, sides=sides)).n == np.ceil(n)


@given(st.floats(0.05, 0.8), st.integers(3, 200), st.sampled_from([1, 2]))
def test_power_of_means_agrees_with_statsmodels(effect, n, groups):
    theirs = TTestIndPower() if groups == 2 else TTestPower()
    expected = theirs.power(effect, n, 0.05, alternative="larger")
    assume(np.isfinite(expected))  # theirs is lost far out
    assert power(Mean(3), 3 * effect, n, Design(sides=1, groups=groups)) == pytest.approx(expected, abs=1e-6)


def test_far_out_nothing_is_missed():
    assert power(Mean(1), 48.5, 3) == pytest.approx(1)


@given(st.floats(0.5, 50), st.integers(2, 10**6))
def test_power_of_means_is_a_probability_that_grows_with_n(effect, n):
    assert 0 <= power(Mean(1), effect, n) <= power(Mean(1), effect, n + 1) + 1e-9 <= 1 + 1e-9


def test_the_smallest_difference_of_means_is_the_one_the_power_was_for():
    assert smallest_difference(Mean(3), 20, Design(power=0.8689528)) == pytest.approx(3, rel=1e-6)


@given(st.floats(1, 60), st.integers(2, 5000))
def test_power_of_scores_agrees_with_statsmodels(points, n):
    expected = NormalIndPower().power(points / 6000**0.5, n, 0.05, alternative="larger")
    assert power(NPS, points, n, Design(sides=1)) == pytest.approx(expected, abs=1e-9)


def test_what_a_difference_of_twelve_points_and_of_five_takes():
    # With 2.8² for (z_α + z_β)², as by hand: 653 and 3,763; statistics rounds them to 650 and 3,760.
    assert sample_size(NPS, 12).n == pytest.approx(650, rel=0.01)
    assert sample_size(NPS, 5).n == pytest.approx(3760, rel=0.005)


@pytest.mark.parametrize(("population", "n"), [(100, 80), (500, 217), (1000, 278), (10_000, 370), (1_000_000, 384)])
def test_krejcie_and_morgans_table(population, n):
    # Educational and Psychological Measurement 30:607 (1970): ± 5 points at 95 %, rounded to the nearest.
    assert sample_size_for_margin(Share(0.5), 0.05, Design(population=population)).n == pytest.approx(n, abs=1)


def test_the_margin_of_what_was_asked_for_is_kept():
    asked = sample_size_for_margin(NPS, 3)
    assert margin(NPS, asked.n) <= 3 < margin(NPS, asked.n - 1)


def test_a_fifth_answers_so_five_times_as_many_are_asked():
    asked = sample_size(NPS, 12, Design(response=0.2))
    assert (asked.n, asked.invitations) == (655, 3275)


def test_a_design_effect_of_two_takes_twice_as_many():
    assert sample_size(NPS, 5, Design(deff=2)).n == pytest.approx(2 * sample_size(NPS, 5).n, abs=1)


def test_a_fixed_target_takes_half_as_many_as_a_second_group():
    assert sample_size(NPS, 5, Design(groups=1)).n == sample_size(NPS, 5).n / 2


def test_more_invitations_than_customers_are_not_feasible():
    assert not sample_size(NPS, 5, Design(population=5000, response=0.1)).feasible
    assert sample_size(NPS, 12, Design(population=5000, response=0.2)).feasible
    assert sample_size(NPS, 12).feasible


def test_asking_everybody_sees_everything():
    census = Design(population=400)
    assert power(NPS, 1, 400, census) == 1
    assert smallest_difference(NPS, 400, census) == 0


@given(DESIGNS, st.floats(2, 40))
def test_a_sample_size_is_enough_and_one_less_is_not(design, points):
    n = sample_size(NPS, points, design).n
    assert power(NPS, points, n, design) >= design.power - 1e-9
    assert n == 1 or power(NPS, points, n - 1, design) < design.power + 1e-6


@given(DESIGNS, st.floats(0.1, 0.9), st.floats(0.02, 0.09), st.sampled_from([-1, 1]))
def test_the_smallest_difference_of_a_sample_size_is_the_one_it_was_made_for(design, share, size, sign):
    n = design.answers(design.independent(sample_size(Share(share), sign * size, design).n))
    seen = smallest_difference(Share(share), n, design, sign)
    assert seen == pytest.approx(sign * size, rel=0.02)


def test_where_nothing_possible_would_show_there_is_no_smallest_difference():
    assert isnan(smallest_difference(Share(0.95), 20))
    assert smallest_difference(Share(0.95), 20, direction=-1) == pytest.approx(-0.35, abs=0.05)


@pytest.mark.parametrize(("outcome", "size"), [(NPS, 0), (Share(0.9), 0.2), (Share(0.2), -0.3)])
def test_an_impossible_difference_is_refused(outcome, size):
    with pytest.raises(ValueError, match="no such difference"):
        sample_size(outcome, size)


@pytest.mark.parametrize("make", [lambda: Mean(0), lambda: Score.of(10, 0, 0), lambda: Score(nan)])
def test_values_all_alike_plan_nothing(make):
    with pytest.raises(ValueError, match="all alike"):
        make()


def test_the_largest_share_possible_shows_or_does_not():
    assert power(Share(0.5), 0.5, 100, Design(groups=1)) == 1
    assert power(Share(0.5), 0.5, 2, Design(groups=1)) == 0


def test_means_of_very_many_are_the_normal_test():
    assert power(Mean(1), 0.01, 157_000) == pytest.approx(power(Score(1), 0.01, 157_000), abs=1e-6)
    assert sample_size(Mean(1), 0.01).n == pytest.approx(156_978, abs=2)


def test_newcombes_interval_sees_a_difference_as_often_as_planned():
    # Every pair of counts with its probability.
    n = sample_size(Share(0.8), -0.1).n
    k = np.arange(n + 1)
    likely = [k[binom.pmf(k, n, p) > 1e-6] for p in (0.8, 0.7)]
    seen = sum(
        binom.pmf(i, n, 0.8) * binom.pmf(j, n, 0.7)
        for i in likely[0] for j in likely[1] if difference(wilson(int(j), n), wilson(int(i), n)).high < 0
    )  # fmt: skip
    assert seen == pytest.approx(0.8, abs=0.015)


def test_the_interval_of_an_nps_change_sees_it_as_often_as_planned():
    random, shares = np.random.default_rng(1), ((0.42, 0.36, 0.22), (0.36, 0.36, 0.28))
    n = sample_size(NPS, -12).n
    before, after = (_intervals(random.multinomial(n, p, 1500), n) for p in shares)
    seen = [difference(b, a).high < 0 for a, b in zip(before, after, strict=True)]
    assert np.mean(seen) == pytest.approx(0.8, abs=0.03)


def _intervals(counts, n):
    low, high = bounds(*counts.T)
    return [Estimate(*e, n) for e in zip(100 * (counts[:, 0] - counts[:, 2]) / n, low, high, strict=True)]


def test_what_evidence_would_have_shown_and_what_it_would_have_taken():
    # Two periods of 150 answers: as planned for that many, and for twelve points.
    change = difference(nps(63, 54, 33), nps(63, 54, 33))
    assert visible(change) == pytest.approx(smallest_difference(NPS, 150), rel=0.02)
    assert needed(change, 12) == pytest.approx(2 * sample_size(NPS, 12).n, rel=0.04)


@pytest.mark.parametrize("change", [Estimate(1, nan, nan, 5), Estimate(1, 0, inf, 5)])
def test_a_change_without_an_interval_would_have_shown_nothing_known(change):
    assert isnan(visible(change))
    assert isnan(needed(change, 5))
