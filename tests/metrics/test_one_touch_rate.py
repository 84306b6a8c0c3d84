"""The one-touch rate: exactly one public reply."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from tests.metrics.stories import UP_TO_END, behind, of, told


def test_a_ticket_resolved_without_any_reply_was_not_resolved_in_one_touch() -> None:
    assert behind("one_touch_rate").value["no touch"] == 0


def test_one_of_three_resolved_tickets_took_one_touch() -> None:
    rate = measure("one_touch_rate", told(), UP_TO_END, where=of("touches")).figure.estimate
    assert (rate.value, rate.n) == (pytest.approx(100 / 3), 3)


def test_zendesk_counts_fewer_than_two_replies() -> None:
    found = measure("one_touch_rate", told(), UP_TO_END, preset="zendesk", where=of("touches"))
    assert found.value == pytest.approx(200 / 3)
