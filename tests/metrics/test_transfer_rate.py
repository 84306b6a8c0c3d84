"""The transfer rate: whether there were any handovers, and how many."""

from __future__ import annotations

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, behind, of, told


def test_the_first_assignment_is_not_a_transfer() -> None:
    assert behind("transfer_rate").value["first assignment"] == 0


def test_the_rate_counts_tickets_and_the_mean_counts_transfers() -> None:
    parts = measure("transfer_rate", told(), UP_TO_END, where=of("moves")).figure.parts
    assert (parts["value"].value, parts["mean"].value) == (50, 5 / 4)


def test_the_source_s_own_count_is_taken() -> None:
    assert behind("transfer_rate").times["stated transfers"] == 3
