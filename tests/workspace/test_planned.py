"""How many values a metric of a workspace needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import latido
from latido.errors import ProtectedError, UnknownNameError, UsageError
from latido.insights.plan import Assumed
from latido.metrics.measurement import Period
from latido.workspace import Workspace
from tests.company import company


@pytest.fixture
def acme() -> Workspace:
    return latido.open(company())


def test_a_difference_is_planned_from_the_data_that_there_are(acme: Workspace) -> None:
    (one,) = acme.plan("nps", difference=5).needs
    assert one.present.n == pytest.approx(200, abs=10)
    assert one.needed is not None
    assert one.needed.n > one.have


def test_the_present_pace_is_that_since_the_data_began(acme: Workspace) -> None:
    span = acme.plan("nps").span
    assert span == Period(date(2025, 1, 2), date(2025, 4, 28))


def test_the_days_can_be_said(acme: Workspace) -> None:
    assert acme.plan("nps", start="2025-02", end="2025-03").span == Period(date(2025, 2, 1), date(2025, 3, 1))


def test_the_target_is_the_settings(acme: Workspace) -> None:
    assert acme.plan("nps", goal="target").needs[0].goal == 20


def test_another_target_can_be_said(acme: Workspace) -> None:
    assert acme.plan("nps", goal=35).needs[0].goal == 35


def test_a_metric_without_a_target_has_none_to_reach(acme: Workspace) -> None:
    with pytest.raises(UsageError, match="has no target"):
        acme.plan("reopen_rate", goal="target")


def test_days_after_the_data_are_refused(acme: Workspace) -> None:
    with pytest.raises(UsageError, match=r"no data of Net promoter score \(NPS\) from 1 Jan 2030 on"):
        acme.plan("nps", difference=5, start="2030-01-01")


def test_one_thing_is_planned_at_a_time(acme: Workspace) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        acme.plan("nps", margin=3, goal=35)
    with pytest.raises(UsageError, match="exclude each other"):
        acme.plan("nps", difference=3, margin=2)


@pytest.mark.parametrize("wrong", [{"difference": 0}, {"margin": -1}, {"share": 1, "difference": 3}, {"power": 1},
                                   {"level": 0.7}])  # fmt: skip
def test_what_cannot_be_is_refused(acme: Workspace, wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        acme.plan("nps", **wrong)


def test_an_unknown_period_is_answered_with_the_nearest(acme: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="month"):
        acme.plan("nps", period="monthly")


def test_colleagues_answers_are_not_planned(acme: Workspace) -> None:
    with pytest.raises(ProtectedError):
        acme.plan("enps")


def test_without_data_something_has_to_be_assumed(tmp_path: Path) -> None:
    empty = latido.create(tmp_path / "empty")
    with pytest.raises(UsageError, match="no data"):
        empty.plan("nps", difference=5)
    assert empty.plan("nps", difference=5, assumed=Assumed(value=30)).needs[0].needed is not None
