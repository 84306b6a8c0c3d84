"""A ticket's time line: places in per cent, times of the local clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from latido.i18n import use
from latido.model.calendar import always
from latido.web.lanes import SHADES, TICKS, Axis
from latido.workspace.clocks import Clock, Stretch
from tests.lives import workspace

MONDAY = datetime(2025, 3, 3, 8)
MADRID = ZoneInfo("Europe/Madrid")


def axis(**lasting: float) -> Axis:
    """A time line of a clock that ran for so long."""
    ran = Clock("resolution_time", (Stretch(MONDAY, MONDAY + timedelta(**lasting)),), "stopped")
    return Axis.around([ran], MONDAY)


def test_a_line_begins_a_little_before_the_creation_and_ends_a_little_after_the_last_clock() -> None:
    found = axis(hours=10)
    assert found.start < MONDAY < MONDAY + timedelta(hours=10) < found.end


def test_the_middle_is_in_the_middle() -> None:
    assert axis(hours=10).x(MONDAY + timedelta(hours=5)) == "50.00%"


def test_what_lies_outside_is_drawn_at_the_edge() -> None:
    assert axis(hours=1).place(MONDAY + timedelta(days=9)) == 100


def test_a_moment_is_still_to_be_seen() -> None:
    assert float(axis(days=90).bar(Stretch(MONDAY, MONDAY)).width.rstrip("%")) > 0


def test_a_ticket_that_was_solved_at_once_has_a_line_too() -> None:
    assert axis(seconds=0).end > axis(seconds=0).start


def test_opening_hours_are_drawn_in_utc() -> None:
    bars = axis(hours=10).hours(workspace().calendars["support"])
    # 9–14 and 16–19 in Madrid are 8–13 and 15–18 UTC.
    assert len(bars) == 2


def test_hours_that_are_too_fine_to_be_seen_are_left_away() -> None:
    assert axis(days=SHADES).hours(workspace().calendars["support"]) == []


def test_a_calendar_without_gaps_is_one_stretch() -> None:
    assert len(axis(days=3).hours(always())) == 1


@pytest.mark.parametrize(
    ("lasting", "first"),
    [({"hours": 5}, "09:00"), ({"days": 5}, "4 Mar"), ({"days": 40}, "3 Mar"), ({"minutes": 4}, "09:00")],
)
def test_ticks_are_round_times_of_the_local_clock(lasting: dict[str, float], first: str) -> None:
    with use("en"):
        ticks = [tick.text for tick in axis(**lasting).ticks(MADRID)]
    assert ticks[0] == first


@pytest.mark.parametrize("minutes", [1, 7, 60, 500, 5_000, 50_000, 500_000, 1_500_000])
def test_there_is_room_for_all_ticks(minutes: int) -> None:
    assert len(axis(minutes=minutes).ticks(MADRID)) <= TICKS + 1
