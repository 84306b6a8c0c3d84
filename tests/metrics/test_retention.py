"""How long customers stay, those who stay censored."""

from __future__ import annotations

import pytest

from latido.metrics import measure
from latido.metrics.settings import Settings
from tests.metrics.tables import at, subscriptions

END = Settings(data_end=at("2025-01-01"))


def test_who_is_still_with_us_is_censored_not_counted_as_staying_for_ever() -> None:
    # At half a year one of four is lost; one is with us for three months only; then one of two at ten.
    contracts = subscriptions(
        ("2024-01-01", "2024-06-15"), ("2024-01-01", "2024-11-01"), ("2023-12-15", None), ("2024-10-01", None)
    )
    parts = measure("retention", {"subscriptions": contracts}, END).figure.parts
    assert (parts["6m"].value, parts["12m"].value) == (pytest.approx(200 / 3), pytest.approx(100 / 3))


def test_months_and_a_flag_serve_where_there_are_no_dates() -> None:
    contracts = subscriptions(*[(None, None)] * 4, months=[2, 5, 30, 40], churned=[True, True, False, False])  # type: ignore[list-item]
    assert measure("retention", {"subscriptions": contracts}, END).figure.parts["12m"].value == 50


def test_who_is_flagged_as_lost_without_saying_when_is_left_out() -> None:
    contracts = subscriptions(("2024-01-01", None), ("2024-01-01", None), churned=[True, False])
    figure = measure("retention", {"subscriptions": contracts}, END).figure
    assert (figure.estimate.n, figure.left_out) == (1, {"undated": 1})


def test_cohorts_are_those_who_started_in_a_period() -> None:
    contracts = subscriptions(("2023-03-01", "2023-04-15"), ("2024-03-01", None))
    found = measure("retention", {"subscriptions": contracts}, END, period="year")
    assert [f.parts["3m"].value for f in found.figures] == [0, 100]


def test_a_customer_who_starts_after_the_data_s_end_is_not_there_yet() -> None:
    contracts = subscriptions(("2024-03-01", None), ("2025-03-01", None))
    assert measure("retention", {"subscriptions": contracts}, END).figure.estimate.n == 1
