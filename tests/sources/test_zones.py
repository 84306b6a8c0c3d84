from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.errors import UsageError
from latido.sources.zones import to_utc, zone

ZONES = ("Europe/Madrid", "America/Mexico_City", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu", "UTC")


@given(st.sampled_from(ZONES), st.integers(0, 4_100_000_000))
@settings(deadline=None, max_examples=300)
def test_local_stamps_become_what_python_makes_of_them(name, seconds):
    local = datetime(1970, 1, 1) + timedelta(seconds=seconds)
    expected = local.replace(tzinfo=ZoneInfo(name)).timestamp()
    assert to_utc(np.array([seconds * 1_000_000]), ZoneInfo(name))[0] == expected * 1_000_000


@pytest.mark.parametrize("minute", range(0, 240, 7))
@pytest.mark.parametrize("day", [datetime(2024, 3, 31), datetime(2024, 10, 27)])
def test_so_do_stamps_that_the_clocks_skip_or_show_twice(day, minute):
    local = day + timedelta(minutes=minute)
    expected = local.replace(tzinfo=ZoneInfo("Europe/Madrid")).timestamp()
    micros = np.array([(local - datetime(1970, 1, 1)) // timedelta(microseconds=1)])
    assert to_utc(micros, ZoneInfo("Europe/Madrid"))[0] == expected * 1_000_000


def test_a_zone_is_found_whatever_its_capitals():
    assert zone("europe/madrid") == ZoneInfo("Europe/Madrid")


def test_an_unknown_zone_is_answered_with_its_neighbours():
    with pytest.raises(UsageError, match="Did you mean America/Mexico_City"):
        zone("America/Mexico_Cty")


def test_a_zone_like_no_other_is_answered_with_how_zones_are_called():
    with pytest.raises(UsageError, match="Time zones are called like Europe/Madrid"):
        zone("Mars")
