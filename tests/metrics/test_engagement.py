"""Engagement: customers, not visits; each once, whatever the channel."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from latido.metrics import measure
from tests.metrics.tables import orders, table

FEBRUARY = {"period": "month", "start": date(2024, 2, 1), "end": date(2024, 3, 1)}


def visits(*records: tuple[str | None, str], channel: str = "web") -> dict[str, Any]:
    rows = [
        {"touchpoint_id": f"v{i}", "customer_id": who, "occurred": when, "channel": channel}
        for i, (who, when) in enumerate(records)
    ]
    return {"touchpoints": table("touchpoints", rows)}


WEB = visits(("a", "2024-02-05 10:00"), ("a", "2024-02-05 11:00"), ("a", "2024-02-12 10:00"), ("b", "2024-02-05 10:00"))


def test_active_customers_are_counted_once() -> None:
    parts = measure("engagement", WEB, **FEBRUARY).figures[0].parts
    assert (parts["value"].value, parts["interactions"].value) == (2, 2)


def test_stickiness_is_the_mean_share_of_days_and_weeks() -> None:
    parts = measure("engagement", WEB, **FEBRUARY).figures[0].parts
    assert (parts["active_days"].value, parts["active_weeks"].value) == (
        pytest.approx(100 * 1.5 / 29),
        pytest.approx(100 * 1.5 * 7 / 29),
    )


def test_visitors_whom_nobody_knows_are_not_customers() -> None:
    assert measure("engagement", visits((None, "2024-02-05 10:00"), ("a", "2024-02-05 10:00"))).value == 1


def test_one_customer_on_two_channels_is_one_customer() -> None:
    both = {**visits(("a", "2024-02-05 10:00")), "orders": orders(("a", "2024-02-06", 1), channel="store")}
    assert measure("engagement", both).value == 1
    assert [(f.keys["channel"], f.estimate.value) for f in measure("engagement", both, by="channel").figures] == [
        ("store", 1),
        ("web", 1),
    ]
