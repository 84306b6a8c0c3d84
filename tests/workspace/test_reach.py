"""What somebody may see who is limited to teams, and what employees answered."""

from __future__ import annotations

from typing import Any

from latido.workspace import reach
from tests.lives import workspace

VENTAS = ("Ventas",)


def ids(rows: Any, column: str) -> set[str]:
    """Values of a column."""
    return {row[column] for row in workspace().engine.arrow(rows.select(column)).to_pylist()}


def test_without_teams_there_is_no_limit() -> None:
    assert len(ids(reach.tickets(workspace().tables()), "ticket_id")) == 6


def test_a_ticket_is_a_teams_that_solved_it_or_replied_first() -> None:
    assert ids(reach.tickets(workspace().tables(), VENTAS), "ticket_id") == {"1", "3"}


def test_a_customer_is_a_teams_who_has_such_a_ticket() -> None:
    tables = workspace().tables()
    assert ids(reach.theirs(tables["customers"], tables, VENTAS), "customer_id") == {"ana", "bo"}


def test_an_answer_is_a_teams_that_is_about_such_a_ticket() -> None:
    assert ids(reach.answers(workspace().tables(), VENTAS), "answer_id") == {"r1", "r2", "r6"}


def test_no_question_of_a_survey_among_employees_is_anybodys_to_read() -> None:
    assert not ids(reach.answers(workspace().tables()), "answer_id") & {"r7", "r8"}


def test_the_protected_metrics_are_kinds_of_questions() -> None:
    assert set(reach.PROTECTED) == {"esat", "enps"}
