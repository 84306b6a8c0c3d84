"""Periods: half-open, whole, in local days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from latido.errors import UnknownNameError
from latido.metrics.measurement import Period
from latido.metrics.periods import add, check, floor, instant, local_day, months_later, periods, rolling_days, shifted


def span(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("grain", "first"),
    [
        ("day", "2024-05-15"),
        ("week", "2024-05-13"),
        ("month", "2024-05-01"),
        ("quarter", "2024-04-01"),
        ("year", "2024-01-01"),
    ],
)
def test_a_period_begins_on_its_first_day_and_weeks_on_monday(grain: str, first: str) -> None:
    assert floor(date(2024, 5, 15), grain).isoformat() == first


def test_the_week_of_new_year_begins_in_the_old_one() -> None:
    assert floor(date(2025, 1, 1), "week") == date(2024, 12, 30)


def test_periods_are_half_open_and_touch() -> None:
    found = list(periods("month", date(2024, 1, 15), date(2024, 3, 1)))
    assert found == [span("2024-01-01", "2024-02-01"), span("2024-02-01", "2024-03-01")]


def test_windows_end_on_each_day_of_the_span() -> None:
    found = list(periods("7d", date(2024, 3, 4), date(2024, 3, 6)))
    assert found == [span("2024-02-27", "2024-03-05"), span("2024-02-28", "2024-03-06")]


@pytest.mark.parametrize(("grain", "days"), [("28d", 28), ("1d", 1), ("0d", None), ("day", None), ("28", None)])
def test_a_window_is_written_as_its_days(grain: str, days: int | None) -> None:
    assert rolling_days(grain) == days


def test_an_unknown_period_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean month"):
        check("months")


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_steps_back_are_steps() -> None:
    assert add(date(2024, 1, 1), "quarter", -1) == date(2023, 10, 1)


@pytest.mark.parametrize(
    ("asked", "grain", "comparison", "found"),
    [
        (("2024-03-01", "2024-04-01"), "month", "previous", ("2024-02-01", "2024-03-01")),
        (("2024-03-01", "2024-04-01"), "month", "last_year", ("2023-03-01", "2023-04-01")),
        (("2024-02-01", "2024-03-01"), "month", "last_year", ("2023-02-01", "2023-03-01")),
        (("2024-03-04", "2024-03-11"), "week", "previous", ("2024-02-26", "2024-03-04")),
        (("2024-03-04", "2024-03-11"), "week", "last_year", ("2023-03-06", "2023-03-13")),
        (("2024-02-15", "2024-03-14"), "28d", "last_year", ("2023-02-15", "2023-03-15")),
        (("2024-02-15", "2024-03-14"), "28d", "previous", ("2024-01-18", "2024-02-15")),
        (("2024-03-01", "2024-03-11"), None, "previous", ("2024-02-20", "2024-03-01")),
        (("2024-03-01", "2024-03-11"), None, "last_year", ("2023-03-01", "2023-03-11")),
    ],
)
def test_a_span_is_compared_with_one_of_its_kind(
    asked: tuple[str, str], grain: str | None, comparison: str, found: tuple[str, str]
) -> None:
    assert shifted(span(*asked), grain, comparison) == span(*found)


@pytest.mark.parametrize(
    ("day", "zone", "utc"),
    [
        ("2024-03-31", "Europe/Madrid", "2024-03-30T23:00"),
        ("2024-04-01", "Europe/Madrid", "2024-03-31T22:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00"),  # its midnight was skipped
        ("2024-04-07", "Australia/Lord_Howe", "2024-04-06T13:00"),
    ],
)
def test_a_day_begins_at_its_first_local_moment(day: str, zone: str, utc: str) -> None:
    assert instant(date.fromisoformat(day), zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()


def test_naive_instants_are_utc() -> None:
    assert local_day(datetime(2024, 3, 31, 22, 30), "Europe/Madrid") == date(2024, 4, 1)
