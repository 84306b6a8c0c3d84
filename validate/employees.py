"""Who left, and how many were there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from validate.check import Check
from validate.company import Company


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
    theirs = theirs.set_index(["dc_nbr", days.dt.strftime("%Y-%m-01")])
    ours = rates(company, "--period", "month")
    yield from agreeing("by month", ours, theirs["turnover_month"].dropna())
    for year in (2021, 2022):
        ours = rates(company, "--from", f"{year}-07", "--to", f"{year + 1}-07")
        last = theirs.xs(f"{year + 1}-06-01", level=1)["turnover_p12"].dropna()
        yield from agreeing(f"in the year to June {year + 1}", {centre: r for (centre, _), r in ours.items()}, last)


def rates(company: Company, *options: str) -> dict[tuple[str | None, str | None], float]:
    """Turnover by centre and month."""
    found = company.figures("turnover_rate", "--preset", "two_point", "--by", "team", *options)
    return {(f.keys["team"], f.month): f.parts["value"]["value"] for f in found}


def agreeing(when: str, ours: dict[Any, float], theirs: pd.Series[float]) -> Iterator[Check]:
    """How many of their rates are ours rounded to the second decimal, which they are: 9.375 is their 9.38."""
    half = 0.005 + 1e-9
    near = sum(abs(ours.get(key, float("inf")) - rate) <= half for key, rate in theirs.items())
    yield Check(f"rates {when}", near, len(theirs))
