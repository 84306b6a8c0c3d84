"""Local time and opening hours, against Python's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.demo.clock import local, open_hours, utc
from latido.demo.world import COUNTRIES, END, ES, MX, START, instant

COUNTRY = pytest.mark.parametrize("country", [ES, MX])


def one(t: int) -> np.ndarray:
    return np.array([t])


@settings(deadline=None, max_examples=60)
@given(t=st.integers(START, END), country=st.sampled_from([ES, MX]))
def test_local_time_is_what_zoneinfo_says(t: int, country: int) -> None:
    there = datetime.fromtimestamp(t, ZoneInfo(COUNTRIES[country].zone))
    assert local(one(t), country)[0] == int(there.replace(tzinfo=UTC).timestamp())


@settings(deadline=None, max_examples=60)
@given(t=st.integers(START, END), country=st.sampled_from([ES, MX]))
def test_a_wall_clock_leads_back_to_the_same_wall_clock(t: int, country: int) -> None:
    wall = local(one(t), country)
    assert local(utc(wall, country), country)[0] == wall[0]


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2025-03-28T18:00:00+01:00", "2025-03-29T10:00:00+01:00", 2),  # Friday evening to Saturday morning
        ("2025-03-29T13:00:00+01:00", "2025-03-31T10:00:00+02:00", 2),  # over the night on which the clock goes forward
        ("2025-04-30T18:00:00+02:00", "2025-05-02T10:00:00+02:00", 2),  # 1 May is a holiday
        ("2025-05-03T14:00:00+02:00", "2025-05-05T09:00:00+02:00", 0),  # a weekend
    ],
)
def test_only_open_hours_count(first: str, last: str, hours: int) -> None:
    assert open_hours(ES).between(one(instant(first)), one(instant(last)))[0] == hours * 3600


@settings(deadline=None, max_examples=60)
@given(t=st.integers(START, END), seconds=st.integers(1, 400_000), country=st.sampled_from([ES, MX]))
def test_adding_open_seconds_undoes_counting_them(t: int, seconds: int, country: int) -> None:
    hours = open_hours(country)
    assert hours.between(one(t), hours.add(one(t), one(seconds)))[0] == seconds


@COUNTRY
def test_nothing_happens_at_night(country: int) -> None:
    assert not open_hours(country).is_open(utc(one(instant("2025-06-04T03:00:00")), country))[0]
