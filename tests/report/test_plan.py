"""How many it takes, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan
from typing import Any

import pytest

from latido.i18n import use
from latido.insights.plan import Need, Plan, Wanted
from latido.insights.plan.present import Present
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.report.plan import grid, lasting, sentences, title
from latido.stats.design import Design, SampleSize
from latido.stats.estimate import Estimate

SPAN = Period(date(2025, 1, 6), date(2026, 1, 5))


def need(team: str = "", have: float = 555.4, n: int = 9060, **other: Any) -> Need:
    keys: dict[str, str | None] = {"team": team} if team else {}
    present = Present(keys, Estimate(18.9, 17.1, 20.6, 6600), 70, 6600, 1.05, 0.25)
    made = Need(present, have, SampleSize(n, 4 * n, Design(response=0.25)), 12.1)
    return replace(made, **other)


def plan(*needs: Need, metric: str = "nps", whole: Need | None = None, longer: Any = (), **wanted: Any) -> Plan:
    return Plan(METRICS[metric], Wanted(**{"size": 3, **wanted}), needs, whole, longer, SPAN, ("team",))


def said(found: Plan) -> str:
    return " ".join(sentences(found))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "To tell a change of 3 points in Net promoter score (NPS) from chance, it takes 9,060 answers a month."),
        ("es", "Para distinguir del azar un cambio de 3 puntos en "),
    ],
)
def test_what_is_needed_comes_first(language: str, text: str) -> None:
    with use(language):
        assert sentences(plan(need()))[0].startswith(text)


def test_what_is_there_and_how_long_it_takes_is_said() -> None:
    assert "There are 555 answers a month: it would take 17 months." in said(plan(need()))


def test_enough_is_called_enough() -> None:
    assert "There are 10,000 answers a month: that is enough." in said(plan(need(have=10_000)))


def test_invitations_are_said_with_the_response_rate() -> None:
    assert "Of those asked, 25.0% answer: that is 36,240 invitations." in said(plan(need()))


def test_groups_are_counted() -> None:
    found = plan(need("north", 10_000), need("south"), whole=need(have=10_555, seen=2.9))
    assert "1 of 2 groups have enough" in said(found)
    assert "All groups together have 10,555 answers a month: differences from 2.9 points on." in said(found)


def test_the_best_and_the_worst_group_are_named() -> None:
    found = plan(need("north", seen=4), need("south", seen=21.4))
    assert "from 4 points on at best (north), from 21.4 points on at worst (south)" in said(found)


@pytest.mark.parametrize(
    ("longer", "part"),
    [((("quarter", 1), ("year", 2)), "There is enough over a year."),
     ((("quarter", 0), ("year", 1)), "Even over a year only 1 of 2 groups have enough."),
     ((("quarter", 0), ("year", 0)), "Not even a year is enough."),
     ((), "A longer period would have more.")],
)  # fmt: skip
def test_longer_periods_are_offered(longer: Any, part: str) -> None:
    assert part in said(plan(need("north"), need("south"), longer=longer))


def test_a_survey_is_told_by_its_margin() -> None:
    found = plan(need(), kind="survey", size=2)
    assert "to within 2 points either way" in said(found)
    assert "In 95 of 100 such surveys the figure lies within." in said(found)


def test_a_test_is_told_by_its_two_groups() -> None:
    assert "1,885 answers: 377 in one and 1,508 in the other." in said(
        plan(need(n=1885, parts=(377, 1508)), kind="test", share=0.2)
    )


def test_a_target_that_can_be_told_is_told() -> None:
    found = plan(need(goal=25, told=True), kind="target", size=None)
    assert sentences(found) == (
        "Net promoter score (NPS) is 18.9 (17.1 to 20.6), below the target of 25.0: that can be told already.",
    )


def test_a_target_that_cannot_be_told_yet_has_its_time() -> None:
    assert "at the present pace that takes 17 months" in said(plan(need(goal=19), kind="target", size=None))


def test_without_a_size_it_says_what_can_be_seen() -> None:
    found = plan(need(needed=None), size=None)
    assert said(found) == (
        "There are 555 answers a month. What comes a month now shows differences from 12.1 points on."
    )


def test_more_than_there_can_be_is_said_to_be_that() -> None:
    assert "more than there can be" in said(plan(need(needed=None)))


def test_nothing_says_nothing() -> None:
    assert said(plan()) == "There is nothing from which it could be planned."


def test_days_and_windows_have_their_words() -> None:
    assert "in 28 days" in said(plan(need(), period="28d"))
    assert lasting(2.5, plan(need(), period="28d")) == "70 days"
    assert lasting(1e6, plan(need())) == "longer than anybody waits"
    assert lasting(nan, plan(need())) == "—"


def test_the_table_has_a_row_for_all_together() -> None:
    shown = grid(plan(need("north"), need("south"), whole=need(have=1110)))
    assert [row[0].text for row in shown.rows] == ["north", "south", "all together"]
    assert shown.title == title(plan(need()))
