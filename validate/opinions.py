"""Surveys and reviews."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from validate.check import Check
from validate.company import Company


def conference(data: Path, folder: Path) -> Iterator[Check]:
    """39 visitors of a conference: 8 promoters, 22 detractors."""
    company = Company(folder / "040")
    company.mapped([data / "prepbench" / "040" / "inputs" / "input_02.csv"], "prepbench_040")
    yield Check("NPS", company.value("nps"), -35.9, 0.05)
    yield Check("answers", company.value("nps", field="n"), 39)


def skytrax(data: Path, folder: Path) -> Iterator[Check]:
    """Reviews by touchpoint, with a date of 1970 and a 10 on a scale to 5 among them."""
    for name, n, recommended, share in (("lounge", 2_264, 816, 36.0), ("seat", 1_258, 458, 36.4)):
        company = Company(folder / name)
        company.mapped([data / "skytrax" / f"{name}.csv"], f"skytrax_{name}")
        yield Check(f"{name}: reviews", company.value("recommendation_rate", field="n"), n)
        yield Check(f"{name}: recommended", company.value("recommendation_rate", field="numerator"), recommended)
        yield Check(f"{name}: recommended, %", company.value("recommendation_rate"), share, 0.05)
