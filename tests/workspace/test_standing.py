"""Whether a ticket counts in each figure: the metrics' own rules, on its rows alone."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from latido.workspace.answers import Answers
from latido.workspace.standing import Judge, Standing, alone, metrics, prepared
from latido.workspace.ticket import facts_of
from tests.lives import workspace


@cache
def told(number: str, metric: str, calendar: str = "24x7") -> tuple[Standing, ...]:
    """The rows that a ticket is in a figure."""
    facts = facts_of(workspace(), number)
    assert facts
    return judge(calendar).standings(alone(workspace(), facts), calendar)[metric]


@cache
def judge(calendar: str) -> Judge:
    """All rules, in a calendar."""
    return prepared(Answers(workspace()), calendar)


def traced(number: str, metric: str, calendar: str) -> set[tuple[Any, ...]]:
    """The same from the rows behind the figure."""
    rows = workspace().trace(metric, calendar=calendar)
    mine = rows[rows.ticket_id == number]
    return {(bool(row.counted), row.value if row.counted else None) for row in mine.itertuples()}


@pytest.mark.parametrize("number", ["1", "12", "9"])
@pytest.mark.parametrize("metric", ["first_reply_time", "resolution_time", "on_hold_time", "reopen_rate"])
def test_a_ticket_alone_counts_as_among_all(number: str, metric: str) -> None:
    alone_ = {(one.counts, one.value) for one in told(number, metric, "support")}
    assert alone_ == traced(number, metric, "support")


def test_what_does_not_count_says_why() -> None:
    assert [(one.counts, one.why_not) for one in told("9", "ticket_volume")] == [(False, "spam")]


def test_one_that_is_resolved_at_once_is_a_yes_and_no_duration() -> None:
    assert [one.value for one in told("1", "first_contact_resolution")] == [1]


def test_one_that_is_too_young_is_not_counted() -> None:
    assert [one.why_not for one in told("3", "first_contact_resolution")] == ["too_young"]


def test_every_metric_with_a_row_a_ticket_is_told_once() -> None:
    names = [metric.name for metric in metrics()]
    assert {"first_reply_time", "sla_attainment", "ticket_volume"} <= set(names)
    assert len(names) == len(set(names))
    assert "unresolved_after" not in names
