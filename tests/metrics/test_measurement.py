"""The answer as a table, in whatever somebody works with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from latido.errors import UsageError
from latido.metrics import measure
from latido.metrics.measurement import Change, Figure, Measurement, Period
from latido.metrics.query import Query
from latido.stats.estimate import Estimate
from tests.metrics.tables import answers


@pytest.fixture(scope="module")
def found() -> Measurement:
    days = ["2024-01-10", "2024-02-10", "2024-02-11"]
    given = answers(10, 3, None, answered=days, channel="email")
    return measure("nps", {"answers": given}, by="channel", period="month", compare="previous")


def test_each_figure_and_part_is_a_row(found: Measurement) -> None:
    frame = found.to_pandas()
    assert frame.part.tolist() == ["value", "promoters", "detractors"] * 2
    assert frame[["start", "channel", "value", "n", "unit", "left_out"]].iloc[3].tolist() == [
        date(2024, 2, 1), "email", -100, 1, "points", 1,
    ]  # fmt: skip


def test_the_change_stands_beside_the_main_part(found: Measurement) -> None:
    frame = found.to_pandas()
    assert frame.change.iloc[3] == -200
    assert pd.isna(frame.change.iloc[4])


def test_arrow_has_the_same_rows(found: Measurement) -> None:
    assert found.to_arrow().num_rows == 6


def test_polars_has_the_same_rows(found: Measurement) -> None:
    assert found.to_polars().height == 6


def test_one_figure_can_be_read_off() -> None:
    found = measure("nps", {"answers": answers(10, 9)})
    assert (found.value, found.figure.estimate.n, len(found)) == (100, 2, 1)


def test_several_figures_are_not_one(found: Measurement) -> None:
    with pytest.raises(ValueError, match="too many values"):
        _ = found.value


@pytest.mark.parametrize(("low", "high", "noise"), [(-1, 1, True), (0, 1, True), (0.1, 1, False), (-1, -0.1, False)])
def test_a_difference_whose_interval_covers_zero_is_noise(low: float, high: float, noise: bool) -> None:
    change = Change(Estimate(0, low, high, 9), Estimate(0, -1, 1, 9), Period(date(2024, 1, 1), date(2024, 2, 1)))
    assert change.noise is noise


def test_figures_that_came_from_nowhere_have_no_rows() -> None:
    figure = Figure({}, None, {"value": Estimate(1, 0, 2, 9)})
    made: Any = Measurement(measure("nps", {"answers": answers(10)}).metric, Query("nps"), (figure,))
    with pytest.raises(UsageError, match="not computed from rows"):
        made.trace()
