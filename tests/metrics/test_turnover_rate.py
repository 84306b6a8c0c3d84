"""Turnover: departures over the people that were really there."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import at, people

YEAR = {"start": date(2023, 1, 1), "end": date(2024, 1, 1)}
END = Settings(data_end=at("2024-06-01"))

STAFF = {"agents": people(
    {"hired": "2020-01-01"},
    {"hired": "2020-01-01", "departed": "2023-07-01", "voluntary": True},
    {"hired": "2023-03-01", "departed": "2023-03-31", "voluntary": False},
)}  # fmt: skip


def turnover(*spells: dict[str, Any], preset: str | None = None) -> Any:
    return measure("turnover_rate", {"agents": people(*spells)}, END, preset=preset, **YEAR).figure


def test_the_headcount_is_weighted_by_days_and_the_day_of_leaving_is_one() -> None:
    rate = measure("turnover_rate", STAFF, END, **YEAR).figure.estimate
    assert (rate.numerator, rate.denominator) == (2, pytest.approx((365 + 182 + 31) / 365))


def test_the_mean_of_two_days_misses_who_came_and_went_between_them() -> None:
    rate = measure("turnover_rate", STAFF, END, preset="two_point", **YEAR).figure.estimate
    assert (rate.numerator, rate.denominator) == (2, 1.5)


def test_voluntary_and_involuntary_departures_are_apart() -> None:
    parts = measure("turnover_rate", STAFF, END, **YEAR).figure.parts
    assert [parts[p].numerator for p in ("value", "voluntary", "involuntary")] == [2, 1, 1]


def test_a_departure_of_which_nobody_says_whose_wish_it_was_is_neither() -> None:
    parts = turnover({"hired": "2020-01-01", "departed": "2023-07-01"}).parts
    assert [parts[p].numerator for p in ("value", "voluntary", "involuntary")] == [1, 0, 0]


def test_a_move_to_another_team_is_not_a_departure() -> None:
    moved = (
        {"agent_id": "e", "team": "a", "valid_from": "2020-01-01", "valid_to": "2023-07-01", "hired": "2020-01-01"},
        {"agent_id": "e", "team": "b", "valid_from": "2023-07-01", "valid_to": None, "hired": "2020-01-01"},
    )
    rate = turnover(*moved).estimate
    assert (rate.numerator, rate.denominator) == (0, pytest.approx(1))


def test_who_moved_and_left_later_left_once() -> None:
    told = {"agent_id": "e", "hired": "2020-01-01", "departed": "2023-10-01"}
    first = {**told, "team": "a", "valid_from": "2020-01-01", "valid_to": "2023-07-01"}
    last = {**told, "team": "b", "valid_from": "2023-07-01", "valid_to": None}
    assert turnover(first, last).estimate.numerator == 1


@pytest.mark.parametrize(
    ("departed", "left"), [("2023-01-01", 1), ("2023-12-31", 1), ("2022-12-31", 0), ("2024-01-01", 0)]
)
def test_the_year_is_half_open(departed: str, left: int) -> None:
    stays, goes = {"hired": "2020-01-01"}, {"hired": "2020-01-01", "departed": departed}
    assert turnover(stays, goes).estimate.numerator == left


def test_a_departure_after_the_data_s_end_has_not_happened() -> None:
    early = Settings(data_end=at("2023-05-01"))
    assert measure("turnover_rate", STAFF, early, **YEAR).figure.estimate.numerator == 1


def test_bots_are_nobody_s_colleagues() -> None:
    rate = turnover({"hired": "2020-01-01"}, {"hired": "2020-01-01", "departed": "2023-07-01", "role": "bot"}).estimate
    assert (rate.numerator, rate.denominator) == (0, 1)


def test_who_has_no_date_of_joining_is_left_out_and_said_to_be() -> None:
    figure = turnover({"hired": "2020-01-01"}, {"departed": "2023-07-01"})
    assert (figure.estimate.numerator, figure.estimate.denominator, figure.left_out) == (0, 1, {"undated": 1})


def test_nobody_there_is_no_rate() -> None:
    assert isnan(turnover({"hired": "2025-01-01"}).estimate.value)


def test_a_flag_in_the_file_is_taken_as_it_is() -> None:
    flags = [{"attrited": True}, {"attrited": False}, {"attrited": False}, {"attrited": None}]
    figure = turnover(*flags, preset="flagged")
    assert (figure.estimate.value, figure.left_out) == (pytest.approx(100 / 3), {"unflagged": 1})


def test_months_have_rates_of_their_own() -> None:
    found = measure("turnover_rate", STAFF, END, period="month", start=date(2023, 3, 1), end=date(2023, 5, 1))
    assert [(f.estimate.numerator, f.estimate.denominator) for f in found.figures] == [(1, 3), (0, 2)]
