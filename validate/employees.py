"""Who left, and how many were there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from validate.check import Check
from validate.company import Company, Figure


def attrition(data: Path, folder: Path) -> Iterator[Check]:
    """1,470 employees whose file flags who left."""
    company = Company(folder / "hr")
    company.mapped([data / "hr_attrition_ibm" / "emp_attrition.csv"], "hr_attrition")
    left = ("turnover_rate", "--preset", "flagged")
    yield Check("left, %", company.value(*left), 16.12, 0.005)
    yield Check("left", company.value(*left, field="numerator"), 237)
    overtime = company.by("overtime", *left)
    yield Check("left, with overtime, %", overtime["Yes"], 30.53, 0.005)
    yield Check("left, without overtime, %", overtime["No"], 10.44, 0.005)


def turnover(data: Path, folder: Path) -> Iterator[Check]:
    """Seven centres, month by month and over twelve months, headcount as the mean of two days."""
    company = Company(folder / "237")
    company.mapped([data / "prepbench" / "237" / "inputs" / "input_01.csv"], "prepbench_237")
    theirs = pd.read_csv(data / "prepbench" / "237" / "expected" / "output_01.csv", dtype={"dc_nbr": str})
    days = pd.to_datetime(theirs["month_end_date"], format="%d/%m/%Y")
    theirs = theirs.set_index(["dc_nbr", days.dt.strftime("%Y-%m-01")])["turnover_month"].dropna()
    question = ("turnover_rate", "--preset", "two_point", "--by", "team", "--period", "month")
    ours = {key(f): f.parts["value"]["value"] for f in company.figures(*question)}
    yield Check("months of centres with a rate", sum(k in ours for k in theirs.index), len(theirs))
    near = sum(abs(ours.get(k, float("inf")) - rate) <= 0.005 for k, rate in theirs.items())
    yield Check("rates that agree to the second decimal", near, len(theirs))


def key(figure: Figure) -> tuple[str | None, str | None]:
    """Centre and month of a figure."""
    return figure.keys["team"], figure.month
