"""Lifetime value: a rate with a unit, times a length, times an amount."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import at, derived, orders

START = at("2017-01-01")
SEVEN_YEARS = START + timedelta(days=7 * 365.25)
QUARTER = timedelta(days=365.25 / 4)


@cache
def quarterly() -> Any:
    """Ten customers who buy for 72 every three months, for seven years."""
    bought = [(f"c{i}", f"{START + n * QUARTER:%Y-%m-%d %H:%M:%S}", 72.0) for i in range(10) for n in range(28)]
    return derived({"orders": orders(*bought, currency="EUR")})


def test_72_four_times_a_year_for_seven_years_is_2016() -> None:
    found = measure("clv", quarterly(), Settings(data_end=SEVEN_YEARS, lifespan_years=7))
    assert found.value == pytest.approx(2016)


def test_a_margin_is_said_aloud() -> None:
    found = measure("clv", quarterly(), Settings(data_end=SEVEN_YEARS, lifespan_years=7, margin=0.75))
    assert found.value == pytest.approx(1512)


def test_its_factors_stand_beside_it() -> None:
    parts = measure("clv", quarterly(), Settings(data_end=SEVEN_YEARS, lifespan_years=7)).figure.parts
    values = {name: round(e.value, 6) for name, e in parts.items() if name != "value"}
    assert values == {"average_order_value": 72, "orders_per_year": 4, "lifespan_years": 7}


def test_the_lifespan_is_taken_from_the_data_where_nobody_states_it() -> None:
    parts = measure("clv", quarterly(), Settings(data_end=SEVEN_YEARS)).figure.parts
    assert parts["lifespan_years"].value == pytest.approx(6.75)


def test_currencies_are_not_added() -> None:
    bought = orders(("a", "2024-01-01", 10), ("b", "2024-01-01", 300), currency=["EUR", "MXN"])
    assert [f.keys["currency"] for f in measure("clv", {"orders": bought}).figures] == ["EUR", "MXN"]


def test_what_was_cancelled_was_not_bought() -> None:
    bought = orders(("a", "2024-01-01", 10), ("a", "2024-02-01", 90), cancelled=[False, True])
    assert measure("clv", {"orders": bought}).figure.parts["average_order_value"].value == 10


def test_who_first_bought_after_the_data_s_end_is_no_customer_yet() -> None:
    bought = orders(("a", "2024-01-01", 10), ("b", "2024-02-01", 90))
    assert measure("clv", {"orders": bought}, Settings(data_end=at("2024-01-15"))).figure.estimate.n == 1
