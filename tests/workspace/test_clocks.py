"""The clocks of one ticket say what the metrics of the same names count of it."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from latido.workspace.clocks import STATUSES, Clock, Stretch, clocks, joined
from latido.workspace.ticket import Ticket, facts_of, whole
from tests.lives import workspace

METRICS = ("first_reply_time", "next_reply_time", "resolution_time", *STATUSES)
NUMBERS = ("1", "12", "3", "4", "A/7")


@cache
def ticket(number: str) -> Ticket:
    """A ticket as a whole."""
    facts = facts_of(workspace(), number)
    assert facts is not None
    return whole(workspace(), facts)


def of(number: str, metric: str) -> list[Clock]:
    """A ticket's clocks of one kind."""
    return [clock for clock in clocks(ticket(number)) if clock.metric == metric]


@cache
def counted(metric: str, calendar: str) -> dict[str, list[int]]:
    """Values of a metric's rows, by ticket."""
    rows = workspace().trace(metric, calendar=calendar)
    return {n: sorted(map(int, rows[(rows.ticket_id == n) & rows.counted].value)) for n in NUMBERS}


@pytest.mark.parametrize("calendar", ["24x7", "support"])
@pytest.mark.parametrize("metric", METRICS)
def test_a_clock_says_what_the_metric_counts(metric: str, calendar: str) -> None:
    hours = workspace().calendars[calendar]
    told = {n: sorted(clock.business(hours) for clock in of(n, metric)) for n in NUMBERS}
    assert told == counted(metric, calendar)


@pytest.mark.parametrize("metric", METRICS)
def test_without_a_calendar_all_seconds_count(metric: str) -> None:
    assert {n: sorted(clock.seconds() for clock in of(n, metric)) for n in NUMBERS} == counted(metric, "24x7")


@pytest.mark.parametrize(
    ("number", "metric", "end"),
    [
        ("1", "first_reply_time", "stopped"),
        ("12", "first_reply_time", "running"),
        ("4", "first_reply_time", "cut"),
        ("4", "resolution_time", "cut"),
        ("12", "requester_wait_time", "running"),
        ("A/7", "requester_wait_time", "paused"),
        ("3", "on_hold_time", "stopped"),
    ],
)
def test_a_clock_says_whether_it_stopped_or_runs(number: str, metric: str, end: str) -> None:
    assert [clock.end for clock in of(number, metric)] == [end]


def test_stretches_that_touch_are_one_and_empty_ones_none() -> None:
    a, b, c = (datetime(2025, 3, 3, hour) for hour in (9, 10, 12))
    assert joined([Stretch(b, c), Stretch(a, b), Stretch(a, a)]) == [Stretch(a, c)]
