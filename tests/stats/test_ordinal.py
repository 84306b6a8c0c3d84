"""Proportional odds against R's published `housing` and statsmodels."""

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from latido.stats.ordinal import proportional_odds

# Satisfaction (low, medium, high) of 1,681 tenants in Copenhagen by contact (low, high), type of housing (tower,
# apartment, atrium, terrace) and influence (low, medium, high): `housing` of R's MASS. Madsen (1976),
# Scandinavian Journal of Statistics 3:97.
HOUSING = np.array(
    [
        [[21, 21, 28], [34, 22, 36], [10, 11, 36]],
        [[61, 23, 17], [43, 35, 40], [26, 18, 54]],
        [[13, 9, 10], [8, 8, 12], [6, 7, 9]],
        [[18, 6, 7], [15, 13, 13], [7, 5, 11]],
        [[14, 19, 37], [17, 23, 40], [3, 5, 23]],
        [[78, 46, 43], [48, 45, 86], [15, 25, 62]],
        [[20, 23, 20], [10, 22, 24], [7, 10, 21]],
        [[57, 23, 13], [31, 21, 13], [5, 6, 13]],
    ]
).reshape(24, 3)
CONTACT, TYPE, INFLUENCE = (side.ravel() for side in np.indices((2, 4, 3)))
FEATURES = 1.0 * np.column_stack([INFLUENCE == 1, INFLUENCE == 2, TYPE == 1, TYPE == 2, TYPE == 3, CONTACT == 1])


@pytest.fixture(scope="module")
def housing():
    return proportional_odds(FEATURES, HOUSING)


def test_housing_coefficients_are_those_of_polr(housing):
    assert housing.coefficients == pytest.approx([0.566, 1.289, -0.572, -0.366, -1.091, 0.360], abs=5e-4)


def test_housing_cuts_and_deviance_are_those_of_polr(housing):
    assert housing.cuts == pytest.approx([-0.496, 0.691], abs=5e-4)
    assert housing.deviance == pytest.approx(3479.149, abs=5e-4)
    assert (housing.n, housing.converged) == (1681, True)


def test_housing_errors_are_those_of_polr(housing):
    # Venables & Ripley (2002), Modern Applied Statistics with S, 7.3.
    assert housing.errors == pytest.approx([0.10465, 0.12716, 0.11924, 0.15517, 0.15149, 0.09554], abs=2e-5)


def test_probabilities_add_up_and_are_those_of_statsmodels(housing):
    rows = np.repeat(FEATURES, HOUSING.sum(axis=1), axis=0)
    answers = np.concatenate([np.repeat([0, 1, 2], counts) for counts in HOUSING])
    theirs = OrderedModel(answers, rows, distr="logit").fit(method="bfgs", disp=0)
    ours = housing.probabilities(FEATURES)
    assert ours.sum(axis=1) == pytest.approx(np.ones(24))
    assert ours == pytest.approx(np.asarray(theirs.predict(FEATURES)), abs=1e-4)


def test_influence_multiplies_the_odds(housing):
    odds = housing.odds_ratio(1)
    assert odds.value == pytest.approx(np.exp(1.289), rel=1e-3)
    assert odds.low > 1


def test_without_features_the_chances_are_the_shares():
    model = proportional_odds(np.zeros((1, 1)), [[10, 30, 60]])
    assert model.probabilities([[0.0]])[0] == pytest.approx([0.1, 0.3, 0.6])


def test_two_answers_are_logistic_regression():
    # A 2 × 2 table: the coefficient is the log odds ratio.
    model = proportional_odds([[0], [1]], [[30, 10], [20, 40]])
    assert model.coefficients[0] == pytest.approx(np.log(30 * 40 / (10 * 20)))
    assert model.errors[0] == pytest.approx(np.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 40))


def test_eleven_answers_of_many_customers():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(3000, 4))
    mood = x @ [0.8, -0.4, 0.2, 0] + rng.logistic(size=3000)
    below = np.cumsum([0.03, 0.02, 0.03, 0.03, 0.04, 0.07, 0.08, 0.15, 0.2, 0.15])
    answers = np.digitize(mood, np.quantile(mood, below))
    model = proportional_odds(x, np.eye(11)[answers])
    assert model.converged
    assert model.coefficients == pytest.approx([0.8, -0.4, 0.2, 0], abs=0.12)
    assert (np.diff(model.cuts) > 0).all()


def test_a_feature_that_separates_the_answers_does_not_converge_to_nonsense():
    model = proportional_odds([[0], [1]], [[50, 0], [0, 50]])
    assert model.probabilities([[1.0]])[0] == pytest.approx([0, 1], abs=1e-4)


@pytest.mark.parametrize("counts", [[[5]], [[5, 0, 3]], [[0, 0]]])
def test_answers_that_were_never_given_are_to_be_left_out(counts):
    with pytest.raises(ValueError, match="at least once"):
        proportional_odds([[0.0]], counts)
