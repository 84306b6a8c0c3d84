"""A chain whose links know different rows: that of one set of rows where all is known, and right where it is not."""

import numpy as np
import pytest

from latido.stats.chain import chain, chain_of_links
from latido.stats.moments import of_rows
from latido.stats.path_model import Construct, PathModel
from latido.stats.regression import least_squares
from tests.stats.test_chain import MODEL, NAMES, TOTAL, rows_of

LINKS = {"effort": ("effort", "hours"), "csat": ("csat", "hours", "effort"), "nps": ("nps", "csat")}


def blocks_of(seed, whose, blocks=128):
    return np.random.default_rng(9_000 + seed).integers(0, blocks, whose.max() + 1)[whose]


def linked(rows, blocks):
    """Each link's moments, from the rows that know its variables."""
    return {
        target: of_rows(names, rows[:, [NAMES.index(name) for name in names]], blocks=blocks)
        for target, names in LINKS.items()
    }


def answered(seed, rows):
    """Who waited longer rates the effort less often; who found it hard, satisfaction; who was content, the rest."""
    rng = np.random.default_rng(500 + seed)
    hours, effort, csat, _nps = rows.T
    known = rows.copy()
    known[rng.random(len(rows)) > 1 / (1 + np.exp((hours - 8) / 3)), 1] = np.nan
    known[rng.random(len(rows)) > 1 / (1 + np.exp(effort - 5)), 2] = np.nan
    known[rng.random(len(rows)) > 1 / (1 + np.exp(-(csat - 2))), 3] = np.nan
    return known


def of_answers(seed, samples=200):
    whose, rows = rows_of(seed, customers=700)
    return chain_of_links(linked(answered(seed, rows), blocks_of(seed, whose)), MODEL, samples=samples)


@pytest.fixture(scope="module")
def whole():
    whose, rows = rows_of(0)
    return rows, blocks_of(0, whose)


def numbers(effects):
    """Value and bounds of every total and direct effect."""
    return [(e.total.value, e.total.low, e.total.high, e.direct.low, e.direct.high) for e in effects]


@pytest.mark.parametrize("outer", ["unit", "pls"])
@pytest.mark.parametrize("each", ["effects", "standardized"])
def test_where_all_is_known_it_is_the_chain(whole, outer, each):
    rows, blocks = whole
    one = chain(of_rows(NAMES, rows, blocks=blocks), MODEL, outer)
    other = chain_of_links(linked(rows, blocks), MODEL, outer)
    assert np.array(numbers(getattr(one, each))) == pytest.approx(np.array(numbers(getattr(other, each))))


def test_each_link_is_the_regression_on_its_own_rows(whole):
    known, blocks = answered(0, whole[0]), whole[1]
    found = chain_of_links(linked(known, blocks), MODEL)
    fit = least_squares(of_rows(LINKS["csat"], known[:, [2, 0, 1]]), "csat", ("hours", "effort"))
    assert found.effect("effort", "csat").direct.value == pytest.approx(fit.coefficients[1])
    assert found.r2[2].value == pytest.approx(fit.r2)
    assert found.effect("effort", "csat").direct.n == fit.n


def test_a_way_is_the_product_of_its_links(whole):
    found = chain_of_links(linked(answered(0, whole[0]), whole[1]), MODEL)
    over = found.effect("hours", "effort").direct.value * found.effect("effort", "csat").direct.value
    assert found.effect("hours", "csat").indirect.value == pytest.approx(over)


def test_a_way_rests_on_as_many_rows_as_its_weakest_link(whole):
    known = answered(0, whole[0])
    found = chain_of_links(linked(known, whole[1]), MODEL)
    assert found.rows == (0, *(np.isfinite(known[:, at]).all(axis=1).sum() for at in ([0, 1], [0, 1, 2], [2, 3])))
    assert found.effect("hours", "nps").total.n == found.n == min(found.rows[1:])


@pytest.fixture(scope="module")
def many():
    return [of_answers(seed) for seed in range(150)]


@pytest.mark.parametrize(
    ("source", "target", "truth"),
    [("hours", "nps", TOTAL), ("effort", "nps", -4.8), ("hours", "effort", 0.2), ("csat", "nps", 12)],
)
def test_intervals_cover_where_answers_are_missing_at_random(many, source, target, truth):
    each = [one.effect(source, target).total for one in many]
    assert np.mean([e.low <= truth <= e.high for e in each]) == pytest.approx(0.95, abs=0.04)


def test_no_single_row_need_know_all(whole):
    rows = whole[0].copy()
    rows[::2, 3], rows[1::2, 0] = np.nan, np.nan
    found = chain_of_links(linked(rows, whole[1]), MODEL).effect("hours", "nps").total
    assert found.low < TOTAL < found.high


def test_only_the_constructs_that_are_named_are_scaled():
    whose, rows = rows_of(3)
    seconds = np.column_stack([rows[:, :1] * 3600, rows[:, 1:]])
    model = PathModel((Construct("service", ("hours", "effort")), Construct("nps", ("nps",))), (("service", "nps"),))
    here, there = (
        chain_of_links({"nps": of_rows(NAMES, each, blocks=whose % 150)}, model, scaled=("service",))
        for each in (rows, seconds)
    )
    assert here.weights == pytest.approx((0.5 / rows[:, 0].std(), 0.5 / rows[:, 1].std(), 1))
    assert here.effect("service", "nps").total.value == pytest.approx(there.effect("service", "nps").total.value)
    assert here.by_indicator["hours", "nps"].value == pytest.approx(3600 * there.by_indicator["hours", "nps"].value)


def test_an_indicator_goes_with_its_weight_of_what_its_construct_goes_with(whole):
    rows, blocks = whole
    two = np.column_stack([rows, rows[:, 0] + np.random.default_rng(1).normal(size=len(rows))])
    model = PathModel((Construct("waiting", ("hours", "again")), *MODEL.constructs[1:3]),
                      (("waiting", "effort"), ("effort", "csat")))  # fmt: skip
    found = chain(of_rows((*NAMES, "again"), two, blocks=blocks), model)
    half, total = found.by_indicator["again", "csat"], found.effect("waiting", "csat").total
    assert (half.value, half.low, half.high) == pytest.approx((total.value / 2, total.low / 2, total.high / 2))


def test_the_same_seed_says_the_same():
    assert of_answers(4, samples=50).effects == of_answers(4, samples=50).effects
