"""Stretches: unsolved cycles, statuses, and waits for a reply."""

from __future__ import annotations

import pytest

from tests.metrics.stories import facts
from tests.metrics.tables import after


def test_a_cycle_runs_from_creation_or_reopening_to_the_solve() -> None:
    rows = facts("cycle_facts").loc["reopened"].sort_values("began")
    assert rows.began.tolist() == [after(0).replace(tzinfo=None), after(120).replace(tzinfo=None)]
    assert rows.solved.tolist() == [after(60).replace(tzinfo=None), after(300).replace(tzinfo=None)]
    assert rows.reopening.tolist() == [False, True]


def test_a_cycle_that_was_closed_unsolved_ended_without_a_solve() -> None:
    row = facts("cycle_facts").loc["closed without a solve"]
    assert (row.ended, row.solved is not None and row.solved == row.solved) == (after(200).replace(tzinfo=None), False)


def test_changes_between_open_statuses_are_one_cycle() -> None:
    assert len(facts("cycle_facts").loc[["every status"]]) == 1


@pytest.mark.parametrize(
    ("ticket", "waits"),
    [("several questions", 2), ("bot between", 2), ("unanswered", 0), ("proactive", 1), ("asked before creation", 1)],
)
def test_a_wait_is_one_turn_of_the_customer(ticket: str, waits: int) -> None:
    assert (facts("reply_facts").index == ticket).sum() == waits


def test_a_wait_that_a_solve_ended_was_released() -> None:
    rows = facts("reply_facts").loc["thanks before the solve"].sort_values("asked")
    assert rows.released.tolist()[1] == after(60).replace(tzinfo=None)


def test_cycles_and_waits_carry_what_their_ticket_is_about() -> None:
    columns = {"topic", "team", "country", "status_now", "x_tier"}
    assert columns <= {*facts("cycle_facts").columns} & {*facts("reply_facts").columns}
