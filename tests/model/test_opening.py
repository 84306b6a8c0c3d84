"""Business seconds are what the wall clock says, second by second."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.model.calendar import DAY, Block, BusinessCalendar, Version, always
from latido.model.calendar_settings import from_settings
from latido.model.opening import business_seconds, open_intervals
from tests.model.opening_by_brute_force import (
    FIRST,
    LAST,
    ZONES,
    by_days,
    by_wall_clock,
    calendars,
    cases,
    instant,
)

HOUR = 3600
WITH_EVERY_DAY = tuple(z for z in ZONES if z != "Pacific/Apia")  # a walk over days meets the one that never was
moments = st.integers(FIRST, LAST)


def daily(*blocks: tuple[int, int], zone: str = "Europe/Madrid") -> BusinessCalendar:
    return BusinessCalendar("daily", zone, (Version((tuple(Block(*b) for b in blocks),) * 7),))


def office(zone: str) -> BusinessCalendar:
    """Hours in which no clock ever changes."""
    return from_settings(
        "office",
        {
            "time_zone": zone,
            "blocks": {"mon-fri": ["09:07-14:00", "16:00-19:30:15"], "sat": ["10:00-14:00"]},
            "closed": ["2020-05-01"],
            "open": {"2020-05-03": ["11:00-12:00"]},
            "versions": [{"valid_from": "2022-01-01", "blocks": {"mon-fri": ["08:00-15:00"]}}],
        },
    )


@settings(max_examples=120, deadline=None)
@given(cases())
def test_business_seconds_are_the_seconds_at_which_the_wall_clock_shows_opening_time(case):
    calendar, a, b, step = case
    assert business_seconds(calendar, a, b) == by_wall_clock(calendar, a, b, step)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WITH_EVERY_DAY), st.integers(FIRST, LAST), st.integers(0, 20 * 366 * DAY))
def test_business_seconds_over_years_are_the_blocks_of_every_day(zone, a, length):
    assert business_seconds(office(zone), a, a + length) == by_days(office(zone), a, a + length)


@given(st.sampled_from(ZONES), moments, moments)
def test_a_calendar_without_gaps_counts_every_second(zone, a, b):
    assert business_seconds(always(zone), a, b) == b - a


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, moments, moments)
def test_business_seconds_add_up(calendar, a, b, c):
    first, second, both = business_seconds(calendar, [a, b, a], [b, c, c])
    assert first + second == both


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 400 * DAY))
def test_open_intervals_are_sorted_apart_and_add_up(calendar, start, length):
    starts, ends = open_intervals(calendar, start, start + length)
    assert (starts < ends).all()
    assert (ends[:-1] < starts[1:]).all()
    assert (ends - starts).sum() == business_seconds(calendar, start, start + length)


@pytest.mark.parametrize(
    ("block", "day", "seconds"),
    [
        pytest.param((1 * HOUR, 4 * HOUR), (2025, 3, 30), 2 * HOUR, id="a block around the hole loses it"),
        pytest.param((1 * HOUR, 9000), (2025, 3, 30), 1 * HOUR, id="a block that ends in the hole ends before it"),
        pytest.param((8100, 9900), (2025, 3, 30), 0, id="a block inside the hole vanishes"),
        pytest.param((1 * HOUR, 4 * HOUR), (2025, 10, 26), 4 * HOUR, id="a block around the doubled hour gains it"),
        pytest.param((8100, 9900), (2025, 10, 26), 2 * 1800, id="a block inside the doubled hour is open twice"),
        pytest.param((0, DAY), (2025, 3, 30), 23 * HOUR, id="a day of spring"),
        pytest.param((0, DAY), (2025, 10, 26), 25 * HOUR, id="a day of autumn"),
    ],
)
def test_madrid_on_the_days_its_clock_changes(block, day, seconds):
    a = instant(*day, zone="Europe/Madrid")
    b = instant(day[0], day[1], day[2] + 1, zone="Europe/Madrid")
    assert business_seconds(daily(block), a, b) == seconds


def test_a_block_that_passes_midnight_belongs_to_the_day_on_which_it_opens():
    night = from_settings(
        "night", {"time_zone": "Europe/Madrid", "blocks": {"mon-sun": "22:00-30:00"}, "closed": ["2025-05-02"]}
    )
    a, b = (instant(2025, 5, d, 12, zone="Europe/Madrid") for d in (1, 4))
    assert business_seconds(night, a, b) == 2 * 8 * HOUR


def test_public_holidays_of_the_region_are_days_off():
    madrid = from_settings(
        "madrid", {"time_zone": "Europe/Madrid", "country": "ES", "region": "MD", "blocks": {"mon-fri": "09:00-17:00"}}
    )
    # Thursday 1 May is a holiday of Spain, Friday 2 May one of Madrid.
    a, b = (instant(2025, 5, d, zone="Europe/Madrid") for d in (1, 6))
    assert business_seconds(madrid, a, b) == 8 * HOUR


def test_a_holiday_with_hours_of_its_own_is_open():
    shop = from_settings(
        "shop",
        {
            "time_zone": "Europe/Madrid",
            "country": "ES",
            "blocks": {"mon-fri": "09:00-17:00"},
            "open": {"2025-12-08": ["10:00-14:00"]},
        },
    )
    a, b = (instant(2025, 12, d, zone="Europe/Madrid") for d in (8, 9))
    assert business_seconds(shop, a, b) == 4 * HOUR


def test_the_hours_in_force_on_the_local_day_hold():
    calendar = from_settings(
        "summer",
        {
            "time_zone": "America/Mexico_City",
            "blocks": {"mon-sun": "09:00-18:00"},
            "versions": [{"valid_from": "2025-07-01", "blocks": {"mon-sun": "09:00-15:00"}}],
        },
    )
    days = [instant(2025, *d, zone="America/Mexico_City") for d in ((6, 30), (7, 1), (7, 2))]
    assert business_seconds(calendar, days[:2], days[1:]).tolist() == [9 * HOUR, 6 * HOUR]


def test_time_runs_backwards_as_it_runs_forwards():
    a, b = instant(2025, 3, 3, 8), instant(2025, 3, 5, 12)
    assert business_seconds(office("UTC"), b, a) == -business_seconds(office("UTC"), a, b)


def test_many_pairs_at_once_keep_their_shape():
    a = np.full((2, 3), instant(2025, 3, 3, 9))
    assert business_seconds(office("UTC"), a, a + HOUR).shape == (2, 3)


def test_no_pairs_take_no_seconds():
    assert business_seconds(office("UTC"), [], []).size == 0
