"""What holds in all tickets together may be the other way round within each channel."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata

from latido.insights.correlation.pair import Within
from latido.insights.correlation.within import within
from latido.stats.estimate import Estimate

POOLED = Estimate(0.5, 0.4, 0.6, 1_000)


def ranks(x: object, y: object) -> np.ndarray:
    return np.stack([rankdata(x), rankdata(y)], axis=1)


def paradox() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two channels: within each, more of one is less of the other; between them it is the reverse."""
    chance = np.random.default_rng(3)
    group = np.repeat([0, 1], 500)
    x = chance.normal(size=1_000)
    return ranks(x + 4 * group, -x + 8 * group + chance.normal(size=1_000)), group, np.arange(1_000) % 128


def test_simpsons_paradox_is_seen() -> None:
    values, group, block = paradox()
    found = within("channel", values, group, block)
    assert np.corrcoef(values.T)[0, 1] > 0.4
    assert (found.turns(POOLED), found.vanishes(POOLED), found.groups) == (True, False, 2)


def test_what_only_the_channels_differ_in_vanishes_within_them() -> None:
    chance = np.random.default_rng(4)
    group = np.repeat([0, 1, 2], 400)
    values = ranks(chance.normal(size=1_200) + 3 * group, chance.normal(size=1_200) + 3 * group)
    found = within("channel", values, group, np.arange(1_200) % 128)
    assert (found.vanishes(POOLED), found.turns(POOLED)) == (True, False)


def test_it_is_the_correlation_of_what_ranks_are_above_their_groups() -> None:
    values, group, block = paradox()
    left = values - np.stack([values[group == g].mean(axis=0) for g in (0, 1)])[group]
    assert within("channel", values, group, block).estimate.value == pytest.approx(np.corrcoef(left.T)[0, 1])


def test_units_without_a_channel_and_channels_of_a_few_do_not_count() -> None:
    values, group, block = paradox()
    strange = np.where(np.arange(1_000) < 300, -1, group)
    strange[300:305] = 2
    assert within("channel", values, strange, block).estimate.n == 695


def test_one_channel_alone_divides_nothing() -> None:
    values, _group, block = paradox()
    assert within("channel", values, np.zeros(1_000, int), block) is None


def test_what_is_as_large_as_before_has_not_vanished_though_fewer_units_say_so() -> None:
    assert not Within("channel", Estimate(0.4, -0.1, 0.8, 20), 2).vanishes(POOLED)
