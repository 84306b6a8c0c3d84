"""Filters: what a condition means, and what it cannot mean."""

from __future__ import annotations

from typing import Any

import pytest

from latido.errors import UnknownNameError, UsageError
from latido.metrics import measure
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from tests.metrics.tables import answers, created

MADRID = Settings(time_zone="Europe/Madrid")
CHANNELS = {"answers": answers(10, 9, 8, 7, channel=["email", "chat", None, "chat"])}


def count(tables: dict[str, Any], *where: Condition) -> float:
    return measure("nps", tables, where=where).figure.estimate.n


@pytest.mark.parametrize(
    ("operator", "values", "n"),
    [
        ("=", ("chat",), 2),
        ("=", ("chat", "email"), 3),
        ("=", ("chat", None), 3),
        ("=", (None,), 1),
        ("!=", ("chat",), 2),  # who has none has another
        ("!=", (None,), 3),
        ("!=", ("chat", None), 1),
    ],
)
def test_a_condition_and_its_contrary_divide_the_rows(operator: Any, values: tuple[str | None, ...], n: int) -> None:
    assert count(CHANNELS, Condition("channel", operator, values)) == n


def test_all_conditions_hold_at_once() -> None:
    assert count(CHANNELS, Condition("channel", "=", ("chat",)), Condition("score", ">=", (9,))) == 1


@pytest.mark.parametrize(("operator", "n"), [(">=", 2), (">", 1), ("<=", 3), ("<", 2)])
def test_what_was_measured_can_be_compared(operator: Any, n: int) -> None:
    assert count(CHANNELS, Condition("score", operator, ("9",))) == n


@pytest.mark.parametrize("said", [True, "yes", "sí", "true", "1"])
def test_a_truth_value_can_be_said_in_either_language(said: Any) -> None:
    tables = {"answers": answers(10, 9, blind=[True, False], brand="Lumbre")}
    assert count(tables, Condition("blind", "=", (said,))) == 1


@pytest.mark.parametrize("name", ["shop", "x_shop"])
def test_the_workspace_s_own_columns_are_dimensions(name: str) -> None:
    assert count({"answers": answers(10, 9, x_shop=["north", "south"])}, Condition(name, "=", ("north",))) == 1


@pytest.mark.parametrize(
    ("condition", "n"),
    [
        (Condition("hour", "=", ("1",)), 1),
        (Condition("hour", ">=", (1,)), 2),
        (Condition("weekday", "=", (7,)), 2),
        (Condition("day", "=", ("2024-04-01",)), 1),
        (Condition("day", ">=", ("2024-03-31",)), 3),
        (Condition("month", "=", ("2024-03-01",)), 2),
        (Condition("week", "=", ("2024-03-25",)), 2),
    ],
)
def test_local_time_can_be_filtered_by(condition: Condition, n: int) -> None:
    tables = created("2024-03-31 00:30", "2024-03-31 01:30", "2024-03-31 22:30")
    assert measure("ticket_volume", tables, MADRID, where=(condition,)).value == n


def test_local_time_can_be_filtered_and_split_by_at_once() -> None:
    tables = created("2024-03-31 00:30", "2024-03-31 01:30", "2024-03-31 22:30")
    found = measure(
        "ticket_volume", tables, MADRID, by="hour", where=(Condition("weekday", "=", ("7",)),), period="day"
    )
    assert [(f.keys["hour"], f.estimate.value) for f in found.figures] == [("1", 1), ("3", 1)]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (Condition("score", ">=", ("high",)), "“high” is not a number"),
        (Condition("channel", ">=", ("email",)), "channel >= needs numbers, not “email”"),
        (Condition("score", ">=", (1, 2)), "score >= needs numbers, not “1, 2”"),
        (Condition("score", "=", ("nine",)), "“nine” is not a number"),
        (Condition("day", "=", ("yesterday",)), "“yesterday” is not a date such as 2026-03-04"),
    ],
)
def test_what_a_condition_cannot_mean_is_said(condition: Condition, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        count(CHANNELS, condition)


def test_what_is_no_dimension_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean channel"):
        count(CHANNELS, Condition("chanel", "=", ("email",)))


def test_a_value_that_nothing_has_leaves_nothing() -> None:
    assert count(CHANNELS, Condition("channel", "=", ("telepathy",))) == 0
