"""Against an earlier period: how much, and whether it is more than noise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from latido.errors import UsageError
from latido.metrics import measure
from latido.metrics.measurement import Change, Figure
from latido.stats.shares import wilson
from tests.metrics.tables import answers, created


def csat(**months: tuple[int, int]) -> dict[str, Any]:
    """Content and other answers by month, `m2024_01=(80, 20)`."""
    scores = [s for content, other in months.values() for s in [5] * content + [1] * other]
    days = [f"{m[1:].replace('_', '-')}-10" for m, (content, other) in months.items() for _ in range(content + other)]
    return {"answers": answers(*scores, kind="csat", answered=days)}


def change(figure: Figure) -> Change:
    assert figure.change is not None
    return figure.change


def test_the_change_is_this_period_minus_the_last() -> None:
    figures = measure("csat", csat(m2024_01=(48, 32), m2024_02=(56, 14)), period="month", compare="previous").figures
    found = change(figures[1])
    assert (found.difference.value, found.baseline.value, found.noise) == (pytest.approx(20), 60, False)
    # Newcombe's interval of 56/70 against 48/80 is published.
    assert (found.difference.low, found.difference.high) == (
        pytest.approx(5.24, abs=0.01),
        pytest.approx(33.39, abs=0.01),
    )


def test_a_difference_inside_the_noise_is_called_that() -> None:
    figures = measure("csat", csat(m2024_01=(7, 3), m2024_02=(8, 2)), period="month", compare="previous").figures
    assert change(figures[1]).noise


def test_the_same_month_last_year_is_another_comparison() -> None:
    tables = csat(m2023_02=(5, 5), m2024_01=(9, 1), m2024_02=(8, 2))
    figures = measure("csat", tables, period="month", compare="last_year", start=date(2024, 2, 1)).figures
    assert change(figures[0]).baseline.value == 50


def test_before_the_data_began_there_is_nothing_to_compare_with() -> None:
    figures = measure("ticket_volume", created("2024-01-10", "2024-02-10"), period="month", compare="previous").figures
    assert [f.change is None for f in figures] == [True, False]


def test_a_month_in_which_nothing_came_is_a_baseline_of_nothing() -> None:
    figures = measure("ticket_volume", created("2024-01-10", "2024-03-10"), period="month", compare="previous").figures
    assert [f.change and f.change.difference.value for f in figures] == [None, -1, 1]


def test_groups_are_compared_with_themselves() -> None:
    tables = created("2024-01-10", "2024-02-10", "2024-02-11", channel=["chat", "chat", "email"])
    figures = measure("ticket_volume", tables, by="channel", period="month", compare="previous").figures
    assert {
        (str(f.period.start), f.keys["channel"]): f.change and f.change.difference.value for f in figures if f.period
    } == {
        ("2024-01-01", "chat"): None,
        ("2024-02-01", "chat"): 0,
        ("2024-02-01", "email"): None,
    }


def test_kinds_of_surveys_are_compared_with_their_own_kind() -> None:
    # The months differ in how many kinds there are: one needs no split, the other does.
    days, subjects = ["2024-01-10", "2024-02-10", "2024-02-10"], ["relationship", "relationship", "ticket"]
    tables = {"answers": answers(10, 3, 3, answered=days, subject=subjects)}
    figures = measure("nps", tables, period="month", compare="previous").figures
    found = {
        (f.keys["survey_kind"], f.period.start.month): f.change and f.change.difference.value
        for f in figures
        if f.period
    }
    assert found == {("relationship", 1): None, ("relationship", 2): -200, ("transactional", 2): None}


def test_a_withheld_figure_has_no_change() -> None:
    figures = measure(
        "csat", csat(m2024_01=(70, 30), m2024_02=(2, 1)), period="month", compare="previous", min_n=10
    ).figures
    assert figures[1].change is None


@pytest.mark.parametrize("comparison", ["previous", "last_year"])
def test_two_days_are_compared_with_two_days(comparison: Any) -> None:
    tables = created("2023-03-05 10:00", "2024-03-03 10:00", "2024-03-05 10:00", "2024-03-05 11:00")
    span = {"start": date(2024, 3, 4), "end": date(2024, 3, 6)}
    assert change(measure("ticket_volume", tables, compare=comparison, **span).figure).difference.value == 1


def test_windows_are_compared_with_the_window_before() -> None:
    tables = created("2024-03-01 10:00", "2024-03-08 10:00", "2024-03-09 10:00")
    asked = {"period": "7d", "start": date(2024, 3, 14), "end": date(2024, 3, 15)}
    found = change(measure("ticket_volume", tables, compare="previous", **asked).figure)
    assert (found.difference.value, found.baseline.value, found.period and found.period.start) == (
        1,
        1,
        date(2024, 3, 1),
    )


def test_weeks_are_compared_with_the_week_52_weeks_earlier() -> None:
    tables = created("2023-03-08 10:00", "2023-03-09 10:00", "2024-03-06 10:00")
    found = measure("ticket_volume", tables, period="week", compare="last_year", start=date(2024, 3, 4)).figure
    assert change(found).difference.value == -1


def test_cohorts_are_compared_too() -> None:
    figures = measure(
        "backlog", {}, period="month", compare="previous", start=date(2024, 1, 1), end=date(2024, 3, 1)
    ).figures
    assert len(figures) == 2


def test_without_periods_there_is_nothing_to_compare() -> None:
    with pytest.raises(UsageError, match="A comparison needs periods"):
        measure("ticket_volume", created("2024-03-05"), compare="previous")


def test_newcombe_s_interval_is_that_of_two_wilson_intervals() -> None:
    assert wilson(56, 70).value - wilson(48, 80).value == pytest.approx(0.2)
