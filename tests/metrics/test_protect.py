"""Colleagues: no question, and no two questions together, say what fewer than five of them answered."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations, permutations
from math import isnan
from typing import Any

import pytest

from latido.errors import ProtectedError, UnknownNameError
from latido.metrics import measure
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from tests.metrics.tables import answers, derived

TEAMS, SITES = ("billing", "field", "sales"), ("Madrid", "Puebla")


@cache
def staff() -> Any:
    """37 people in three teams at two sites, the smallest group one person, over two months."""
    sizes = {("billing", "Madrid"): 9, ("billing", "Puebla"): 6, ("field", "Madrid"): 4, ("field", "Puebla"): 11,
             ("sales", "Madrid"): 6, ("sales", "Puebla"): 1}  # fmt: skip
    people = [place for place, size in sizes.items() for _ in range(size)]
    given = answers(
        *[(7 * i) % 11 for i in range(len(people))], kind="enps", subject="employment",
        team=[team for team, _site in people], site=[site for _team, site in people],
        customer_id=[f"p{i}" for i in range(len(people))],
        answered=[f"2024-0{1 + i % 2}-{10 + i % 15}" for i in range(len(people))],
    )  # fmt: skip
    return derived({"answers": given})


def subsets(values: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [c for size in range(1, len(values) + 1) for c in combinations(values, size)]


def answered(teams: tuple[str, ...], sites: tuple[str, ...]) -> int:
    where = (Condition("team", "=", teams), Condition("site", "=", sites))
    return int(measure("enps", staff(), where=where).figure.estimate.n)


@pytest.mark.parametrize("metric", ["enps", "esat"])
def test_below_five_answers_nothing_is_shown(metric: str) -> None:
    figure = measure(metric, {"answers": answers(10, 9, 8, 7, kind=metric, scale_low=0, scale_high=10)}).figure
    assert (isnan(figure.estimate.value), figure.left_out) == (True, {"protected": 4})


@pytest.mark.parametrize(("metric", "value"), [("enps", 60), ("esat", 60)])
def test_five_answers_are_shown(metric: str, value: float) -> None:
    given = answers(10, 9, 9, 8, 7, kind=metric, scale_low=0, scale_high=10)
    assert measure(metric, {"answers": given}).value == value


@pytest.mark.parametrize("asked", [{"min_n": 1}, {"min_n": 2}])
def test_no_question_undercuts_five(asked: dict[str, Any]) -> None:
    figure = measure("enps", {"answers": answers(10, 9, 8, 7, kind="enps")}, Settings(min_n=1), **asked).figure
    assert figure.withheld is not None


def test_no_two_filters_reveal_fewer_than_five_by_subtraction() -> None:
    asked = {(t, s): answered(t, s) for t in subsets(TEAMS) for s in subsets(SITES)}
    nested = [
        asked[outer] - asked[inner]
        for inner, outer in permutations(asked, 2)
        if {*inner[0]} <= {*outer[0]} and {*inner[1]} <= {*outer[1]}
    ]
    assert {n for n in [*asked.values(), *nested] if 0 < n < 5} == set()
    assert max(asked.values()) == 37


def test_the_groups_beside_a_total_do_not_reveal_the_one_that_is_missing() -> None:
    whole = measure("enps", staff()).figure.estimate.n
    for_each = [f.estimate.n for f in measure("enps", staff(), by=["team", "site"]).figures]
    assert {n for n in [*for_each, whole - sum(for_each)] if 0 < n < 5} == set()


@pytest.mark.parametrize("period", ["month", "week", "28d", "7d"])
def test_no_period_and_no_overlapping_window_counts_part_of_a_block(period: str) -> None:
    counts = [f.estimate.n for f in measure("enps", staff(), period=period).figures]
    assert {n for n in counts if 0 < n < 5} == set()


def test_a_window_counts_each_answer_once() -> None:
    windows = measure("enps", staff(), period="90d", start=date(2024, 3, 1), end=date(2024, 3, 5)).figures
    assert [f.estimate.n for f in windows] == [37, 37, 37, 37]


def test_a_period_that_holds_all_of_them_counts_all_of_them() -> None:
    assert measure("enps", staff(), period="year").figures[0].estimate.n == 37


def test_scales_are_not_played_against_each_other() -> None:
    given = answers(*[5] * 8, *[7] * 3, kind="esat", scale_low=1, scale_high=[5] * 8 + [7] * 3)
    figures = measure("esat", {"answers": given}).figures
    assert [f.estimate.n for f in figures if f.estimate.known] == []


def test_five_answers_of_one_person_are_one_person() -> None:
    given = answers(10, 10, 10, 9, 9, kind="enps", customer_id="p1")
    assert measure("enps", {"answers": given}).figure.withheld is not None


def test_who_answered_what_is_no_filter() -> None:
    with pytest.raises(UnknownNameError, match="score"):
        measure("enps", staff(), where=(Condition("score", ">=", (9,)),))


def test_rows_are_not_shown() -> None:
    with pytest.raises(ProtectedError):
        measure("enps", staff()).trace()


def test_a_comparison_is_one_of_whole_blocks_too() -> None:
    figures = measure("enps", staff(), period="month", compare="previous").figures
    baselines = [f.change.baseline.n for f in figures if f.change]
    assert {n for n in baselines if 0 < n < 5} == set()


def test_months_are_the_workspace_s() -> None:
    evening = answers(*[9] * 10, kind="enps", answered=["2024-02-01 03:00"] * 5 + ["2024-02-10 03:00"] * 5)
    mexico = Settings(time_zone="America/Mexico_City")
    found = measure("enps", {"answers": evening}, mexico, period="month").figures
    assert [f.estimate.n for f in found] == [5, 5]
