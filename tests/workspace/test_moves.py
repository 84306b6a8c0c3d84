"""What moved in a workspace: which two periods are compared where none are asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import latido
from latido.errors import UnknownNameError, UsageError
from latido.metrics.measurement import Period
from latido.workspace import Workspace
from tests.company import company


@pytest.fixture
def acme() -> Workspace:
    return latido.open(company())


def test_without_days_it_is_the_last_thirteen_whole_weeks(acme: Workspace) -> None:
    found = acme.moved(["nps"])
    assert (found.now.end - found.now.start, found.now.start.weekday(), found.then.end) == (
        timedelta(weeks=13), 0, found.now.start,
    )  # fmt: skip


def test_the_days_asked_for_are_compared_with_as_many_before(acme: Workspace) -> None:
    found = acme.moved(["nps"], start="2025-03-01", end="2025-04-01")
    assert (found.now, found.then) == (
        Period(date(2025, 3, 1), date(2025, 4, 1)), Period(date(2025, 1, 29), date(2025, 3, 1)),
    )  # fmt: skip


def test_last_year_is_the_same_days_a_year_before(acme: Workspace) -> None:
    found = acme.moved(["nps"], start="2025-03-01", end="2025-04-01", compare="last_year")
    assert found.then == Period(date(2024, 3, 1), date(2024, 4, 1))


def test_changes_are_a_table(acme: Workspace) -> None:
    assert acme.moved(["nps"], start="2025-03-01", end="2025-04-01").to_pandas().empty


def test_without_data_there_is_nothing_to_compare(tmp_path: object) -> None:
    with pytest.raises(UsageError, match="nothing to compare"):
        latido.create(f"{tmp_path}/empty").moved()


def test_a_dimension_that_no_metric_knows_is_answered_with_the_nearest(acme: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="channel"):
        acme.moved(["nps"], by="chanel")


def test_by_any_dimension_that_some_metric_knows(acme: Workspace) -> None:
    found = acme.moved(["nps", "churn_rate"], by="channel", start="2025-03-01", end="2025-04-01")
    assert found.compared + found.small > 1


def test_days_after_the_data_are_refused(acme: Workspace) -> None:
    with pytest.raises(UsageError, match=r"The data end on .* 2025: nothing can be compared from 1 Jan 2027 on"):
        acme.moved(["nps"], start="2027-01-01")


def test_an_unknown_comparison_is_answered_with_the_nearest(acme: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="last_year"):
        acme.moved(["nps"], start="2025-03-01", end="2025-04-01", compare="lastyear")
