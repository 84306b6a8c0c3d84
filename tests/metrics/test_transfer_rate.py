"""Transfers and reopenings: whether there were any, and how many."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, behind, of, told


def test_the_first_assignment_is_not_a_transfer() -> None:
    assert behind("transfer_rate").value["first assignment"] == 0


@pytest.mark.parametrize(("metric", "rate", "mean"), [("transfer_rate", 50, 5 / 4), ("reopen_rate", 25, 2 / 4)])
def test_the_rate_counts_tickets_and_the_mean_counts_times(metric: str, rate: float, mean: float) -> None:
    parts = measure(metric, told(), UP_TO_END, where=of("moves")).figure.parts
    assert (parts["value"].value, parts["mean"].value) == (rate, mean)


def test_automatic_closing_after_the_solve_is_no_reopening() -> None:
    assert behind("reopen_rate").value["auto-closed"] == 0


def test_a_ticket_that_the_customer_reopened_is_one_reopening() -> None:
    assert behind("reopen_rate").value["reopened"] == 1
