"""Resolution time: to the last solve, with those that wait still waiting."""

from __future__ import annotations

import pandas as pd
import pytest

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, behind, of, told
from tests.metrics.tables import DAY, MINUTE

SOLVED, OPEN = 1, 0


@pytest.fixture
def rows() -> pd.DataFrame:
    return behind("resolution_time")


@pytest.mark.parametrize(
    ("ticket", "minutes"),
    [("reopened", 300), ("reopened twice", 50), ("stated solve", 500), ("events before creation", 80)],
)
def test_a_ticket_is_resolved_at_its_last_solve(rows: pd.DataFrame, ticket: str, minutes: int) -> None:
    assert (rows.value[ticket], rows.ended[ticket]) == (minutes * MINUTE, SOLVED)


@pytest.mark.parametrize("ticket", ["reopened and still open", "stated solve, open again", "unanswered"])
def test_a_ticket_that_was_reopened_and_not_solved_again_is_not_resolved(rows: pd.DataFrame, ticket: str) -> None:
    assert (rows.value[ticket], rows.ended[ticket]) == (30 * DAY, OPEN)


def test_closing_automatically_days_after_the_solve_is_not_the_solve(rows: pd.DataFrame) -> None:
    assert (rows.value["auto-closed"], rows.ended["auto-closed"]) == (60 * MINUTE, SOLVED)


def test_closed_without_a_solve_is_censored_at_the_closing(rows: pd.DataFrame) -> None:
    assert (rows.value["closed without a solve"], rows.ended["closed without a solve"]) == (200 * MINUTE, OPEN)


def test_a_solve_in_the_future_has_not_happened(rows: pd.DataFrame) -> None:
    assert (rows.value["solved in the future"], rows.ended["solved in the future"]) == (30 * DAY, OPEN)


def test_a_closed_ticket_of_which_nobody_says_when_is_left_out(rows: pd.DataFrame) -> None:
    assert rows.left_out["closed, nobody says when"] == "finished, but nothing says when"


@pytest.mark.parametrize("ticket", ["merged", "merged by an event", "spam", "deleted"])
def test_merged_tickets_and_spam_are_left_out(rows: pd.DataFrame, ticket: str) -> None:
    assert not rows.counted[ticket]


def test_the_first_solve_is_another_reading() -> None:
    rows = behind("resolution_time", "first_solve")
    assert (rows.value["reopened"], rows.value["reopened and still open"]) == (60 * MINUTE, 60 * MINUTE)


@pytest.mark.parametrize(
    ("ticket", "minutes"),
    [("reopened", [60, 180]), ("reopened twice", [10, 10, 10]), ("auto-closed", [60])],
)
def test_each_cycle_runs_from_creation_or_reopening_to_its_solve(ticket: str, minutes: list[int]) -> None:
    rows = behind("resolution_time", "per_cycle")
    assert sorted(rows.loc[[ticket]].value) == [m * MINUTE for m in minutes]


def test_an_unfinished_cycle_is_censored() -> None:
    rows = behind("resolution_time", "per_cycle").loc["reopened and still open"].sort_values("value")
    assert rows.ended.tolist() == [SOLVED, OPEN]


def test_over_the_finished_only_open_tickets_are_dropped_and_counted_as_left_out() -> None:
    figure = measure("resolution_time", told(), UP_TO_END, preset="finished", where=of("solves")).figure
    assert (figure.estimate.n, figure.left_out) == (5, {"dateless": 1, "unresolved": 4})


def test_dropping_open_tickets_makes_a_slow_team_look_fast() -> None:
    honest, finished = (
        measure("resolution_time", told(), UP_TO_END, preset=p, where=of("solves")).value for p in (None, "finished")
    )
    assert (honest, finished) == (500 * MINUTE, 80 * MINUTE)
