"""A process that imports is killed with `kill -9`; `benchmarks/kill.py` does the same fifty times."""

import random

import pytest

from benchmarks.kill import bring, trial
from latido.store.lake import Lake

ROWS = 300


@pytest.fixture
def whole(tmp_path):
    lake = Lake.create(tmp_path / "lake")
    bring(lake, tmp_path, 0, ROWS)
    return lake


@pytest.mark.parametrize("fsyncs", [1, 7, 23, 24])
def test_killed_in_any_durable_step_it_leaves_a_whole_version(whole, tmp_path, fsyncs):
    found = trial(whole, tmp_path, 1, ROWS, fsyncs=fsyncs)
    assert (found.killed, found.whole, found.completed) == (True, True, True)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_a_random_moment_it_leaves_a_whole_version(whole, tmp_path, seed):
    found = trial(whole, tmp_path, 1, ROWS, delay=random.Random(seed).uniform(0.05, 0.4))
    assert (found.whole, found.completed) == (True, True)
