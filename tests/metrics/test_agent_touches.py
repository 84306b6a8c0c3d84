"""Agent touches and the one-touch rate."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, behind, of, told


def test_touches_are_public_messages_of_people_per_resolved_ticket() -> None:
    touches = measure("agent_touches", told(), UP_TO_END, where=of("touches")).figure.estimate
    assert (touches.value, touches.n) == (1, 3)


def test_notes_and_bot_turns_are_counts_of_their_own() -> None:
    parts = measure("agent_touches", told(), UP_TO_END, where=of("touches")).figure.parts
    assert (parts["notes"].value, parts["bot_turns"].value) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_an_open_ticket_is_not_done_being_touched() -> None:
    assert behind("agent_touches").left_out["one touch, open"] == "not resolved"
