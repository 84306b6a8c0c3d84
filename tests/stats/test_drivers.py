"""Drivers with their intervals against R, the bootstrap of rows, and planted truths."""

import numpy as np
import pytest

from latido.stats.drivers import drivers
from latido.stats.importance import shapley
from latido.stats.moments import of_rows
from tests.stats.published import SWISS, SWISS_NAMES

NAMES = ("nps", "effort", "wait", "price", "noise")
SLOPES = np.array([-1.0, -0.5, 0.3, 0.0])
# Effort, wait and price share a factor; noise is alone.
SPREAD = np.array([[1, 0.5, 0.3, 0], [0.5, 1, 0.3, 0], [0.3, 0.3, 1, 0], [0, 0, 0, 1.0]])


def answers(seed, customers=400, each=3, together=0.5):
    """Answers of customers who answer several times, and resemble themselves."""
    rng = np.random.default_rng(seed)
    whose = np.repeat(np.arange(customers), each)
    root = np.linalg.cholesky(SPREAD).T

    def clustered(columns):
        own, shared = rng.normal(size=(len(whose), columns)), rng.normal(size=(customers, columns))
        return np.sqrt(together) * shared[whose] + np.sqrt(1 - together) * own

    x = clustered(4) @ root
    return whose, np.column_stack([x @ SLOPES + 1.5 * clustered(1)[:, 0], x])


def blocked(seed, blocks=150, **more):
    whose, rows = answers(seed, **more)
    block_of = np.random.default_rng(10_000 + seed).integers(0, blocks, whose.max() + 1)
    return of_rows(NAMES, rows, blocks=block_of[whose])


def true_parts():
    """The Shapley parts in the population that `answers` draws from."""
    with_y = SPREAD @ SLOPES
    variance = SLOPES @ with_y + 1.5**2
    scale = np.sqrt(variance)
    r = np.block([[np.ones((1, 1)), with_y[None, :] / scale], [with_y[:, None] / scale, SPREAD]])
    return shapley(r)


@pytest.fixture(scope="module")
def found():
    return drivers(blocked(0), "nps", NAMES[1:])


def test_swiss_shares_are_those_of_r():
    whole = drivers(of_rows(SWISS_NAMES, SWISS, blocks=range(47)), "Fertility", SWISS_NAMES[1:])
    published = np.array([0.0570912208, 0.1711730289, 0.2601346786, 0.1055701504, 0.1127659229])
    assert [driver.part.value for driver in whole.drivers] == pytest.approx(published, abs=1e-9)
    assert [driver.share.value for driver in whole.drivers] == pytest.approx(100 * published / 0.706735001593)
    assert (whole.n, whole.blocks) == (47, 47)


def test_shares_add_up_to_a_hundred(found):
    assert sum(driver.share.value for driver in found.drivers) == pytest.approx(100)
    assert sum(driver.approximation for driver in found.drivers) == pytest.approx(100)


def test_parts_add_up_to_r2(found):
    assert sum(driver.part.value for driver in found.drivers) == pytest.approx(found.r2.value)


def test_the_sign_is_the_coefficients(found):
    assert found.named("effort").coefficient.high < 0
    assert found.named("price").coefficient.low > 0


def test_one_that_says_nothing_does_not_hold_whatever_its_share(found):
    assert found.named("noise").share.low > 0
    assert [driver.name for driver in found.drivers if driver.holds] == ["effort", "wait", "price"]


def test_the_largest_comes_first(found):
    assert [driver.name for driver in found.ranked][:2] == ["effort", "wait"]


def test_how_the_company_does_comes_along():
    rows = answers(1)[1] + [0, 7, 0, 0, 0]
    driver = drivers(of_rows(NAMES, rows, blocks=np.arange(len(rows)) % 100), "nps", NAMES[1:]).named("effort")
    assert driver.mean == pytest.approx(rows[:, 1].mean())
    assert driver.deviation == pytest.approx(rows[:, 1].std())


def test_the_same_seed_says_the_same(found):
    assert drivers(blocked(0), "nps", NAMES[1:]) == found


def test_intervals_are_those_of_a_bootstrap_of_rows():
    # Each answer a customer of its own: then 150 blocks must say what 1,200 rows say.
    rows = answers(2, customers=1200, each=1)[1]
    rng = np.random.default_rng(0)
    of_all_rows = of_rows(NAMES, rows, blocks=np.arange(1200))
    drawn = shapley(of_all_rows.resampled(1500, seed=1).correlation)
    blocks = of_rows(NAMES, rows, blocks=rng.permutation(1200) % 150)
    widths = [d.part.high - d.part.low for d in drivers(blocks, "nps", NAMES[1:], samples=1500).drivers]
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    assert widths[:3] == pytest.approx((high - low)[:3], rel=0.2)


@pytest.fixture(scope="module")
def many():
    # Three answers each, half of the variance the customer's own.
    return [drivers(blocked(seed), "nps", NAMES[1:], samples=200, seed=seed) for seed in range(150)]


def covered(estimates, truth):
    """How often the intervals, by run and driver, hold the truth."""
    bounds = np.array([[(estimate.low, estimate.high) for estimate in each] for each in estimates])
    return ((bounds[..., 0] <= truth) & (bounds[..., 1] >= truth)).mean(axis=0)


def test_intervals_of_shares_cover_where_customers_answer_often(many):
    truth = 100 * true_parts() / true_parts().sum()
    # The noise's true share of 0 lies at the end of what a share can be.
    inside = covered([[driver.share for driver in one.drivers] for one in many], truth)
    assert inside[:3] == pytest.approx([0.95] * 3, abs=0.04)


def test_intervals_of_coefficients_cover_where_customers_answer_often(many):
    inside = covered([[driver.coefficient for driver in one.drivers] for one in many], SLOPES)
    assert inside == pytest.approx([0.95] * 4, abs=0.04)


def test_blocks_of_answers_instead_of_customers_would_cover_too_little():
    def apart(seed):
        rows = answers(seed, together=0.9)[1]
        return of_rows(NAMES, rows, blocks=np.random.default_rng(seed).integers(0, 150, len(rows)))

    truth = true_parts()[0]
    parts = [drivers(apart(seed), "nps", NAMES[1:], samples=150).named("effort").part for seed in range(60)]
    assert np.mean([part.low <= truth <= part.high for part in parts]) < 0.88


def test_an_outcome_that_does_not_vary_has_no_shares():
    rows = answers(3)[1]
    rows[:, 0] = 5
    found = drivers(of_rows(NAMES, rows, blocks=np.arange(len(rows)) % 50), "nps", NAMES[1:])
    assert found.r2.value == 0
    assert not found.named("effort").share.known
