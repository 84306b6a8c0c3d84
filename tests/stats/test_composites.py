"""Partial least squares against plspm's published example, and equal weights against plain means."""

import numpy as np
import pytest

from latido.stats.composites import NotConvergedError, composite_covariance, pls_weights, unit_weights
from latido.stats.moments import correlation
from latido.stats.path_model import Construct, PathModel, direct_effects, total_effects
from tests.stats.satisfaction import CONSTRUCTS, COVARIANCE, DIRECT, TOTAL

MODEL = PathModel(
    (Construct("touchpoint", ("a", "b", "c")), Construct("journey", ("d", "e")), Construct("loyalty", ("f",))),
    (("touchpoint", "journey"), ("touchpoint", "loyalty"), ("journey", "loyalty")),
)


def rows_of(seed, n=400):
    rng = np.random.default_rng(seed)
    touch = rng.normal(size=n)
    journey = 0.7 * touch + rng.normal(size=n)
    loyalty = 0.5 * journey + 0.2 * touch + rng.normal(size=n)
    loadings = np.array([[1, 0.8, 0.6, 0, 0, 0], [0, 0, 0, 1, 0.7, 0], [0, 0, 0, 0, 0, 1]])
    return np.column_stack([touch, journey, loyalty]) @ loadings + 0.5 * rng.normal(size=(n, 6))


def covariance_of(seed):
    return np.cov(rows_of(seed), rowvar=False, ddof=0)


def paths_of(model, covariance, weights):
    return direct_effects(model.arrows, correlation(composite_covariance(weights, covariance)))


@pytest.fixture(scope="module")
def published():
    model = PathModel(tuple(Construct(name, indicators) for name, indicators in CONSTRUCTS.items()), tuple(DIRECT))
    return model, paths_of(model, COVARIANCE, pls_weights(model, COVARIANCE))


@pytest.mark.parametrize("path", DIRECT, ids="→".join)
def test_paths_are_those_of_plspm(published, path):
    model, direct = published
    at = tuple(model.names.index(name) for name in path)
    assert direct[at] == pytest.approx(DIRECT[path], abs=2e-6)


@pytest.mark.parametrize("pair", TOTAL, ids="→".join)
def test_total_effects_are_those_of_plspm(published, pair):
    model, direct = published
    at = tuple(model.names.index(name) for name in pair)
    assert total_effects(direct)[at] == pytest.approx(TOTAL[pair], abs=2e-6)


def test_equal_weights_say_nearly_the_same(published):
    model, direct = published
    plain = paths_of(model, COVARIANCE, unit_weights(model, COVARIANCE))
    assert np.abs(plain - direct).max() < 0.05


def test_equal_weights_are_the_mean():
    rows = rows_of(0)
    weights = unit_weights(MODEL, covariance_of(0))
    assert (rows @ weights)[:, 0] == pytest.approx(rows[:, :3].mean(axis=1))


def test_scaled_equal_weights_are_the_mean_of_z_scores():
    rows = rows_of(0) * [1, 10, 100, 1, 1, 1]
    weights = unit_weights(MODEL, np.cov(rows, rowvar=False, ddof=0), scaled=True)
    assert (rows @ weights)[:, 0] == pytest.approx((rows / rows.std(axis=0))[:, :3].mean(axis=1))


def test_units_do_not_matter_to_scaled_partial_least_squares():
    units = np.array([1, 10, 100, 1, 3, 7])
    here, there = covariance_of(1), covariance_of(1) * np.outer(units, units)
    plain = paths_of(MODEL, here, pls_weights(MODEL, here, scaled=True))
    assert paths_of(MODEL, there, pls_weights(MODEL, there, scaled=True)) == pytest.approx(plain)


@pytest.mark.parametrize("scheme", ["centroid", "path"])
def test_with_one_indicator_each_it_is_least_squares(scheme):
    single = PathModel(
        (Construct("x", ("a",)), Construct("y", ("d",)), Construct("z", ("f",))), (("x", "y"), ("y", "z"), ("x", "z"))
    )
    covariance = covariance_of(2)[np.ix_([0, 3, 5], [0, 3, 5])]
    weights = pls_weights(single, covariance, scheme=scheme)
    assert weights == pytest.approx(np.eye(3))


def test_weights_add_up_to_one():
    weights = pls_weights(MODEL, covariance_of(3))
    assert weights.sum(axis=0) == pytest.approx([1, 1, 1])


def test_the_better_indicator_counts_more():
    weights = pls_weights(MODEL, covariance_of(4))
    assert weights[0, 0] > weights[2, 0]


def test_the_schemes_agree_on_what_is_clear():
    one, other = (pls_weights(MODEL, covariance_of(5), scheme=scheme) for scheme in ("centroid", "path"))
    assert one == pytest.approx(other, abs=0.02)


def test_samples_go_through_together():
    both = np.stack([covariance_of(6), covariance_of(7)])
    assert pls_weights(MODEL, both)[1] == pytest.approx(pls_weights(MODEL, covariance_of(7)), abs=1e-9)


def test_a_reversed_indicator_turns_its_weight_not_the_construct():
    turned = PathModel(
        (Construct("touchpoint", ("a", "b", "c"), (-1, 1, 1)), *MODEL.constructs[1:]),
        MODEL.paths,
    )
    flip = np.array([-1, 1, 1, 1, 1, 1])
    covariance = covariance_of(8)
    weights = pls_weights(turned, covariance * np.outer(flip, flip))
    assert weights == pytest.approx(pls_weights(MODEL, covariance) * flip[:, None])


def test_a_construct_without_neighbours_stands_for_itself():
    alone = PathModel((*MODEL.constructs, Construct("else", ("g",))), MODEL.paths)
    covariance = np.cov(np.column_stack([rows_of(9), np.random.default_rng(1).normal(size=400)]), rowvar=False)
    assert pls_weights(alone, covariance)[6, 3] == pytest.approx(1)


def test_weights_that_never_settle_are_said_to(monkeypatch):
    monkeypatch.setattr("latido.stats.composites._ROUNDS", 1)
    with pytest.raises(NotConvergedError, match="take equal weights"):
        pls_weights(MODEL, covariance_of(10))
