"""Weighting for who did not answer, in a workspace."""

from __future__ import annotations

import pytest

import latido
from latido.errors import ProtectedError, UnknownNameError, UsageError
from latido.insights.nonresponse import Scored
from latido.workspace import Workspace
from tests.company import company
from tests.surveyed import PEOPLE, surveyed


@pytest.fixture
def asking() -> Workspace:
    return latido.open(surveyed())


def main(workspace: Workspace, **question: object) -> Scored:
    group = workspace.nonresponse("nps", **question).main
    assert group is not None
    return group


def test_the_score_of_those_who_answered_is_corrected_for_those_who_did_not(asking: Workspace) -> None:
    group = main(asking)
    assert group.asked == 2 * PEOPLE
    assert group.weighted.high < group.raw.low


def test_only_the_days_asked_for_count(asking: Workspace) -> None:
    assert main(asking, start="2025-04-01", end="2025-07-01").asked == PEOPLE


def test_waves_are_filters(asking: Workspace) -> None:
    assert main(asking, where="wave=one").asked == PEOPLE


def test_a_wave_is_compared_with_the_one_before(asking: Workspace) -> None:
    found = asking.nonresponse("nps", start="2025-04-01", end="2025-07-01", compare="previous")
    assert found.main is not None
    change = found.change(found.main)
    assert change is not None
    assert change.low < 0 < change.high


def test_a_comparison_needs_days(asking: Workspace) -> None:
    with pytest.raises(UsageError, match="needs periods"):
        asking.nonresponse("nps", compare="previous")


def test_the_cap_is_more_than_everybody_s_own_weight(asking: Workspace) -> None:
    with pytest.raises(UsageError, match="more than 1"):
        asking.nonresponse("nps", cap=1)


def test_metrics_that_nobody_is_asked_for_have_no_silence(asking: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="survey of customers"):
        asking.nonresponse("resolution_time")


def test_colleagues_silence_is_theirs(asking: Workspace) -> None:
    with pytest.raises(ProtectedError):
        asking.nonresponse("enps")


def test_where_no_invitations_are_kept_there_is_nothing() -> None:
    assert latido.open(company()).nonresponse("nps").groups == ()


def test_it_is_a_table(asking: Workspace) -> None:
    assert list(asking.nonresponse("nps").to_pandas()["survey_kind"]) == ["relationship"]


@pytest.mark.parametrize("wrong", [{"by": "chanel"}, {"whom": "customer"}])
def test_what_there_is_none_of_is_refused(asking: Workspace, wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        asking.nonresponse("nps", **wrong)
