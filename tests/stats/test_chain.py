"""The chain against planted truths: waiting → effort → satisfaction → recommendation."""

import numpy as np
import pytest

from latido.stats.chain import chain
from latido.stats.moments import of_rows
from latido.stats.path_model import Construct, PathModel
from latido.stats.regression import least_squares

NAMES = ("hours", "effort", "csat", "nps")
MODEL = PathModel(
    tuple(Construct(name, (name,)) for name in NAMES),
    (("hours", "effort"), ("effort", "csat"), ("hours", "csat"), ("csat", "nps")),
)


def rows_of(seed, customers=500, each=2):
    """Every hour costs .2 of effort and .05 of satisfaction itself; every point of satisfaction is worth 12 of NPS."""
    rng = np.random.default_rng(seed)
    whose = np.repeat(np.arange(customers), each)

    def noise():
        return 0.7 * rng.normal(size=customers)[whose] + 0.7 * rng.normal(size=len(whose))

    hours = 6 + 3 * noise()
    effort = 3 + 0.2 * hours + noise()
    csat = 5 - 0.4 * effort - 0.05 * hours + noise()
    return whose, np.column_stack([hours, effort, csat, 12 * csat + 20 * noise()])


TOTAL = 12 * (-0.4 * 0.2 - 0.05)


def blocked(seed, blocks=150, **more):
    whose, rows = rows_of(seed, **more)
    block_of = np.random.default_rng(9_000 + seed).integers(0, blocks, whose.max() + 1)
    return of_rows(NAMES, rows, blocks=block_of[whose])


@pytest.fixture(scope="module")
def found():
    return chain(blocked(0), MODEL)


def test_an_hour_less_is_worth_points_of_nps(found):
    worth = found.effect("hours", "nps").worth(-1)
    assert worth.low < -TOTAL < worth.high
    assert worth.low > 0


def test_direct_and_indirect_make_the_total(found):
    effect = found.effect("hours", "csat")
    assert effect.direct.value + effect.indirect.value == pytest.approx(effect.total.value)


def test_without_a_path_between_all_is_indirect(found):
    effect = found.effect("hours", "nps")
    assert effect.direct.value == 0
    assert (effect.direct.low, effect.direct.high) == (0, 0)
    assert effect.indirect == effect.total


def test_direct_effects_are_least_squares(found):
    fit = least_squares(of_rows(NAMES, rows_of(0)[1]), "csat", ("hours", "effort"))
    assert found.effect("hours", "csat").direct.value == pytest.approx(fit.coefficients[0])
    assert found.effect("effort", "csat").direct.value == pytest.approx(fit.coefficients[1])
    assert found.r2[2].value == pytest.approx(fit.r2)


def test_in_standard_deviations_it_is_the_same_evidence(found):
    rows = rows_of(0)[1]
    ratio = rows[:, 0].std() / rows[:, 3].std()
    natural, z = found.effect("hours", "nps").total, found.effect("hours", "nps", standardized=True).total
    assert z.value == pytest.approx(natural.value * ratio)


def test_means_and_counts_come_along(found):
    rows = rows_of(0)[1]
    assert found.means == pytest.approx(tuple(rows.mean(axis=0)))
    assert (found.n, found.effective) == (1000, 1000)
    assert found.weights == (1, 1, 1, 1)


@pytest.fixture(scope="module")
def many():
    return [chain(blocked(seed), MODEL, samples=200) for seed in range(150)]


@pytest.mark.parametrize(
    ("source", "target", "truth"),
    [("hours", "nps", TOTAL), ("effort", "nps", -4.8), ("hours", "effort", 0.2), ("csat", "nps", 12)],
)
def test_intervals_cover(many, source, target, truth):
    each = [one.effect(source, target).total for one in many]
    assert np.mean([e.low <= truth <= e.high for e in each]) == pytest.approx(0.95, abs=0.04)


def test_several_indicators_are_one_construct():
    rng = np.random.default_rng(1)
    whose, rows = rows_of(2)
    two = np.column_stack([rows, rows[:, 1] + 0.1 * rng.normal(size=len(rows))])
    model = PathModel(
        (Construct("hours", ("hours",)), Construct("effort", ("effort", "again")), Construct("nps", ("nps",))),
        (("hours", "effort"), ("effort", "nps")),
    )
    blocks = of_rows((*NAMES, "again"), two, blocks=whose % 150)
    unit, pls = (chain(blocks, model, outer) for outer in ("unit", "pls"))
    assert unit.weights == (1, 0.5, 0.5, 1)
    assert sum(pls.weights[1:3]) == pytest.approx(1)
    one, other = (each.effect("hours", "nps").total.value for each in (unit, pls))
    assert one == pytest.approx(other, rel=0.02)


def test_indicators_in_different_units_are_scaled_first():
    whose, rows = rows_of(3)
    seconds = np.column_stack([rows[:, :1] * 3600, rows[:, 1:]])
    model = PathModel((Construct("service", ("hours", "effort")), Construct("nps", ("nps",))), (("service", "nps"),))
    here, there = (of_rows(NAMES, each, blocks=whose % 150) for each in (rows, seconds))
    one, other = (chain(blocks, model, scaled=True).effect("service", "nps").total for blocks in (here, there))
    assert one.value == pytest.approx(other.value)
    assert one.low == pytest.approx(other.low)


def test_the_same_seed_says_the_same():
    assert chain(blocked(4), MODEL, samples=50).effects == chain(blocked(4), MODEL, samples=50).effects
