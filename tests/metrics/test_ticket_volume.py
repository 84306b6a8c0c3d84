"""Ticket volume: in local time, whatever the clock does, and without what is no ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import at, created

MADRID = Settings(time_zone="Europe/Madrid")


def hourly(first: str, hours: int) -> list[str]:
    return [f"{at(first) + timedelta(hours=h):%Y-%m-%d %H:%M}" for h in range(hours)]


@pytest.mark.parametrize(
    ("first", "counts"),
    [("2024-03-29 23:00", [24, 23, 24]), ("2024-10-25 22:00", [24, 25, 24])],
    ids=["spring", "autumn"],
)
def test_days_of_daylight_saving_have_23_or_25_hours(first: str, counts: list[int]) -> None:
    found = measure("ticket_volume", created(*hourly(first, sum(counts))), MADRID, period="day")
    assert [f.estimate.value for f in found.figures] == counts


def test_the_hour_is_the_local_one_before_and_after_the_clock_changes() -> None:
    tables = created("2024-03-31 00:30", "2024-03-31 01:30")
    assert [f.keys["hour"] for f in measure("ticket_volume", tables, MADRID, by="hour").figures] == ["1", "3"]


def test_the_weekday_is_the_local_one() -> None:
    tables = created("2024-03-31 21:30", "2024-03-31 22:30")
    found = measure("ticket_volume", tables, MADRID, by="weekday")
    assert [(f.keys["weekday"], f.estimate.value) for f in found.figures] == [("1", 1), ("7", 1)]


def test_merged_tickets_and_spam_are_not_counted_and_said_to_be_left_out() -> None:
    tables = created(*["2024-03-04 09:00"] * 4, merged=[False, True, False, False], spam=[False, False, True, False])
    figure = measure("ticket_volume", tables).figure
    assert (figure.estimate.value, figure.left_out) == (2, {"merged": 1, "spam": 1})


def test_a_count_has_the_exact_poisson_interval() -> None:
    estimate = measure("ticket_volume", created(*["2024-03-04 09:00"] * 10)).figure.estimate
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (4.795, 18.390)


def test_a_day_without_tickets_is_a_count_of_nothing() -> None:
    found = measure("ticket_volume", created("2024-03-04 09:00", "2024-03-06 09:00"), period="day")
    assert [f.estimate.value for f in found.figures] == [1, 0, 1]


def test_what_was_created_after_the_data_s_end_is_not_there_yet() -> None:
    settings = replace(MADRID, data_end=at("2024-03-05 00:00"))
    assert measure("ticket_volume", created("2024-03-04 09:00", "2024-03-06 09:00"), settings).value == 1


def test_the_last_ticket_of_the_data_counts_to_the_microsecond() -> None:
    assert measure("ticket_volume", created("2024-03-04 09:00:00.700001")).value == 1
