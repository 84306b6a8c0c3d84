"""Paths multiply along a way and add up over ways; what cannot be a chain is refused."""

import numpy as np
import pytest

from latido.stats.path_model import Construct, PathModel, direct_effects, explained_by_paths, total_effects


def model(*paths, names="abcd"):
    return PathModel(tuple(Construct(name, (name,)) for name in names), tuple(tuple(path) for path in paths))


def test_effects_multiply_along_a_way_and_add_up_over_ways():
    direct = np.zeros((3, 3))
    direct[0, 1], direct[1, 2], direct[0, 2] = 0.5, 0.4, 0.1
    assert total_effects(direct)[0, 2] == pytest.approx(0.1 + 0.5 * 0.4)


def test_stacks_of_effects_are_totalled_at_once():
    direct = np.zeros((5, 3, 3))
    direct[:, 0, 1], direct[:, 1, 2] = np.arange(5), 2
    assert total_effects(direct)[:, 0, 2].tolist() == [0, 2, 4, 6, 8]


def test_direct_effects_are_the_regressions():
    rows = np.random.default_rng(0).normal(size=(80, 3)) @ [[1, 0.5, 0.3], [0, 1, 0.4], [0, 0, 1]]
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    paths = model("ab", "ac", "bc", names="abc")
    direct = direct_effects(paths.arrows, np.corrcoef(rows, rowvar=False))
    expected = np.linalg.lstsq(z[:, :2], z[:, 2], rcond=None)[0]
    assert direct[:2, 2] == pytest.approx(expected)
    assert direct[0, 1] == pytest.approx(np.corrcoef(z[:, 0], z[:, 1])[0, 1])


def test_r2_is_that_of_the_regressions():
    rows = np.random.default_rng(1).normal(size=(80, 3)) @ [[1, 0.5, 0.3], [0, 1, 0.4], [0, 0, 1]]
    r = np.corrcoef(rows, rowvar=False)
    direct = direct_effects(model("ac", "bc", names="abc").arrows, r)
    fitted = rows[:, :2] @ np.linalg.lstsq(rows[:, :2] - rows[:, :2].mean(0), rows[:, 2], rcond=None)[0]
    assert explained_by_paths(direct, r) == pytest.approx([0, 0, np.corrcoef(fitted, rows[:, 2])[0, 1] ** 2])


def test_everything_that_a_way_leads_to_is_reached():
    assert model("ab", "bd", "cd").reaches() == (("a", "b"), ("a", "d"), ("b", "d"), ("c", "d"))


def test_indicators_measure_their_construct_with_their_sign():
    service = Construct("service", ("hours", "satisfaction"), (-1, 1))
    both = PathModel((service, Construct("loyalty", ("nps",))), (("service", "loyalty"),))
    assert both.membership.tolist() == [[-1, 0], [1, 0], [0, 1]]
    assert both.indicators == ("hours", "satisfaction", "nps")


@pytest.mark.parametrize("path", ["ba", "ax", "aa"])
def test_paths_run_forward_between_what_there_is(path):
    with pytest.raises(ValueError, match="no path"):
        model(path)


def test_a_path_is_there_once():
    with pytest.raises(ValueError, match="twice"):
        model("ab", "ab")


@pytest.mark.parametrize("indicators", [(("x",), ("x",)), (("x",), ())])
def test_an_indicator_measures_one_construct_and_each_has_one(indicators):
    with pytest.raises(ValueError, match="indicator"):
        PathModel(tuple(Construct(str(at), names) for at, names in enumerate(indicators)), ())
