"""Nobody is found by subtraction."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.stats.protection import PROTECTED, blocks

K = 5
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["sales", "care", "field", "it", None]),
        st.sampled_from(["Madrid", "Sevilla", "Puebla"]),
        st.sampled_from(["f", "m", "x", ""]),
    ),
    min_size=0,
    max_size=60,
)


def columns(people):
    return [list(column) for column in zip(*people, strict=True)] if people else [[], [], []]


def whole(numbers, asked):
    """Who is counted in an answer about those `asked` for: members of blocks that lie wholly inside."""
    torn = {PROTECTED} | {block for block, inside in zip(numbers, asked, strict=True) if not inside}
    return [block not in torn for block in numbers]


def filters(people):
    """Every filter on one dimension, and every one on two, as who is asked for."""
    table = columns(people)
    one = [[value == wanted for value in column] for column in table for wanted in dict.fromkeys(column)]
    return [*one, *([a and b for a, b in zip(x, y, strict=True)] for x, y in combinations(one, 2))]


def published(people):
    """The people summed in each figure that is published: everybody, and the whole blocks of each filter."""
    numbers = blocks(columns(people), K)
    everybody = [True] * len(people)
    return [np.array(whole(numbers, asked), dtype=int) for asked in [everybody, *filters(people)]]


@given(PEOPLE)
def test_every_block_has_k_people_or_is_never_shown(people):
    sizes = Counter(blocks(columns(people), K))
    assert all(size >= K for number, size in sizes.items() if number != PROTECTED)


@given(PEOPLE)
def test_all_are_in_blocks_or_none_is(people):
    numbers = blocks(columns(people), K)
    assert (PROTECTED in numbers) == (0 < len(people) < K)


@settings(max_examples=25)
@given(PEOPLE)
def test_no_two_figures_differ_by_fewer_than_k_people(people):
    differences = [abs(a - b).sum() for a, b in combinations(published(people), 2)]
    assert all(count == 0 or count >= K for count in differences)


@settings(max_examples=25)
@given(PEOPLE, st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([-2, -1, 1, 2])), min_size=3, max_size=3))
def test_no_sum_of_three_figures_rests_on_fewer_than_k_people(people, picked):
    figures = published(people)
    combined = sum(weight * figures[i % len(figures)] for i, weight in picked)
    touched = int(np.count_nonzero(combined))
    assert touched == 0 or touched >= K


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_same_people_in_another_order_fall_into_the_same_blocks(people, random):
    order = list(range(len(people)))
    random.shuffle(order)
    there, shuffled = blocks(columns(people), K), blocks(columns([people[i] for i in order]), K)
    assert _groups([there[i] for i in order]) == _groups(shuffled)


def _groups(numbers):
    return {frozenset(i for i, n in enumerate(numbers) if n == number) for number in numbers}


def test_large_categories_are_not_joined():
    assert blocks([["a"] * 5 + ["b"] * 6], K) == [0] * 5 + [1] * 6


def test_a_small_category_joins_its_smallest_sibling():
    assert blocks([["a"] * 9 + ["b"] * 6 + ["c"] * 2], K) == [0] * 9 + [1] * 8


def test_second_dimension_splits_what_the_first_left():
    assert blocks([["a"] * 10 + ["b"] * 5, ["x", "y"] * 5 + ["x"] * 5], K) == [0, 1] * 5 + [2] * 5


def test_fewer_than_k_are_never_shown():
    assert blocks([["a", "a", "b", "b"]], K) == [PROTECTED] * 4


@pytest.mark.parametrize("dimensions", [[], [[]]])
def test_nobody_has_no_blocks(dimensions):
    assert blocks(dimensions, K) == []


def test_none_is_a_category_and_not_the_empty_text():
    assert blocks([[None] * 5 + [""] * 5], K) == [0] * 5 + [1] * 5
