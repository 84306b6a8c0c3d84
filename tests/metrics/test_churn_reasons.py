"""Why customers left, and how many never said."""

from __future__ import annotations

from latido.metrics import measure
from tests.metrics.tables import subscriptions

LOST = ("2023-06-01", "2024-03-01")


def test_who_gave_no_reason_stays_in_the_denominator_and_is_shown() -> None:
    reasons = ["price", "price", "moved", None]
    parts = measure("churn_reasons", {"subscriptions": subscriptions(*[LOST] * 4, reason=reasons)}).figure.parts
    assert {name: e.value for name, e in parts.items()} == {"price": 50, "(none)": 25, "moved": 25}


def test_customers_who_stay_give_no_reason_for_leaving() -> None:
    contracts = subscriptions(LOST, ("2023-06-01", None), reason=["price", "moved"])
    assert list(measure("churn_reasons", {"subscriptions": contracts}).figure.parts) == ["price"]


def test_of_several_contracts_the_one_that_ended_last_says_why() -> None:
    contracts = subscriptions(
        ("2023-01-01", "2024-03-01"), ("2023-02-01", "2023-05-01"), customer_id="cleo", reason=["moved", "price"]
    )
    assert list(measure("churn_reasons", {"subscriptions": contracts}).figure.parts) == ["moved"]


def test_a_reason_counts_in_the_month_of_the_loss() -> None:
    contracts = subscriptions(LOST, ("2023-06-01", "2024-04-01 12:00"), reason=["price", "moved"])
    found = measure("churn_reasons", {"subscriptions": contracts}, period="month")
    assert [list(f.parts) for f in found.figures] == [["price"], ["moved"]]


def test_a_reason_is_compared_with_itself_and_not_with_what_was_most_frequent_then() -> None:
    lost = [("2023-06-01", f"2024-0{month}-10") for month in (2, 2, 2, 2, 3, 3, 3, 3)]
    reasons = ["moved", "moved", "moved", "price", "price", "price", "moved", "price"]
    found = measure(
        "churn_reasons", {"subscriptions": subscriptions(*lost, reason=reasons)}, period="month", compare="previous"
    )
    change = found.figures[-1].change
    assert (found.figures[-1].main, change.baseline.value, change.difference.value) == ("price", 25, 50)
