"""One row per ticket: what the events show, and what the source states where they don't."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.metrics.stories import facts
from tests.metrics.tables import after


@pytest.fixture
def tickets() -> pd.DataFrame:
    return facts("ticket_facts")


def test_each_ticket_is_one_row(tickets: pd.DataFrame) -> None:
    assert tickets.index.is_unique


@pytest.mark.parametrize(
    ("ticket", "column", "value"),
    [
        ("two touches", "replies", 2),
        ("two touches", "notes", 1),
        ("two touches", "bot_turns", 1),
        ("several questions", "customer_messages", 3),
        ("first assignment", "transfers", 0),
        ("transferred", "transfers", 2),
        ("stated transfers", "transfers", 3),
        ("stated reopenings", "reopens", 2),
        ("reopened twice", "reopens", 2),
        ("reopened twice", "solves", 3),
        ("every status", "wait_seconds", 80 * 60),
        ("every status", "work_seconds", 50 * 60),
        ("every status", "hold_seconds", 30 * 60),
        ("proactive", "proactive", True),
        ("opened for a caller", "proactive", False),
        ("bot first", "proactive", False),
        ("merged", "merged", True),
        ("merged by an event", "merged", True),
        ("spam", "spam", True),
        ("bot first", "spam", False),
        ("reopened", "status_now", "solved"),
        ("reopened", "status", "solved"),
        ("closed, nobody says when", "status_now", "new"),
        ("answered by another team", "reply_team", "first line"),
        ("answered by another team", "reply_agent", "ana"),
        ("answered by another team", "team", "second line"),
        ("answered by another team", "agent_id", "bob"),
        ("answered by another team", "team_now", "archive"),
        ("answered by another team", "agent_now", "eve"),
        ("bill", "segment", "home"),
        ("bill", "country", "ES"),
        ("bill", "x_tier", "gold"),
    ],
)
def test_facts_of_a_ticket(tickets: pd.DataFrame, ticket: str, column: str, value: Any) -> None:
    assert tickets[column][ticket] == value


@pytest.mark.parametrize(
    ("ticket", "column", "minutes"),
    [
        ("reopened", "first_solved", 60),
        ("reopened", "solved", 300),
        ("auto-closed", "solved", 60),
        ("auto-closed", "closed", 4 * 1440),
        ("closed without a solve", "closed", 200),
        ("stated solve", "solved", 500),
        ("bill", "next_contact", 6 * 1440),
        ("meter", "next_contact", 13 * 1440),
        ("stated reply", "first_reply", 45),
        ("unanswered", "last_event", 0),
        ("closed without a solve", "last_event", 200),
    ],
)
def test_instants_of_a_ticket(tickets: pd.DataFrame, ticket: str, column: str, minutes: int) -> None:
    assert tickets[column][ticket] == after(minutes).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("ticket", "column"),
    [
        ("reopened and still open", "solved"),
        ("closed without a solve", "solved"),
        ("stated solve, open again", "solved"),
        ("unanswered", "first_reply"),
        ("proactive and unanswered", "first_reply"),
        ("unanswered", "closed"),
        ("bill of another", "next_contact"),
        ("merged in between", "next_contact"),
        ("the merged one", "next_contact"),
    ],
)
def test_what_has_not_happened_is_not_known(tickets: pd.DataFrame, ticket: str, column: str) -> None:
    assert pd.isna(tickets[column][ticket])
