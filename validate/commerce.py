"""Contracts and purchases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from validate.check import Check
from validate.company import Company

BY_CONTRACT = {"Month-to-month": 42.71, "One year": 11.27, "Two year": 2.83}
DAYS_A_YEAR = 365.25


def telecom(data: Path, folder: Path) -> Iterator[Check]:
    """7,043 contracts that say whether they were lost, not when."""
    company = Company(folder / "telecom")
    company.mapped([data / "telco_churn_ibm" / "Telco-Customer-Churn.csv"], "telco")
    churn = ("churn_rate", "--preset", "flagged")
    yield Check("churned, %", company.value(*churn), 26.54, 0.005)
    yield Check("churned", company.value(*churn, field="numerator"), 1_869)
    plans = company.by("plan", *churn)
    for plan, share in BY_CONTRACT.items():
        yield Check(f"churned, {plan.lower()}, %", plans[plan], share, 0.005)


def cdnow(data: Path, folder: Path) -> Iterator[Check]:
    """6,919 purchases of 2,357 customers, in columns of fixed width."""
    file = data / "cdnow" / "CDNOW_sample.txt"
    company = Company(folder / "cdnow", "currency = 'USD'\n")
    company.mapped([file], "cdnow")
    for part, expected in seed_value(file).items():
        yield Check(part, company.value("clv", part=part), expected, 1e-6, published=False)


def seed_value(file: Path) -> dict[str, float]:
    """Average order value, orders a year of observation, years from first to last purchase, and their product."""
    rows = pd.read_csv(file, sep=r"\s+", names=["id", "sample", "day", "units", "dollars"])
    days = pd.to_datetime(rows["day"], format="%Y%m%d")
    first, last = (days.groupby(rows["id"]).agg(end) for end in ("min", "max"))
    observed = ((days.max() - first).dt.days / DAYS_A_YEAR).clip(lower=1 / DAYS_A_YEAR).sum()
    found = {
        "average_order_value": rows["dollars"].mean(),
        "orders_per_year": len(rows) / observed,
        "lifespan_years": ((last - first).dt.days / DAYS_A_YEAR).mean(),
    }
    value = found["average_order_value"] * found["orders_per_year"] * found["lifespan_years"]
    return {**found, "value": value}
