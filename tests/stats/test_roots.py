"""Halving finds where a rising function reaches a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.roots import reaches


@given(st.floats(0.001, 1e6))
def test_it_finds_the_square_root(x):
    assert reaches(lambda r: r * r, x, 0, 1e4) == pytest.approx(x**0.5, rel=1e-8)


def test_a_step_is_reached_where_it_is():
    assert reaches(lambda x: float(x >= 3), 1, 0, 10) == pytest.approx(3)


def test_what_is_never_reached_is_the_end():
    assert reaches(lambda x: x, 99, 0, 10) == 10


def test_what_is_reached_already_is_the_beginning():
    assert reaches(lambda x: x, -1, 0, 10) == 0
