"""The doubly robust estimate on silence whose reason is known, and what would overturn a figure."""

from math import inf

import numpy as np
import pytest
from statsmodels.api import Logit, add_constant

from latido.stats.estimate import Estimate, unknown
from latido.stats.nonresponse import aipw, propensity, shifted, tipping
from tests.stats.silence import BEHAVIOUR, DEMOGRAPHICS, SIZES, company

SCORE = Estimate(30, 25, 35, 900)


def cells_of(there, which=BEHAVIOUR):
    """Features, customers and answers by cell of like customers."""
    sizes = SIZES[which]
    cell = np.ravel_multi_index(there.levels[which], sizes)
    customers = np.bincount(cell, minlength=np.prod(sizes))
    some = customers > 0
    said = there.points * there.answered
    sums = [np.bincount(cell, side, minlength=len(some))[some] for side in (there.answered, said, said**2)]
    levels = np.stack(np.unravel_index(np.flatnonzero(some), sizes))
    features = np.hstack([np.eye(size)[side][:, 1:] for size, side in zip(sizes, levels, strict=True)])
    return features, customers[some], *sums


def bias(seed, which=BEHAVIOUR, **more):
    there = company(seed, **more)
    return aipw(*cells_of(there, which)).estimate.value - there.truth


def test_behaviour_mends_the_silence():
    assert np.mean([bias(seed) for seed in range(3)]) == pytest.approx(0, abs=0.9)


def test_demographics_do_not():
    assert np.mean([bias(seed, DEMOGRAPHICS) for seed in range(3)]) < -7


def test_nothing_mends_silence_from_the_answer_itself():
    assert np.mean([bias(seed, from_answer=0.5) for seed in range(3)]) < -6


def test_the_interval_covers():
    def inside(seed):
        there = company(seed, customers=6_000)
        # The truth of this company is of these customers; its interval is for such customers.
        estimate = aipw(*cells_of(there)).estimate
        return estimate.low <= there.truth <= estimate.high

    assert np.mean([inside(seed) for seed in range(120)]) >= 0.9


def test_who_answered_is_counted():
    there = company(0)
    found = aipw(*cells_of(there))
    assert (found.customers, found.estimate.n) == (40_000, there.answered.sum())
    assert found.response == pytest.approx(there.answered.mean())


def test_when_everybody_answers_it_is_the_mean():
    found = aipw([[0], [1]], [40, 60], [40, 60], [100, 300], [400, 1700])
    assert found.estimate.value == pytest.approx(4, abs=1e-6)
    assert found.response == 1


def test_without_features_that_matter_it_is_the_mean_of_the_answers():
    found = aipw([[0], [1]], [100, 100], [10, 10], [40, 40], [200, 200])
    assert found.estimate.value == pytest.approx(4, abs=1e-6)


def test_the_chances_are_those_of_statsmodels():
    features, customers, answers, _total, _squares = cells_of(company(1, customers=3_000))
    x = np.repeat(features, customers, axis=0)
    y = np.concatenate([np.arange(n) < k for n, k in zip(customers, answers, strict=True)])
    theirs = Logit(y, add_constant(x)).fit(disp=0).predict(add_constant(features))
    assert propensity(features, customers, answers) == pytest.approx(theirs, abs=1e-4)


def test_customers_who_hardly_ever_answer_do_not_speak_for_everybody():
    found = aipw([[0], [1]], [1000, 100_000], [300, 40], [900, 40], [3000, 40])
    assert found.floored == pytest.approx(40 / 340)


def test_nobody_answered():
    assert not aipw([[0], [1]], [100, 100], [0, 0], [0, 0], [0, 0]).estimate.known


def test_the_silent_would_have_to_be_so_much_worse():
    # A fifth answered: 30 becomes 20 when the other four fifths are 12.5 worse, that is at 17.5.
    found = tipping(SCORE, 20, response=0.2, scale=(-100, 100))
    assert (found.shift, found.silent, found.possible) == (-12.5, 17.5, True)


def test_it_stops_being_sure_before_that():
    assert tipping(SCORE, 20, response=0.2).unsure == pytest.approx(-6.25)


def test_what_is_not_sure_as_it_stands_needs_no_shift():
    assert tipping(SCORE, 27, response=0.2).unsure == 0


def test_a_rise_is_overturned_from_above():
    found = tipping(SCORE, 40, response=0.5)
    assert (found.shift, found.unsure) == (20, 10)


def test_nearly_all_answered_and_silence_cannot_overturn_it():
    assert not tipping(SCORE, 20, response=0.95, scale=(-100, 100)).possible


@pytest.mark.parametrize(("estimate", "response"), [(SCORE, 1), (unknown(3), 0.2)])
def test_without_silence_or_figure_there_is_nothing_to_overturn(estimate, response):
    assert np.isnan(tipping(estimate, 20, response).shift)


def test_the_slider_moves_the_figure_to_the_threshold():
    found = tipping(SCORE, 20, response=0.2)
    moved = shifted(SCORE, found.shift, response=0.2)
    assert (moved.low, moved.value, moved.high) == (15, 20, 25)


def test_an_open_interval_stays_open():
    assert shifted(Estimate(30, 25, inf, 9), -10, 0.5).high == inf
