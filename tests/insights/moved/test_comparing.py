"""Curves of thousands of segments at once are those of each by itself."""

from __future__ import annotations

import numpy as np
import pytest

from latido.insights.moved.comparing import _survival
from latido.stats.survival import kaplan_meier

GROUPS, TIMES, AT = 3_000, 40, 20


def test_many_curves_at_once_are_as_exact_as_one() -> None:
    chance = np.random.default_rng(5)
    k = chance.integers(1, 30, (GROUPS, TIMES)).astype(float)
    group, time = np.repeat(np.arange(GROUPS), TIMES), np.tile(np.arange(TIMES), GROUPS)
    # Everybody ends in every segment: the last step of each comes down to nothing.
    survival, greenwood = _survival(group, time, k.ravel(), k.ravel(), TIMES).read(np.full(GROUPS, AT))
    last = kaplan_meier(np.arange(TIMES), k[-1], np.zeros(TIMES))
    risk, ended = last.at_risk[: AT + 1], last.ended[: AT + 1]
    assert (survival[-1], greenwood[-1]) == (
        pytest.approx(last.survival[AT], rel=1e-9),
        pytest.approx(float((ended / (risk * (risk - ended))).sum()), rel=1e-9),
    )
