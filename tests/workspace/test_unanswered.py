"""Weighting for who did not answer, in a workspace."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import latido
from latido.errors import ProtectedError, UnknownNameError, UsageError
from latido.insights.nonresponse import Scored
from latido.workspace import Workspace
from tests.company import company, made


def asked(root: Path, people: int = 600) -> Path:
    """Files of customers who were asked twice; one in four had a slow ticket, and those answer less and lower."""
    chance, begin = random.Random(3), datetime(2025, 1, 10, 9)
    tickets, asks, answers = [], [], []
    for i in range(people):
        slow = i % 4 == 1
        tickets.append([f"t{i}", f"c{i}", begin, begin + timedelta(hours=90 + i % 60 if slow else 2), "chat"])
        for wave, months in (("one", 1), ("two", 4)):
            sent = begin + timedelta(days=30 * months)
            asks.append([f"i{wave}{i}", "nps_relationship", wave, "nps", f"c{i}", "relationship", sent])
            if chance.random() < (0.2 if slow else 0.7):
                score = chance.choice((2, 6, 8)) if slow else chance.choice((8, 9, 10))
                answers.append([f"a{wave}{i}", f"i{wave}{i}", "nps_relationship", wave, "nps", f"c{i}", score,
                                sent + timedelta(hours=3)])  # fmt: skip
    _write(root / "t.csv", "ticket_id,customer_id,created,solved,channel", tickets)
    _write(root / "i.csv", "ask_id,survey,wave,kind,customer_id,subject,asked", asks)
    _write(root / "a.csv", "answer_id,ask_id,survey,wave,kind,customer_id,score,answered", answers)
    return root


def _write(path: Path, head: str, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = asked(made(tmp_path_factory.mktemp("surveyed")))
    workspace = latido.open(root)
    for name, table in (("t.csv", "tickets"), ("i.csv", "asks"), ("a.csv", "answers")):
        workspace.import_files(root / name, as_table=table, yes=True)
    return workspace


def main(workspace: Workspace, **question: object) -> Scored:
    group = workspace.nonresponse("nps", **question).main
    assert group is not None
    return group


def test_the_score_of_those_who_answered_is_corrected_for_those_who_did_not(surveyed: Workspace) -> None:
    group = main(surveyed)
    assert group.asked == 1200
    assert group.weighted.high < group.raw.low


def test_only_the_days_asked_for_count(surveyed: Workspace) -> None:
    assert main(surveyed, start="2025-04-01", end="2025-07-01").asked == 600


def test_waves_are_filters(surveyed: Workspace) -> None:
    assert main(surveyed, where="wave=one").asked == 600


def test_a_wave_is_compared_with_the_one_before(surveyed: Workspace) -> None:
    found = surveyed.nonresponse("nps", start="2025-04-01", end="2025-07-01", compare="previous")
    assert found.main is not None
    change = found.change(found.main)
    assert change is not None
    assert change.low < 0 < change.high


def test_a_comparison_needs_days(surveyed: Workspace) -> None:
    with pytest.raises(UsageError, match="needs periods"):
        surveyed.nonresponse("nps", compare="previous")


def test_the_cap_is_more_than_everybody_s_own_weight(surveyed: Workspace) -> None:
    with pytest.raises(UsageError, match="more than 1"):
        surveyed.nonresponse("nps", cap=1)


def test_metrics_that_nobody_is_asked_for_have_no_silence(surveyed: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="survey of customers"):
        surveyed.nonresponse("resolution_time")


def test_colleagues_silence_is_theirs(surveyed: Workspace) -> None:
    with pytest.raises(ProtectedError):
        surveyed.nonresponse("enps")


def test_where_no_invitations_are_kept_there_is_nothing() -> None:
    assert latido.open(company()).nonresponse("nps").groups == ()


def test_it_is_a_table(surveyed: Workspace) -> None:
    assert list(surveyed.nonresponse("nps").to_pandas()["survey_kind"]) == ["relationship"]
