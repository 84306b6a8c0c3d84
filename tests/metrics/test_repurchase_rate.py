"""Who bought again within a year of the first purchase."""

from __future__ import annotations

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import at, orders

END = Settings(data_end=at("2025-06-01"))


def test_a_second_purchase_after_the_horizon_is_none() -> None:
    bought = orders(
        ("a", "2023-01-01", 1), ("a", "2023-12-31", 1), ("b", "2023-01-01", 1), ("b", "2024-03-01", 1),
        ("c", "2023-01-01", 1),
    )  # fmt: skip
    estimate = measure("repurchase_rate", {"orders": bought}, END).figure.estimate
    assert (estimate.numerator, estimate.denominator) == (1, 3)


def test_who_bought_first_less_than_a_year_ago_is_unknown_not_a_failure() -> None:
    figure = measure("repurchase_rate", {"orders": orders(("a", "2024-07-01", 1), ("b", "2023-01-01", 1))}, END).figure
    assert (figure.estimate.n, figure.left_out) == (1, {"too_young": 1})


def test_buying_again_in_another_currency_is_buying_again() -> None:
    bought = orders(("a", "2023-01-01", 1), ("a", "2023-03-01", 1), currency=["EUR", "MXN"])
    estimate = measure("repurchase_rate", {"orders": bought}, END).figure.estimate
    assert (estimate.value, estimate.n) == (100, 1)
