"""What a proportional-odds model expects, against differences by hand, and how often its interval holds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from latido.stats.expected import expected_change
from latido.stats.ordinal import proportional_odds


def answers(seed: int, customers: int = 1_500, each: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, answers 0…4, and each row's customer, whose mood all their answers share."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(customers), each)
    x = rng.normal(size=(customers, 2))[who] + 0.2 * rng.normal(size=(len(who), 2))
    mood = 0.7 * x[:, 0] - 0.3 * x[:, 1] + rng.logistic(size=len(who)) + rng.normal(size=customers)[who]
    return x, np.digitize(mood, [-2, -1, 0, 1.5]).astype(float), who


X, Y, WHO = answers(1)
DOWN = X - [1, 0]


def test_the_change_is_the_difference_of_the_expected_answers() -> None:
    model = proportional_odds(X, np.eye(5)[Y.astype(int)])
    by_hand = (model.probabilities(DOWN) - model.probabilities(X)) @ np.arange(5)
    found = expected_change(X, DOWN, Y, [Y], blocks=WHO % 128)
    assert found.changes[0].value == pytest.approx(by_hand.mean(), rel=1e-6)


def test_two_answers_are_logistic_regression() -> None:
    y = (Y > 2).astype(float)
    model = proportional_odds(X, np.eye(2)[y.astype(int)])
    cut, b = model.cuts[0], model.coefficients
    chance = expit(DOWN @ b - cut).mean() - expit(X @ b - cut).mean()
    assert expected_change(X, DOWN, y, [100 * y], blocks=WHO % 128).changes[0].value == pytest.approx(
        100 * chance, rel=1e-6
    )


def test_a_reading_counts_what_its_answers_count() -> None:
    points = np.where(Y == 4, 100.0, np.where(Y < 3, -100.0, 0.0))
    score, net = expected_change(X, DOWN, Y, [Y, points], blocks=WHO % 128).changes
    assert (score.value < 0, net.value < -5, net.low < net.value < net.high) == (True, True, True)


def test_features_in_other_units_say_the_same() -> None:
    scaled = [1000, 0.01]
    plain = expected_change(X, DOWN, Y, [Y], blocks=WHO % 128).changes[0]
    other = expected_change(X * scaled + 7, DOWN * scaled + 7, Y, [Y], blocks=WHO % 128).changes[0]
    assert (other.value, other.low) == (pytest.approx(plain.value, rel=1e-6), pytest.approx(plain.low, rel=1e-5))


def test_an_outcome_without_steps_is_taken_in_tenths() -> None:
    money = 10 + 3 * X[:, 0] + np.random.default_rng(3).normal(size=len(X))
    change = expected_change(X, DOWN, money, [money], blocks=WHO % 128).changes[0]
    assert change.value == pytest.approx(-3, abs=0.4)


def _held(seed: int, truth: float) -> bool:
    x, y, who = answers(seed, 600, 3)
    change = expected_change(x, x - [1, 0], y, [y], blocks=who % 100).changes[0]
    return change.low <= truth <= change.high


def test_intervals_hold_the_truth_where_customers_answer_three_times() -> None:
    # The truth of this population, from a million answers: what the model would say of all of them.
    x, y, _who = answers(99, 250_000)
    truth = expected_change(x, x - [1, 0], y, [y], blocks=np.arange(len(y)) % 100).changes[0].value
    assert np.mean([_held(seed, truth) for seed in range(150)]) == pytest.approx(0.95, abs=0.05)
