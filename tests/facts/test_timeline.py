"""A ticket's statuses as a time line."""

from __future__ import annotations

import pandas as pd
import pytest

from latido.facts.timeline import valid_events
from tests.metrics.stories import facts, told
from tests.metrics.tables import after


@pytest.fixture(scope="module")
def segments() -> pd.DataFrame:
    return facts("status_facts").sort_values(["ticket_id", "began", "seq"])


def statuses(segments: pd.DataFrame, ticket: str) -> list[str]:
    return list(segments.loc[[ticket]].status)


def test_a_ticket_begins_as_new_at_its_creation(segments: pd.DataFrame) -> None:
    assert statuses(segments, "unanswered") == ["new"]


def test_stretches_touch(segments: pd.DataFrame) -> None:
    rows = segments.loc["every status"]
    assert rows.status.tolist() == ["new", "open", "pending", "open", "hold", "solved", "closed"]
    assert rows.ended.tolist()[:-1] == rows.began.tolist()[1:]
    assert rows.ended.isna().tolist()[-1]


def test_a_stated_solve_is_the_one_change_where_there_are_no_status_events(segments: pd.DataFrame) -> None:
    assert statuses(segments, "stated solve") == ["new", "solved"]


def test_a_stated_solve_of_a_ticket_that_is_open_again_is_no_end(segments: pd.DataFrame) -> None:
    assert statuses(segments, "stated solve, open again") == ["new"]


def test_events_before_the_creation_count_for_nothing(segments: pd.DataFrame) -> None:
    assert statuses(segments, "events before creation") == ["new", "solved"]


@pytest.mark.parametrize(
    ("ticket", "solves", "reopens"),
    [("reopened", 2, 1), ("reopened twice", 3, 2), ("auto-closed", 1, 0), ("closed without a solve", 0, 0)],
)
def test_solves_and_reopenings_are_changes_of_status(
    segments: pd.DataFrame, ticket: str, solves: int, reopens: int
) -> None:
    rows = segments.loc[[ticket]]
    assert (rows.solve.sum(), rows.reopen.sum()) == (solves, reopens)


def test_valid_events_are_those_of_known_tickets_after_their_creation() -> None:
    found = valid_events(told()).execute().set_index("ticket_id")
    assert found.loc[["reply before creation"]].occurred.tolist() == [after(60).replace(tzinfo=None)]
