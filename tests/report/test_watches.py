"""Watches in words: what holds, with its interval, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan

import numpy as np
import pytest

from latido.i18n import use
from latido.insights.watch import Restart, State, Watch, Watched
from latido.insights.watch.watched import seen
from latido.metrics.catalog import METRICS
from latido.metrics.query import Condition
from latido.report.watches import STATES, grid, normal, notes, since, state, subject, told, wrongness
from latido.stats.estimate import Estimate
from latido.stats.shares import wilson
from tests.insights.watch.courses import counts, made, shares, watch, week

FALLEN = seen(shares(np.random.default_rng(3), lambda i: 0.8 if i < 70 else 0.6, times=4), watch())
BURST = seen(counts(np.random.default_rng(7), lambda i: 300 if i == 70 else 100), watch("ticket_volume"))
QUIET = seen(shares(np.random.default_rng(2), lambda _week: 0.8, times=4), watch())


def test_an_alert_says_when_what_and_from_what_to_what() -> None:
    assert state(FALLEN) == (
        "Alert on 11 May 2025: Customer satisfaction (CSAT) fell from 80.0% to 55.0% (46.1% to 63.6%)."
    )


def test_a_count_is_told_by_the_week_and_whole() -> None:
    said = state(BURST)
    assert "Ticket volume rose from " in said
    assert " a week to 3" in said
    assert "." not in said.removesuffix(".")


def test_what_there_is_at_an_instant_is_not_a_week_s() -> None:
    assert BURST.alarm is not None
    held = replace(BURST, watch=watch("backlog"))
    assert state(held).count(" a week") == 0


def test_a_figure_that_stayed_is_not_said_to_have_risen() -> None:
    assert BURST.alarm is not None
    before = replace(BURST.alarm.before, value=300.4)
    stayed = replace(BURST, alarm=replace(BURST.alarm, before=before, after=Estimate(299.9, 280, 320, 300)))
    assert state(stayed) == (
        "Alert on 11 May 2025: Ticket volume left its course upwards, though its figure hardly shows it: "
        "300 a week before, 300 a week since (280 to 320)."
    )


def test_a_count_that_grew_by_less_than_its_course_is_not_said_to_have_fallen() -> None:
    assert BURST.alarm is not None
    less = replace(BURST.alarm, rising=False)
    with use("es"):
        assert "se salió de su curso hacia abajo" in state(replace(BURST, alarm=less))


def test_in_spanish_too() -> None:
    with use("es"):
        assert state(FALLEN).startswith("Alerta el ")
        assert " bajó de " in state(FALLEN)


def test_a_change_is_dated_as_sure_as_it_is() -> None:
    assert BURST.alarm is not None
    assert since(BURST.alarm) == "It changed in the week of 5 May 2025."
    unsure = replace(BURST.alarm, earliest=week(68))
    assert since(unsure) == (
        "It changed most likely in the week of 5 May 2025, between those of 21 Apr 2025 and 5 May 2025."
    )


def test_an_interval_without_an_end_is_left_out() -> None:
    assert BURST.alarm is not None
    open_ended = replace(BURST, alarm=replace(BURST.alarm, after=Estimate(300, nan, nan, 300)))
    assert state(open_ended).endswith("to 300 a week.")


def test_quiet_is_called_that() -> None:
    assert state(QUIET) == "Quiet since 30 Dec 2024."
    assert told(QUIET) == "one: Quiet since 30 Dec 2024."


def test_what_is_normal_is_said_with_its_limits() -> None:
    said = normal(QUIET)
    assert said.startswith("Normal is what was from 1 Jan 2024 – 29 Dec 2024: a week by itself lies between ")
    assert said.endswith("%.")


def test_how_seldom_it_is_wrong_is_said() -> None:
    assert wrongness(watch(years=5)) == "At most one false alarm in 5 years, however often you look."


def test_what_the_eye_may_see_is_said_apart() -> None:
    assert any(note.startswith("A new level, lower, since the week of ") for note in notes(FALLEN))
    assert notes(QUIET) == []


def test_the_segment_stands_beside_the_metric() -> None:
    one = Watch("one", METRICS["csat"], (Condition("channel", "=", ("chat",)),))
    assert subject(one) == "Customer satisfaction (CSAT) (Channel: Chat)"


def begun_later() -> Watched:
    course = shares(np.random.default_rng(2), lambda _week: 0.8)
    return seen(course, watch(restarts=(Restart(week(110), week(100), stays=False),)))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (seen(made([]), watch()), "The data say nothing of it yet."),
        (
            seen(shares(np.random.default_rng(6), lambda _week: 0.8, weeks=8), Watch("one", METRICS["csat"])),
            "A watch needs 12",
        ),
        (seen(made([wilson(1, 2).scaled(100)] * 104), watch()), "An ordinary week has fewer than 5"),
        (begun_later(), "It watches from 9 Feb 2026 on."),
    ],
)
def test_where_nothing_can_be_told_it_says_why(found: Watched, said: str) -> None:
    assert state(found).startswith(said)


def test_as_a_table_each_watch_has_a_line() -> None:
    rows = grid([FALLEN, QUIET]).rows
    assert [row[2].text for row in rows] == ["alert", "quiet"]
    assert {str(word) for word in STATES.values()} >= {"alert", "quiet"}
    assert date(2024, 1, 1) == week(0)
    assert State.ALERT in STATES
