"""What customers do, one thing after another, and on which channel."""

from __future__ import annotations

from latido.metrics import measure
from tests.metrics.tables import orders, table

VISITS = table(
    "touchpoints",
    [
        {"touchpoint_id": "1", "customer_id": "a", "occurred": "2024-02-05 10:00", "channel": "web", "kind": "visit"},
        {"touchpoint_id": "2", "customer_id": "a", "occurred": "2024-02-05 11:00", "channel": "web", "kind": "search"},
        {"touchpoint_id": "3", "customer_id": "b", "occurred": "2024-02-05 10:30", "channel": "web", "kind": "visit"},
    ],
)
TABLES = {"touchpoints": VISITS, "orders": orders(("a", "2024-02-05 12:00", 9), channel="store")}


def test_steps_lead_from_one_interaction_of_a_customer_to_the_next() -> None:
    parts = measure("behaviour_patterns", TABLES).figure.parts
    assert {name: e.value for name, e in parts.items()} == {"search → order": 50, "visit → search": 50}


def test_a_first_interaction_is_no_step_from_nowhere() -> None:
    figure = measure("behaviour_patterns", TABLES).figure
    assert (figure.estimate.n, figure.left_out) == (2, {"first": 2})


def test_switching_is_the_share_of_steps_that_change_the_channel() -> None:
    assert measure("behaviour_patterns", TABLES, preset="channel_switching").value == 50


def test_steps_can_be_seen_by_hour() -> None:
    found = measure("behaviour_patterns", TABLES, preset="channel_switching", by="hour")
    assert {f.keys["hour"]: f.estimate.value for f in found.figures if f.estimate.n} == {"11": 0, "12": 100}
