"""Least squares from moments against statsmodels and R's published R²."""

from math import inf, isnan

import numpy as np
import pytest
from statsmodels.api import OLS, WLS, add_constant
from statsmodels.stats.outliers_influence import variance_inflation_factor

from latido.stats.moments import of_rows
from latido.stats.regression import least_squares, slopes, standardized, vif
from tests.stats.published import SWISS, SWISS_NAMES

NAMES = ("y", "a", "b", "c")


def rows_of(seed, n=120):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3)) @ [[1, 0.6, 0], [0, 1, 0.4], [0, 0, 5]] + [10, 0, -40]
    return np.column_stack([x @ [0.5, -1, 0.1] + rng.normal(size=n), x])


@pytest.fixture(scope="module")
def rows():
    return rows_of(0)


@pytest.fixture(scope="module")
def fit(rows):
    return least_squares(of_rows(NAMES, rows), "y", NAMES[1:])


def test_swiss_r2_is_that_of_r():
    fit = least_squares(of_rows(SWISS_NAMES, SWISS), "Fertility", SWISS_NAMES[1:])
    assert fit.r2 == pytest.approx(0.706735001593, abs=1e-12)


def test_coefficients_and_errors_are_those_of_statsmodels(rows, fit):
    theirs = OLS(rows[:, 0], add_constant(rows[:, 1:])).fit()
    assert [fit.intercept, *fit.coefficients] == pytest.approx(theirs.params)
    assert fit.errors == pytest.approx(theirs.bse[1:])
    assert (fit.r2, fit.adjusted, fit.degrees) == pytest.approx((theirs.rsquared, theirs.rsquared_adj, 116))


def test_intervals_are_those_of_statsmodels(rows, fit):
    theirs = OLS(rows[:, 0], add_constant(rows[:, 1:])).fit().conf_int()[2]
    ours = fit.coefficient("b")
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs))


def test_weighted_coefficients_are_those_of_statsmodels(rows):
    weights = np.random.default_rng(1).uniform(0.5, 3, len(rows))
    theirs = WLS(rows[:, 0], add_constant(rows[:, 1:]), weights=weights).fit()
    fit = least_squares(of_rows(NAMES, rows, weights), "y", NAMES[1:])
    assert fit.coefficients == pytest.approx(theirs.params[1:])


def test_unequal_weights_are_worth_fewer_rows(rows):
    weights = np.repeat([1, 9], [60, 60])
    fit = least_squares(of_rows(NAMES, rows, weights), "y", NAMES[1:])
    assert fit.degrees == pytest.approx(600**2 / (60 * 82) - 4)


def test_standardized_coefficients_are_those_of_z_scores(rows, fit):
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    assert fit.standardized == pytest.approx(np.linalg.lstsq(z[:, 1:], z[:, 0], rcond=None)[0])


def test_inflation_is_that_of_statsmodels(rows, fit):
    design = add_constant(rows[:, 1:])
    assert fit.vif == pytest.approx([variance_inflation_factor(design, at) for at in (1, 2, 3)])


def test_one_that_repeats_another_shares_with_it(rows):
    twice = np.column_stack([rows, rows[:, 1]])
    fit = least_squares(of_rows((*NAMES, "again"), twice), "y", ("a", "b", "c", "again"))
    assert fit.coefficients[0] == pytest.approx(fit.coefficients[3])
    assert fit.vif[0] == fit.vif[3] == fit.errors[0] == inf
    assert np.isfinite(fit.vif[1:3]).all()


def test_one_that_does_not_vary_explains_nothing(rows):
    flat = rows.copy()
    flat[:, 2] = 7
    fit = least_squares(of_rows(NAMES, flat), "y", NAMES[1:])
    assert fit.coefficients[1] == 0
    assert fit.errors[1] == inf


def test_an_outcome_that_does_not_vary_is_not_explained(rows):
    flat = rows.copy()
    flat[:, 0] = 7
    assert least_squares(of_rows(NAMES, flat), "y", NAMES[1:]).r2 == 0


def test_fewer_rows_than_predictors_have_no_interval(rows):
    fit = least_squares(of_rows(NAMES, rows[:4]), "y", NAMES[1:])
    assert isnan(fit.adjusted)
    assert fit.coefficient("a").high == inf


def test_stacks_are_fitted_at_once():
    both = [of_rows(NAMES, rows_of(seed)) for seed in (3, 4)]
    at_once = slopes(of_rows(NAMES, np.vstack([rows_of(3), rows_of(4)]), blocks=np.repeat([0, 1], 120)))
    assert at_once == pytest.approx(np.stack([least_squares(m, "y", NAMES[1:]).coefficients for m in both]))


def test_unrelated_predictors_do_not_inflate():
    assert vif(np.eye(4)).tolist() == [1, 1, 1, 1]


def test_of_unrelated_predictors_it_is_the_correlation():
    r = np.array([[1, 0.5, 0.2], [0.5, 1, 0], [0.2, 0, 1]])
    assert standardized(r) == pytest.approx([0.5, 0.2])
