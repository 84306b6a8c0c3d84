"""The course of a metric: whole weeks up to the data's end, in the segment, with how long was waited."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

import ibis
import numpy as np
import pytest

from latido.facts.catalog import Derived
from latido.insights.watch import State, Watch, watched
from latido.insights.watch.course import Course, course
from latido.insights.watch.judged import judged
from latido.metrics.catalog import METRICS
from latido.metrics.measure import measure
from latido.metrics.measurement import Period
from latido.metrics.query import Condition
from latido.metrics.settings import Settings
from tests.metrics.tables import at, table

START, WEEKS = at("2024-01-01 08:00"), 60
END = at("2024-02-20") + timedelta(weeks=WEEKS - 8)
SETTINGS = Settings(data_end=END)
NORTH = (Condition("team", "=", ("north",)),)
SLOW = (40, 42)  # weeks in which the north waits thrice as long, and writes twice as much


@cache
def desk() -> Derived:
    """Sixty weeks of two teams."""
    chance = random.Random(1)
    cells = [(week, team) for week in range(WEEKS) for team in ("north", "south")]
    tickets = [_ticket(chance, f"{week}-{i}-{team}", week, team)
               for week, team in cells for i in range(_many(chance, week, team))]  # fmt: skip
    return Derived({"tickets": table("tickets", tickets)}.get)


def _many(chance: random.Random, week: int, team: str) -> int:
    return chance.randrange(16, 25) * (3 if team == "north" and SLOW[0] <= week < SLOW[1] else 1)


def _ticket(chance: random.Random, name: str, week: int, team: str) -> dict[str, Any]:
    created = START + timedelta(weeks=week, days=chance.randrange(7), minutes=chance.randrange(600))
    slow = 3 if team == "north" and SLOW[0] <= week < SLOW[1] else 1
    replied = created + timedelta(minutes=slow * chance.lognormvariate(4, 1))
    return {"ticket_id": name, "created": created, "team": team, "channel": "email", "status": "open",
            "first_replied": replied if replied < END else None}  # fmt: skip


def found(metric: str = "first_reply_time", **more: Any) -> Course:
    return course(desk(), SETTINGS, ibis.get_backend().execute, Watch("one", METRICS[metric], **more))


def test_only_whole_weeks_are_looked_at() -> None:
    weeks = found().weeks
    assert weeks[0].start == date(2024, 1, 1)
    assert found().end == weeks[-1].start + timedelta(weeks=1) == date(2025, 2, 17)


def test_each_week_is_the_figure_that_measuring_gives() -> None:
    weeks = found(where=NORTH).weeks
    asked = measure("first_reply_time", desk(), SETTINGS, where=NORTH, period="week",
                    start=weeks[0].start, end=date(2025, 2, 17))  # fmt: skip
    assert [week.figure for week in weeks] == [figure.estimate for figure in asked.figures]


def test_over_several_weeks_it_is_that_too() -> None:
    span = Period(date(2024, 3, 4), date(2024, 6, 3))
    asked = measure("first_reply_time", desk(), SETTINGS, where=NORTH, start=span.start, end=span.end)
    assert found(where=NORTH).figure(span) == asked.figure.estimate


def test_a_count_is_told_by_the_week() -> None:
    span = Period(date(2024, 1, 1), date(2024, 3, 4))
    weeks = [week.figure.value for week in found("ticket_volume").within(span)]
    assert found("ticket_volume").figure(span).value == pytest.approx(np.mean(weeks))


def test_waits_are_ranked_among_those_that_are_normal() -> None:
    one = Watch("one", METRICS["first_reply_time"], NORTH, "rise")
    baseline, begun = Period(date(2024, 1, 1), date(2024, 9, 30)), Period(date(2024, 9, 30), date(2025, 2, 17))
    own = judged(found(where=NORTH), one, baseline, begun)
    assert np.average(own.values[: own.before], weights=own.weights[: own.before]) == pytest.approx(0.5, abs=0.01)
    assert own.values[SLOW[0]] > 0.7
    assert own.before == 39


def test_weeks_between_what_is_normal_and_the_watch_are_left_out() -> None:
    one = Watch("one", METRICS["first_reply_time"])
    own = judged(found(), one, Period(date(2024, 1, 1), date(2024, 7, 1)), Period(date(2024, 9, 30), date(2025, 2, 17)))
    assert (own.before, own.known) == (39, 26)


@pytest.mark.parametrize(("metric", "within"), [("first_reply_time", 2), ("ticket_volume", 1)])
def test_an_outage_is_told_where_it_was_and_dated(metric: str, within: int) -> None:
    one = Watch("one", METRICS[metric], NORTH, "rise", since=date(2024, 9, 30))
    alarm = watched(desk(), SETTINGS, ibis.get_backend().execute, one).alarm
    assert alarm is not None
    assert alarm.changed == date(2024, 10, 7)
    assert alarm.told <= alarm.changed + timedelta(weeks=within)


def test_it_is_not_told_where_it_was_not() -> None:
    south = Watch("one", METRICS["first_reply_time"], (Condition("team", "=", ("south",)),), since=date(2024, 9, 30))
    assert watched(desk(), SETTINGS, ibis.get_backend().execute, south).state is State.QUIET


def test_a_segment_that_nobody_is_in_has_no_course() -> None:
    nobody = (Condition("team", "=", ("west",)),)
    assert watched(desk(), SETTINGS, ibis.get_backend().execute,
                   Watch("one", METRICS["first_reply_time"], nobody)).state is State.EMPTY  # fmt: skip


def leaving() -> Derived:
    """A year of customers of whom one in fifty leaves each week."""
    chance = random.Random(2)
    begun = START - timedelta(days=400)
    gone = [START + timedelta(weeks=chance.expovariate(1 / 50)) for _customer in range(600)]
    rows = [{"subscription_id": f"s{i}", "customer_id": f"c{i}", "started": begun, "ended": end if end < END else None}
            for i, end in enumerate(gone)]  # fmt: skip
    return Derived({"subscriptions": table("subscriptions", rows)}.get)


def test_of_a_cohort_what_is_lost_in_a_week_is_compared_and_not_in_a_year() -> None:
    seen = course(leaving(), SETTINGS, ibis.get_backend().execute, Watch("left", METRICS["churn_rate"]))
    year, weeks = (seen.figure(Period(date(2024, 1, 1), end)) for end in (date(2024, 12, 30), date(2024, 2, 26)))
    assert (year.value, weeks.value) == (pytest.approx(2, abs=0.5), pytest.approx(2, abs=1))
