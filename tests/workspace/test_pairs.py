"""Metrics of a workspace side by side: which, over which days, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import latido
from latido.errors import UnknownNameError, UsageError
from latido.workspace import Workspace
from latido.workspace.pairs import correlate
from tests import chained
from tests.company import company


@pytest.fixture(scope="module")
def acme() -> Iterator[Workspace]:
    found = latido.open(company())
    yield found
    found.close()


def test_the_usual_metrics_that_there_are_data_for_are_compared(acme: Workspace) -> None:
    names = [each.name for each in acme.correlate().variables]
    assert ("first_reply_time" in names, "nps.score" in names, "next_reply_time" in names) == (True, True, False)


def test_only_named_metrics_are_compared_where_some_are(acme: Workspace) -> None:
    found = acme.correlate(["first_reply_time", "transfer_rate", "first_reply_time"])
    assert [each.name for each in found.variables] == ["first_reply_time", "transfer_rate"]


def test_the_days_are_those_that_were_asked_for(acme: Workspace) -> None:
    span = acme.correlate(start="2025-02", end="2025-03").span
    assert span is not None
    assert (span.start, span.end) == (date(2025, 2, 1), date(2025, 3, 1))


def test_a_filter_is_a_filter_and_what_does_not_know_it_is_left_out(acme: Workspace) -> None:
    all_, chat = (
        acme.correlate(["first_reply_time", "transfer_rate"], where=where) for where in (None, "channel=chat")
    )
    assert chat.pairs[0].of == all_.pairs[0].of / 2


def test_one_metric_alone_goes_with_nothing(acme: Workspace) -> None:
    with pytest.raises(UsageError, match="at least two"):
        acme.correlate(["nps"])


def test_an_unknown_metric_is_answered_with_the_nearest(acme: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="npss"):
        acme.correlate(["npss", "csat"])


def test_an_unknown_grain_too(acme: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="tickets"):
        acme.correlate(grain="tickets")


def test_tickets_have_no_lags(acme: Workspace) -> None:
    with pytest.raises(UsageError, match="no lags"):
        acme.correlate(lags=True)


def test_what_employees_said_is_put_beside_nothing(acme: Workspace) -> None:
    with pytest.raises(UsageError, match="what single people said"):
        acme.correlate(["enps", "csat"])


def test_in_an_empty_workspace_it_says_what_to_do(tmp_path: Path) -> None:
    empty = latido.create(tmp_path / "new")
    with pytest.raises(UsageError, match="nothing to compare"):
        correlate(empty)


def test_who_left_is_not_waited_for_where_the_days_are_the_last_and_nobody_asked() -> None:
    with_contracts = latido.open(chained.company())
    found = correlate(with_contracts, grain="customer", start="2024-12-01")
    assert [each.name for each in found.waiting] == ["churn_rate"]
    with pytest.raises(UsageError, match="the data end too soon"):
        correlate(with_contracts, ["churn_rate", "ces"], grain="customer", start="2024-12-01")
