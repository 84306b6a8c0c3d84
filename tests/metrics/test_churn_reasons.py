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
    shares = [{name: e.value for name, e in f.parts.items()} for f in found.figures]
    assert shares == [{"moved": 0, "price": 100}, {"moved": 100, "price": 0}]


def test_every_month_has_the_same_reasons_in_the_same_order_and_each_is_compared_with_itself() -> None:
    lost = [("2023-06-01", f"2024-0{month}-10") for month in (2, 2, 2, 2, 3, 3, 3, 3, 3)]
    reasons = ["moved", "moved", "moved", "price", "price", "price", "moved", "price", "price"]
    found = measure(
        "churn_reasons", {"subscriptions": subscriptions(*lost, reason=reasons)}, period="month", compare="previous"
    )
    assert [list(f.parts) for f in found.figures] == [["price", "moved"]] * 2
    change = found.figures[-1].change
    assert (change.baseline.value, change.difference.value) == (25, 55)
