"""Churn: of the customers who were there when the period began."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from latido.stats.shares import wilson
from tests.metrics.tables import at, derived, orders, subscriptions

YEAR = {"start": date(2024, 1, 1), "end": date(2025, 1, 1)}
END = Settings(data_end=at("2025-06-01"))


@cache
def two_months() -> Any:
    """10,000 at the start, 500 of them and 125 newcomers lost; then 719 of 14,375, and 125 newcomers again."""
    contracts = subscriptions(
        *[("2023-06-01", "2024-01-15")] * 500,
        *[("2023-06-01", "2024-02-15")] * 719,
        *[("2023-06-01", None)] * 8781,
        *[("2024-01-10", "2024-01-20")] * 125,
        *[("2024-01-10", None)] * 4875,
        *[("2024-02-10", "2024-02-20")] * 125,
        *[("2024-02-10", None)] * 300,
    )
    return derived({"subscriptions": contracts})


@pytest.mark.parametrize(("preset", "rates"), [(None, [5.0, 5.0]), ("all_losses", [6.25, 5.87])])
def test_losses_of_newcomers_belong_to_another_cohort(preset: str | None, rates: list[float]) -> None:
    months = {"period": "month", "start": date(2024, 1, 1), "end": date(2024, 3, 1)}
    found = measure("churn_rate", two_months(), END, preset=preset, **months)
    assert [round(f.estimate.value, 2) for f in found.figures] == rates


def test_the_cohort_is_who_was_there_when_the_period_began() -> None:
    figures = measure("churn_rate", two_months(), END, period="month", start=date(2024, 1, 1), end=date(2024, 3, 1))
    assert [(f.estimate.numerator, f.estimate.denominator) for f in figures.figures] == [(500, 10_000), (719, 14_375)]


def test_its_interval_is_wilson_s() -> None:
    estimate = measure("churn_rate", two_months(), END, start=date(2024, 1, 1), end=date(2024, 2, 1)).figure.estimate
    assert (estimate.low, estimate.high) == pytest.approx(
        [100 * x for x in (wilson(500, 10000).low, wilson(500, 10000).high)]
    )


@pytest.mark.parametrize(
    ("contract", "counted"),
    [
        (("2023-06-01", None), (0, 1)),
        (("2023-06-01", "2024-03-01"), (1, 1)),
        (("2023-06-01", "2024-01-01"), (1, 1)),  # still there when the year began
        (("2023-06-01", "2025-01-01"), (0, 1)),  # lost in the next year
        (("2023-06-01", "2023-12-31"), (0, 0)),  # lost in the last one
        (("2024-01-01", "2024-03-01"), (0, 0)),  # won inside the year
        (("2023-06-01", "2025-07-01"), (0, 1)),  # the notice is given, the day has not come
    ],
)
def test_a_customer_is_lost_on_the_day_the_contract_ends(
    contract: tuple[str, str | None], counted: tuple[int, int]
) -> None:
    estimate = measure("churn_rate", {"subscriptions": subscriptions(contract)}, END, **YEAR).figure.estimate
    assert (estimate.numerator or 0, estimate.n) == counted


def test_a_contract_that_ends_after_the_data_has_not_ended() -> None:
    tables = {"subscriptions": subscriptions(("2023-06-01", "2024-11-01"))}
    assert measure("churn_rate", tables, Settings(data_end=at("2024-10-01")), **YEAR).value == 0


def test_who_still_has_another_contract_is_not_lost() -> None:
    contracts = subscriptions(("2023-06-01", "2024-03-01"), ("2023-08-01", None), customer_id="cleo")
    assert measure("churn_rate", {"subscriptions": contracts}, END, **YEAR).value == 0


def test_who_left_and_came_back_was_lost_and_is_a_customer_again() -> None:
    contracts = subscriptions(("2021-03-01", "2022-06-01"), ("2023-03-01", None), customer_id="cleo")
    years = {"period": "year", "start": date(2022, 1, 1), "end": date(2025, 1, 1)}
    found = measure("churn_rate", {"subscriptions": contracts}, END, **years).figures
    assert [(f.estimate.numerator or 0, f.estimate.n) for f in found] == [(1, 1), (0, 0), (0, 1)]


def test_a_customer_without_a_start_is_left_out_and_said_to_be() -> None:
    contracts = subscriptions(("2023-06-01", None), (None, "2024-03-01"))  # type: ignore[arg-type]
    figure = measure("churn_rate", {"subscriptions": contracts}, END, **YEAR).figure
    assert (figure.estimate.n, figure.left_out) == (1, {"undated": 1})


def test_without_contracts_who_buys_nothing_for_a_horizon_is_lost_when_it_has_passed() -> None:
    bought = orders(("a", "2023-02-01", 10), ("a", "2023-03-01", 10), ("b", "2023-12-01", 10), ("c", "2024-02-01", 10))
    estimate = measure("churn_rate", {"orders": bought}, END, preset="silent", **YEAR).figure.estimate
    assert (estimate.numerator, estimate.denominator) == (2, 2)


def test_a_customer_who_buys_in_two_currencies_is_one_customer() -> None:
    bought = orders(("a", "2023-02-01", 10), ("a", "2024-03-01", 10), currency=["EUR", "MXN"])
    estimate = measure("churn_rate", {"orders": bought}, END, preset="silent", **YEAR).figure.estimate
    assert (estimate.numerator, estimate.denominator) == (0, 1)


def test_a_flag_in_the_file_is_taken_as_it_is() -> None:
    contracts = subscriptions((None, None), (None, None), (None, None), churned=[True, False, None])  # type: ignore[arg-type]
    figure = measure("churn_rate", {"subscriptions": contracts}, END, preset="flagged").figure
    assert (figure.estimate.value, figure.left_out) == (50, {"unflagged": 1})


def test_without_a_period_it_is_the_year_up_to_the_data_s_end() -> None:
    figure = measure("churn_rate", two_months(), Settings(data_end=at("2024-02-29 12:00"))).figure
    assert figure.period is not None
    assert (figure.period.start, figure.period.end) == (date(2023, 3, 1), date(2024, 3, 1))
