"""Promises: which target applied, in which calendar, and when its clock is decided."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from latido.metrics import measure
from latido.metrics.settings import Promise
from latido.model.calendar import Block, BusinessCalendar, Version
from tests.metrics.stories import UP_TO_END, behind, of, told
from tests.metrics.tables import HOUR, MINUTE, traced

OFFICE = BusinessCalendar("office", "UTC", (Version((*((Block(9 * HOUR, 18 * HOUR),),) * 5, (), ())),))
PROMISES = replace(
    UP_TO_END,
    calendars={"office": OFFICE},
    promises=(
        Promise("quick", "first_reply", 10 * MINUTE, where={"priority": ("urgent", "high")}),
        Promise("office", "first_reply", HOUR, "office", where={"priority": ("low",)}),
        Promise("rest", "first_reply", 2 * HOUR),
    ),
)
MET, MISSED = 1, 0


@pytest.fixture
def first_replies() -> pd.DataFrame:
    return behind("sla_attainment", "first_reply")


@pytest.fixture(scope="module")
def promised() -> pd.DataFrame:
    return traced("sla_attainment", told(), PROMISES, preset="first_reply", where=of("promised"))


@pytest.mark.parametrize(("ticket", "verdict"), [("replied in time", MET), ("replied late", MISSED)])
def test_a_clock_that_stopped_was_met_or_not(first_replies: pd.DataFrame, ticket: str, verdict: int) -> None:
    assert first_replies.value[ticket] == verdict


def test_an_open_clock_past_its_target_is_already_a_breach(first_replies: pd.DataFrame) -> None:
    assert first_replies.value["waits beyond its target"] == MISSED


@pytest.mark.parametrize("ticket", ["waits within its target", "closed before its target"])
def test_a_clock_within_its_target_is_not_decided(first_replies: pd.DataFrame, ticket: str) -> None:
    assert first_replies.left_out[ticket] == "still within its target"


def test_without_a_promise_there_is_nothing_to_keep(first_replies: pd.DataFrame) -> None:
    assert first_replies.left_out["normal"] == "no agreement applies"


def test_a_ticket_solved_in_time_kept_its_promise() -> None:
    assert behind("sla_attainment", "resolution").value["solved in time"] == MET


def test_a_ticket_closed_without_a_solve_stops_its_clock() -> None:
    assert behind("sla_attainment", "resolution").left_out["closed before its target"] == "still within its target"


def test_a_question_that_nobody_answered_breaks_the_promise_of_the_next_reply() -> None:
    assert behind("sla_attainment", "next_reply").value["asked again, no answer"] == MISSED


def test_a_thanks_that_was_solved_away_breaks_nothing() -> None:
    assert behind("sla_attainment", "next_reply").left_out["thanked"] == "still within its target"


@pytest.mark.parametrize(("ticket", "promise", "verdict"), [("urgent", "quick", MISSED), ("normal", "rest", MET)])
def test_the_first_promise_that_matches_holds(promised: pd.DataFrame, ticket: str, promise: str, verdict: int) -> None:
    assert (promised.promise[ticket], promised.value[ticket]) == (promise, verdict)


def test_the_ticket_s_own_target_wins(promised: pd.DataFrame) -> None:
    assert (promised.target["replied late"], promised.value["replied late"]) == (HOUR, MISSED)


def test_each_promise_runs_in_its_own_calendar(promised: pd.DataFrame) -> None:
    assert (promised.spent["asked on Friday evening"], promised.value["asked on Friday evening"]) == (50 * MINUTE, MET)


def test_clocks_can_be_told_apart() -> None:
    found = measure("sla_attainment", told(), UP_TO_END, by="clock", where=of("promised"))
    assert {f.keys["clock"]: f.estimate.n for f in found.figures} == {
        "first_reply": 3,
        "next_reply": 1,
        "resolution": 1,
    }


def test_the_help_desk_s_own_verdict_is_another_reading() -> None:
    reported = measure("sla_attainment", told(), UP_TO_END, preset="reported", where=of("promised")).figure
    assert (reported.estimate.value, reported.estimate.n, reported.left_out) == (50, 2, {"silent": 11})
