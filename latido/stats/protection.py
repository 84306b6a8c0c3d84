"""Small groups of people: what may be shown so that nobody is found by subtraction.

Hiding every group below k is not enough: a total less the groups shown beside it gives the hidden
one back. So respondents are put into *blocks* of at least k, once per survey, and every published
figure is a sum over whole blocks. Whatever figures are added and subtracted, the result is still a
sum over whole blocks: it speaks about nobody, or about k or more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

PROTECTED = -1


def blocks(columns: Sequence[Sequence[str | None]], k: int = 5) -> list[int]:
    """The block of each respondent.

    Respondents are split by the first dimension, each part by the second, and so on. A part below k
    is joined to its smallest sibling until it has k, so every split leaves parts of k or more.

    Args:
        columns: One sequence per dimension, most important first; None is a category of its own.
        k: Smallest group that may be shown.

    Returns:
        Block numbers from 0, or −1 (`PROTECTED`) for everybody where there are fewer than k in all.

    The blocks must be made once for a population, not for each question: two partitions of the same
    people can be played against each other.

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


def whole(numbers: Sequence[int], asked: Sequence[bool]) -> list[bool]:
    """Who may be counted in an answer about those `asked` for: members of blocks that lie wholly inside."""
    straddling = {PROTECTED} | {b for b, inside in zip(numbers, asked, strict=True) if not inside}
    return [inside and b not in straddling for b, inside in zip(numbers, asked, strict=True)]


def _leaves(people: list[int], columns: Sequence[Sequence[str | None]], k: int) -> Iterator[list[int]]:
    if not columns:
        yield people
        return
    for part in _split(people, columns[0], k):
        yield from _leaves(part, columns[1:], k)


def _split(people: list[int], column: Sequence[str | None], k: int) -> list[list[int]]:
    groups: dict[str | None, list[int]] = {}
    for person in people:
        groups.setdefault(column[person], []).append(person)
    return _joined(list(groups.values()), k)


def _joined(parts: list[list[int]], k: int) -> list[list[int]]:
    """Join the two smallest until the smallest has k; ties by who comes first."""
    heap = [(len(part), part[0], part) for part in parts]
    heapify(heap)
    while heap[0][0] < k and len(heap) > 1:
        _, _, small = heappop(heap)
        _, _, next_small = heappop(heap)
        part = sorted(small + next_small)
        heappush(heap, (len(part), part[0], part))
    return [part for _, _, part in sorted(heap, key=lambda entry: entry[1])]
