"""Watching: quiet where nothing changed, one alert where something did, and what is normal afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from latido.errors import UsageError
from latido.insights.watch import Restart, State, Watch, Watched, watched
from latido.insights.watch.watched import seen
from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Period
from latido.metrics.settings import Settings
from latido.stats.shares import wilson
from tests.insights.watch.courses import WEEK, counts, made, shares, watch, week


def fallen(seed: int, at: int = 70, to: float = 0.6, until: int = 104) -> Watched:
    """A share of .8 that falls at a week, and perhaps recovers."""
    course = shares(np.random.default_rng(seed), lambda i: to if at <= i < until else 0.8, times=4)
    return seen(course, watch())


def test_a_quiet_year_alerts_at_most_once_in_twenty_and_a_fall_is_told_within_weeks() -> None:
    random = np.random.default_rng(1)
    quiet = [seen(shares(random, lambda _week: 0.85), watch(way="worse")) for _ in range(150)]
    alerts = sum(each.state is State.ALERT for each in quiet)
    # Of 150 years at most 7 or 8 are expected; 13 would be seen in one of forty.
    assert alerts <= 13, alerts
    worse = [seen(shares(random, lambda i: 0.85 if i < 65 else 0.6), watch(way="worse")) for _ in range(40)]
    told = [each.alarm for each in worse if each.alarm and each.alarm.changed >= week(60)]
    delays = [(alarm.told - week(65)) // WEEK for alarm in told]
    assert len(told) >= 36
    assert np.median(delays) <= 6, delays


def test_quiet_is_said_with_what_is_normal() -> None:
    found = seen(shares(np.random.default_rng(2), lambda _week: 0.8), watch())
    assert found.state is State.QUIET
    assert found.baseline == Period(week(0), week(52))
    assert (found.begun, found.end) == (week(52), week(104))
    assert found.limits.low < 80 < found.limits.high


def test_a_fall_is_told_with_its_date_and_both_figures() -> None:
    alarm = fallen(3).alarm
    assert alarm is not None
    assert alarm.earliest <= week(70) <= alarm.latest
    assert week(70) < alarm.told <= week(75)
    assert not alarm.rising
    assert alarm.before.low < 80 < alarm.before.high
    assert alarm.after.low < 60 < alarm.after.high


def test_the_change_of_level_is_dated_for_the_eye_too() -> None:
    found = fallen(3)
    assert [one.rising for one in found.changes] == [False]
    assert found.changes[0].first <= week(70) <= found.changes[0].last
    assert found.drift is not None
    assert not found.drift.rising
    assert found.outside


def test_a_fall_is_not_told_to_whom_only_better_matters() -> None:
    course = shares(np.random.default_rng(3), lambda i: 0.8 if i < 70 else 0.6, times=4)
    assert seen(course, watch(way="better")).state is State.QUIET
    assert seen(course, watch(way="worse")).state is State.ALERT
    assert seen(course, watch(way="fall")).state is State.ALERT


def test_the_alert_stays_the_same_while_the_shift_lasts() -> None:
    course = shares(np.random.default_rng(3), lambda i: 0.8 if i < 70 else 0.6, times=4)
    first = seen(made([one.figure for one in course.weeks[:76]]), watch()).alarm
    later = seen(course, watch()).alarm
    assert first == later


def test_what_is_the_new_normal_is_quiet_from_then_on() -> None:
    course = shares(np.random.default_rng(3), lambda i: 0.8 if i < 70 else 0.6, times=4)
    stays = seen(course, watch(restarts=(Restart(week(76), week(70), stays=True),)))
    assert stays.state is State.QUIET
    assert (stays.baseline, stays.begun) == (Period(week(70), week(82)), week(82))


def test_what_has_not_passed_is_told_again() -> None:
    course = shares(np.random.default_rng(3), lambda i: 0.8 if i < 70 else 0.6, times=4)
    again = seen(course, watch(restarts=(Restart(week(76), week(70), stays=False),)))
    assert again.alarm is not None
    assert again.alarm.told > week(76)
    assert again.baseline == Period(week(18), week(70))


def test_what_has_passed_is_left_out_of_what_is_normal() -> None:
    course = shares(np.random.default_rng(4), lambda i: 0.5 if 70 <= i < 73 else 0.8, times=4)
    assert seen(course, watch()).state is State.ALERT
    passed = seen(course, watch(restarts=(Restart(week(74), week(70), stays=False),)))
    assert passed.state is State.QUIET
    assert passed.begun == week(74)


def test_a_year_without_an_alert_is_what_is_normal_for_the_next() -> None:
    found = seen(shares(np.random.default_rng(5), lambda _week: 0.8, weeks=120), watch())
    assert (found.baseline, found.begun) == (Period(week(52), week(104)), week(104))


def test_without_a_day_it_begins_after_half_a_year() -> None:
    found = seen(shares(np.random.default_rng(6), lambda _week: 0.8, weeks=60), Watch("one", METRICS["csat"]))
    assert (found.baseline, found.begun) == (Period(week(0), week(26)), week(26))


def test_with_too_few_weeks_before_it_begins_later() -> None:
    early = Watch("one", METRICS["csat"], since=week(3))
    found = seen(shares(np.random.default_rng(6), lambda _week: 0.8, weeks=60), early)
    assert (found.baseline, found.begun) == (Period(week(0), week(12)), week(12))


def test_of_too_few_weeks_nothing_is_said_yet() -> None:
    found = seen(shares(np.random.default_rng(6), lambda _week: 0.8, weeks=8), Watch("one", METRICS["csat"]))
    assert found.state is State.GATHERING


def test_of_too_few_answers_a_week_nothing_is_said() -> None:
    found = seen(made([wilson(1, 2).scaled(100)] * 104), watch())
    assert found.state is State.SPARSE


def test_after_a_thin_year_it_watches_the_next() -> None:
    thin = [wilson(1, 2).scaled(100)] * 26
    rich = [wilson(160 if i < 110 else 60, 200).scaled(100) for i in range(150)]
    found = seen(made([*thin, *rich]), watch())
    assert found.state is State.ALERT
    assert found.alarm is not None
    assert found.alarm.changed == week(26 + 110)


def test_it_may_begin_after_the_data_end() -> None:
    course = shares(np.random.default_rng(6), lambda _week: 0.8, weeks=60)
    found = seen(course, Watch("one", METRICS["csat"], since=week(200)))
    assert (found.state, found.alarm) == (State.GATHERING, None)


def test_a_count_may_grow_with_the_company() -> None:
    course = counts(np.random.default_rng(7), lambda i: 100 + i)
    assert seen(course, watch("ticket_volume")).state is State.QUIET


def test_a_burst_beyond_its_course_is_told_at_once() -> None:
    course = counts(np.random.default_rng(7), lambda i: 300 if i == 70 else 100 + i)
    alarm = seen(course, watch("ticket_volume")).alarm
    assert alarm is not None
    assert (alarm.changed, alarm.told) == (week(70), week(71))


def test_without_data_there_is_nothing_to_watch() -> None:
    assert seen(made([]), watch()).state is State.EMPTY


@pytest.mark.parametrize("name", ["enps", "churn_reasons", "clv", "on_hold_time", "first_contact_resolution"])
def test_what_cannot_be_watched_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be watched"):
        watched({}, Settings(), lambda _asked: None, watch(name))  # type: ignore[arg-type, return-value]


def test_worse_needs_a_metric_that_has_one() -> None:
    with pytest.raises(UsageError, match="no better and worse"):
        watched({}, Settings(), lambda _asked: None, watch("ticket_volume", way="worse"))  # type: ignore[arg-type, return-value]
