"""Contracts and purchases, customer by customer."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest

from latido.facts.customers import customers_at
from tests.metrics.tables import derived, orders, subscriptions, table


def facts(name: str, **tables: Any) -> pd.DataFrame:
    frame: pd.DataFrame = derived(tables)[name].execute()
    return frame.set_index("customer_id").sort_index()


def test_a_customer_is_lost_when_the_last_contract_has_ended() -> None:
    contracts = subscriptions(
        ("2023-01-01", "2023-05-01"), ("2023-02-01", "2024-03-01"), ("2023-01-01", "2023-05-01"), ("2023-02-01", None),
        customer_id=["gone", "gone", "here", "here"],
    )  # fmt: skip
    found = facts("subscription_facts", subscriptions=contracts)
    assert found.ended.tolist()[:1] == [pd.Timestamp("2024-03-01")]
    assert pd.isna(found.ended["here"])


def test_several_contracts_are_one_customer() -> None:
    contracts = subscriptions(("2023-02-01", None), ("2023-01-01", None), customer_id="c", amount=[10.0, 5.0])
    row = facts("subscription_facts", subscriptions=contracts).loc["c"]
    assert (row.started, row.contracts, row.amount) == (pd.Timestamp("2023-01-01"), 2, 15)


def test_who_comes_back_after_months_is_a_customer_again() -> None:
    contracts = subscriptions(
        ("2022-01-01", "2022-06-01"), ("2023-01-01", None), customer_id="c", reason=["price", None]
    )
    found = facts("subscription_facts", subscriptions=contracts).sort_values("spell")
    assert found.started.tolist() == [pd.Timestamp("2022-01-01"), pd.Timestamp("2023-01-01")]
    assert found.ended.isna().tolist() == [False, True]
    assert found.reason.tolist()[:1] == ["price"]


@pytest.mark.parametrize(
    ("again", "spells"), [("2022-06-01", 1), ("2022-06-02", 1), ("2022-07-02", 1), ("2022-07-03", 2)]
)
def test_another_contract_within_a_month_is_a_change_of_contract(again: str, spells: int) -> None:
    contracts = subscriptions(("2022-01-01", "2022-06-01"), (again, None), customer_id="c")
    assert len(facts("subscription_facts", subscriptions=contracts)) == spells


def test_a_contract_inside_another_ends_nothing() -> None:
    contracts = subscriptions(
        ("2022-01-01", "2023-06-01"), ("2022-02-01", "2022-03-01"), ("2023-05-01", None), customer_id="c"
    )
    found = facts("subscription_facts", subscriptions=contracts)
    assert (len(found), found.contracts.tolist()) == (1, [3])


def test_a_contract_without_a_start_belongs_to_the_customer_s_first() -> None:
    contracts = subscriptions(("2022-01-01", "2022-06-01"), (None, None), customer_id="c")  # type: ignore[arg-type]
    found = facts("subscription_facts", subscriptions=contracts)
    assert (len(found), pd.isna(found.ended["c"])) == (1, True)


def test_who_is_flagged_as_lost_in_all_contracts_is_lost() -> None:
    contracts = subscriptions(
        *[(None, None)] * 4,  # type: ignore[list-item]
        customer_id=["gone", "gone", "half", "half"], churned=[True, True, True, False],
    )  # fmt: skip
    assert facts("subscription_facts", subscriptions=contracts).lost_flag.tolist() == [1, 0]


def test_a_reason_of_a_contract_that_runs_is_no_reason_for_leaving() -> None:
    contracts = subscriptions(("2023-02-01", None), customer_id="c", reason="price")
    assert pd.isna(facts("subscription_facts", subscriptions=contracts).reason["c"])


def test_a_contract_s_own_plan_comes_before_the_customer_s() -> None:
    customers = table("customers", [{"customer_id": "a", "plan": "old"}, {"customer_id": "b", "plan": "old"}])
    contracts = subscriptions(("2023-02-01", None), ("2023-02-01", None), customer_id=["a", "b"], plan=["new", None])
    assert facts("subscription_facts", subscriptions=contracts, customers=customers).plan.tolist() == ["new", "old"]


BOUGHT = orders(
    ("a", "2024-01-03", 30), ("a", "2024-01-01", 10), ("a", "2024-01-02", 500), ("a", "2024-01-04", 9),
    ("b", "2024-02-01", 7),
    currency=["EUR", "EUR", "MXN", "EUR", "EUR"], cancelled=[False, False, False, True, False],
)  # fmt: skip


def test_purchases_are_added_up_by_customer_and_currency() -> None:
    found = facts("customer_facts", orders=BOUGHT).reset_index().set_index(["customer_id", "currency"]).sort_index()
    assert found.orders.tolist() == [2, 1, 1]
    assert found.amount.tolist() == [40, 500, 7]
    assert found.amount_squares.tolist() == [1000, 250_000, 49]


def test_one_row_of_a_customer_is_the_one_of_the_first_purchase() -> None:
    found = facts("customer_facts", orders=BOUGHT).reset_index().set_index(["customer_id", "currency"]).sort_index()
    assert found.main.tolist() == [1, 0, 1]
    assert found.second_ordered.tolist()[:1] == [pd.Timestamp("2024-01-02")]
    assert found.last_of_all.tolist()[:2] == [pd.Timestamp("2024-01-03")] * 2


def test_each_purchase_knows_the_next_one_and_whether_it_is_the_first() -> None:
    found = derived({"orders": BOUGHT})["order_facts"].execute().set_index("order_id").sort_index()
    assert found["first"].to_dict() == {"o0": 0, "o1": 1, "o2": 0, "o4": 1}
    assert found.next_ordered["o1"] == pd.Timestamp("2024-01-02")


def test_customers_at_a_moment_have_come_and_not_left() -> None:
    people = [{"customer_id": "stays", "created": "2024-01-01"}, {"customer_id": "left", "created": "2024-01-01"},
              {"customer_id": "comes", "created": "2025-01-01"}, {"customer_id": "plain"}]  # fmt: skip
    contracts = subscriptions(("2024-01-01", None), ("2024-01-01", "2024-03-01"), customer_id=["stays", "left"])
    tables = derived({"customers": table("customers", people), "subscriptions": contracts})
    there = customers_at(ibis.literal("2024-06-01 00:00:00").cast("timestamp(6)"), tables)
    assert sorted(there.execute()["customer_id"]) == ["plain", "stays"]
