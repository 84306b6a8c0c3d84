"""Small groups of people: what may be shown so that nobody is found by subtraction.

Hiding every group below k is not enough: a total less the groups shown beside it gives the hidden
one back. So respondents are put into *blocks* of at least k, once per survey, and every published
figure is a sum over whole blocks. Whatever figures are added and subtracted, the result is still a
sum over whole blocks: it speaks about nobody, or about k or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

PROTECTED = -1

Column = Sequence[str | None]


class _Part(NamedTuple):
    """People with the same category, or with one of several joined; ordered by size, then by name.

    Never by position: the same people in another order must fall into the same blocks.
    """

    size: int
    categories: tuple[str, ...]
    people: list[int]


def blocks(columns: Sequence[Column], k: int = 5) -> list[int]:
    """The block of each respondent.

    Respondents are split by the first dimension, each part by the second, and so on. A part below k
    is joined to its smallest sibling until it has k, so every split leaves parts of k or more.

    Args:
        columns: One sequence per dimension, the one that matters most first; None is a category too.
        k: Smallest group that may be shown.

    Returns:
        Block numbers from 0, or −1 (`PROTECTED`) for everybody where there are fewer than k in all.
        An answer to a question counts the blocks that lie wholly inside what was asked for; how many
        people it leaves out may be said.

    Make the blocks once for a population, not for each question: two partitions of the same people
    can be played against each other. For the same reason a wave is shown when it has ended, not
    while answers trickle in.

    Source: the recursive partition of Mondrian (LeFevre, DeWitt & Ramakrishnan 2006, ICDE).

    >>> blocks([["a"] * 5 + ["b"] * 3 + ["c"] * 2])
    [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    """
    people = len(columns[0]) if columns else 0
    numbers = [PROTECTED] * people
    if people >= k:
        for number, block in enumerate(_leaves(list(range(people)), columns, k)):
            for person in block:
                numbers[person] = number
    return numbers


def _leaves(people: list[int], columns: Sequence[Column], k: int) -> Iterator[list[int]]:
    if not columns:
        yield people
        return
    for part in _split(people, columns[0], k):
        yield from _leaves(part.people, columns[1:], k)


def _split(people: list[int], column: Column, k: int) -> list[_Part]:
    groups: dict[str, list[int]] = {}
    for person in people:
        category = column[person]
        # A category may be the empty text; none at all sorts before it.
        groups.setdefault("" if category is None else f"={category}", []).append(person)
    parts = _joined([_Part(len(group), (name,), group) for name, group in groups.items()], k)
    return sorted(parts, key=lambda part: part.categories)


def _joined(parts: list[_Part], k: int) -> list[_Part]:
    """Join the two smallest until the smallest has k."""
    heapify(parts)
    while parts[0].size < k and len(parts) > 1:
        small, next_small = heappop(parts), heappop(parts)
        names = tuple(sorted(small.categories + next_small.categories))
        heappush(parts, _Part(small.size + next_small.size, names, small.people + next_small.people))
    return parts
