"""The reopen rate: whether a solved ticket was opened again, and how often."""

from __future__ import annotations

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, behind, of, told


def test_the_rate_counts_tickets_and_the_mean_counts_reopenings() -> None:
    parts = measure("reopen_rate", told(), UP_TO_END, where=of("moves")).figure.parts
    assert (parts["value"].value, parts["mean"].value) == (25, 2 / 4)


def test_automatic_closing_after_the_solve_is_no_reopening() -> None:
    assert behind("reopen_rate").value["auto-closed"] == 0


def test_a_ticket_that_was_reopened_twice_is_one_ticket() -> None:
    assert (behind("reopen_rate").value["reopened twice"], behind("reopen_rate").times["reopened twice"]) == (1, 2)
