"""Filters say how many rows they catch, and never of what employees answered."""

from __future__ import annotations

import pytest

import latido
from latido.errors import UsageError
from latido.workspace.catch import catch
from latido.workspace.question import conditions
from tests.company import company


def caught(*texts: str) -> dict[str, int | None]:
    """Rows by table."""
    workspace = latido.open(company())
    found = {one.table: one.rows for one in catch(workspace, conditions(texts))}
    workspace.close()
    return found


def test_rows_are_counted_by_table() -> None:
    assert caught("channel=chat") == {"ticket_facts": 50, "answer_facts": 99}


def test_without_filters_all_are_caught() -> None:
    assert caught() == {"ticket_facts": 100, "answer_facts": 200}


def test_a_table_that_does_not_know_a_dimension_catches_none() -> None:
    assert caught("score>=9") == {"ticket_facts": None, "answer_facts": 120}


def test_hours_are_those_of_the_workspace() -> None:
    assert caught("hour>=20")["ticket_facts"] == sum(
        caught(f"hour={hour}")["ticket_facts"] or 0 for hour in range(20, 24)
    )


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(UsageError, match="is not a number"):
        caught("score>=high")
