"""What answers of a finite, clustered, half-hearted population are worth."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latido.stats.design import USUAL, Design

DESIGNS = st.builds(
    Design,
    alpha=st.sampled_from([0.01, 0.05, 0.1]),
    power=st.sampled_from([0.5, 0.8, 0.9]),
    sides=st.sampled_from([1, 2]),
    groups=st.sampled_from([1, 2]),
    deff=st.floats(1, 3),
    population=st.one_of(st.none(), st.integers(2_000, 10**6)),
)


@given(DESIGNS, st.floats(2, 2000))
def test_answers_and_their_independent_worth_are_inverse(design, n):
    assert design.answers(design.independent(n)) == pytest.approx(n) or n >= 2000


def test_usual_quantiles_are_the_textbook_ones():
    assert (USUAL.z_alpha, USUAL.z_power) == pytest.approx((1.959964, 0.841621), abs=1e-6)
    assert Design(sides=1).z_alpha == pytest.approx(1.644854, abs=1e-6)


def test_half_of_a_population_is_worth_nearly_twice_as_many():
    assert Design(population=1000).independent(500) == pytest.approx(999)


def test_a_census_is_worth_endlessly_many():
    assert Design(population=400).independent(400) == inf


def test_whole_answers_and_whole_invitations():
    asked = Design(deff=1.5, response=0.3).asking(100)
    assert (asked.n, asked.invitations) == (150, 500)


def test_at_least_one_is_asked():
    assert USUAL.asking(0).n == 1


def test_it_is_feasible_as_long_as_there_are_so_many():
    assert Design(population=500, response=0.5).asking(200).feasible
    assert not Design(population=500, response=0.2).asking(200).feasible
