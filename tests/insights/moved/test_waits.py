"""Curves of thousands of segments at once are those of each by itself."""

from __future__ import annotations

import numpy as np
import pytest

from latido.insights.moved.waits import Steps
from latido.stats.survival import SurvivalCurve, kaplan_meier

GROUPS, TIMES, AT = 3_000, 40, 20
CHANCE = np.random.default_rng(5)
K = CHANCE.integers(0, 30, (GROUPS, TIMES, 2)).astype(float)
GROUP, TIME = np.repeat(np.arange(GROUPS), TIMES), np.tile(np.arange(TIMES), GROUPS)
LAST = np.full(GROUPS, AT) + np.arange(GROUPS) * TIMES


def steps(k: np.ndarray, n: np.ndarray) -> Steps:
    """Events and observed by group, time and side."""
    return Steps(GROUP, TIME, {"n": n.reshape(-1, 2), "k": k.reshape(-1, 2)}, GROUPS, TIMES)


ALONE = np.ones(GROUPS)


def alone(k: np.ndarray, n: np.ndarray) -> SurvivalCurve:
    """The curve of one group and side by itself."""
    return kaplan_meier(np.arange(TIMES), k, n - k)


@pytest.mark.parametrize("side", [0, 1])
def test_many_curves_at_once_are_as_exact_as_one(side: int) -> None:
    # Everybody ends in every segment: the last step of each comes down to nothing.
    survival, greenwood, _n = steps(K, K).read(LAST, ALONE)[side]
    curve = alone(K[-1, :, side], K[-1, :, side])
    risk, ended = curve.at_risk[: AT + 1], curve.ended[: AT + 1]
    assert (survival[-1], greenwood[-1]) == (
        pytest.approx(curve.at(AT).value, rel=1e-9),
        pytest.approx(float((ended / (risk * (risk - ended))).sum()), rel=1e-9),
    )


def test_half_of_both_is_the_first_time_by_which_half_has_had_the_event() -> None:
    # Of four times two events each, half is over exactly at the second.
    k = np.zeros((GROUPS, TIMES, 2))
    k[:, :4] = 1
    assert (steps(k, k).half() == np.arange(GROUPS) * TIMES + 1).all()


def test_where_half_never_has_the_event_it_is_the_last_time() -> None:
    n = np.ones((GROUPS, TIMES, 2))
    assert (steps(np.zeros_like(n), n).half() == np.arange(GROUPS) * TIMES + TIMES - 1).all()


def test_before_the_first_time_everybody_waits() -> None:
    few = Steps(np.zeros(2, dtype=int), np.array([3, 5]), {"n": np.ones((2, 2)), "k": np.ones((2, 2))}, 1, 9)
    assert np.array(few.read(few.at(2), np.ones(1))).ravel().tolist() == [1, 0, 2, 1, 0, 2]


def test_waits_that_belong_together_count_as_fewer() -> None:
    k = np.zeros((GROUPS, TIMES, 2))
    k[:, :4] = 1
    (survival, greenwood, n), _other = steps(k, k).read(LAST, ALONE)
    (same, more, fewer), _other = steps(k, k).read(LAST, 2 * ALONE)
    assert (same[-1], more[-1], fewer[-1]) == (survival[-1], 2 * greenwood[-1], n[-1] / 2)
