"""The slot table gives every engine the same business seconds and local days, without time zones."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.model.calendar import DAY, BusinessCalendar, always
from latido.model.calendar_settings import from_settings
from latido.model.opening import business_seconds
from latido.model.slots import SCHEMA, slot_width, slots
from tests.model.opening_by_brute_force import FIRST, LAST, ZONES, calendars, instant


@pytest.fixture(scope="module")
def con():
    return ibis.duckdb.connect()


def on_the_engine(con, calendar: BusinessCalendar, pairs: list[tuple[int, int]]) -> list[int]:
    """Business seconds by two equi-joins and a subtraction, as the design writes them."""
    table = slots(calendar, min(map(min, pairs)), max(map(max, pairs)))
    width = table["width"][0].as_py()
    a, b = (ibis.memtable(table.select(["slot", "before", "opens", "closes"])).rename(f"{{name}}_{s}") for s in "ab")
    numbered = pa.table({"i": range(len(pairs)), "a": [p[0] for p in pairs], "b": [p[1] for p in pairs]})
    rows = ibis.memtable(numbered)
    rows = rows.mutate(ka=rows.a // width, kb=rows.b // width)
    joined = rows.join(a, rows.ka == a.slot_a)
    joined = joined.join(b, joined.kb == b.slot_b)
    open_before = [
        joined[f"before_{s}"]
        + ibis.greatest(joined[f"opens_{s}"], ibis.least(joined[f"closes_{s}"], joined[s] - joined[f"k{s}"] * width))
        - joined[f"opens_{s}"]
        for s in "ab"
    ]
    return con.to_pyarrow(joined.select("i", seconds=open_before[1] - open_before[0]).order_by("i"))[
        "seconds"
    ].to_pylist()


def looked_up(calendar: BusinessCalendar, instants: np.ndarray) -> pd.DataFrame:
    """The slot of each instant."""
    table = slots(calendar, int(instants.min()), int(instants.max()))
    return table.to_pandas().set_index("slot").loc[instants // table["width"][0].as_py()]


months = st.integers(0, 90 * DAY)
pairs = st.builds(
    lambda start, spans: [(start + a, start + b) for a, b in spans],
    st.integers(FIRST, LAST),
    st.lists(st.tuples(months, months), min_size=1, max_size=50),
)


@settings(max_examples=25, deadline=None)
@given(calendar=calendars(step=60), pairs=pairs)
def test_two_joins_and_a_subtraction_give_the_business_seconds(con, calendar, pairs):
    expected = business_seconds(calendar, *np.array(pairs).T)
    assert on_the_engine(con, calendar, pairs) == expected.tolist()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ZONES), pairs)
def test_local_fields_are_those_of_the_zone(zone, pairs):
    instants = np.array(pairs).ravel()
    found = looked_up(always(zone), instants)
    wall = pd.to_datetime(instants, unit="s", utc=True).tz_convert(zone).tz_localize(None)
    expected = pd.DataFrame(
        {
            "local_day": wall.date,
            "local_week": wall.to_period("W-SUN").start_time.date,
            "local_month": wall.to_period("M").start_time.date,
            "local_hour": wall.hour,
            "local_weekday": wall.isocalendar().day.to_numpy(),
        }
    )
    assert (found[list(expected)].to_numpy() == expected.to_numpy()).all()


def test_a_boundary_off_the_quarter_hour_is_kept_within_its_slot():
    calendar = from_settings("late", {"time_zone": "UTC", "blocks": {"mon": "09:07-14:03:20"}})
    monday = instant(2025, 3, 3)
    table = slots(calendar, monday, monday + DAY)
    run = table.filter((pa.compute.field("closes") > pa.compute.field("opens")) & (pa.compute.field("width") == 900))
    assert (run["opens"][0].as_py(), run["closes"][-1].as_py()) == (7 * 60, 3 * 60 + 20)


def test_a_break_within_a_quarter_of_an_hour_takes_finer_slots():
    calendar = from_settings("tea", {"time_zone": "UTC", "blocks": {"mon": ["09:00-11:02", "11:09-14:00"]}})
    assert slot_width(calendar, instant(2025, 3, 3), instant(2025, 3, 9)) == 450


def test_slots_too_wide_for_a_break_are_refused():
    calendar = from_settings("tea", {"time_zone": "UTC", "blocks": {"mon": ["09:00-11:02", "11:09-14:00"]}})
    with pytest.raises(ValueError, match="too wide"):
        slots(calendar, instant(2025, 3, 3), instant(2025, 3, 9), width=900)


def test_a_zone_that_changes_its_clock_off_the_quarter_hour_takes_finer_slots():
    newfoundland = always("America/St_Johns")
    assert slot_width(newfoundland, instant(2010, 1, 1), instant(2010, 12, 31)) == 60
    assert slot_width(newfoundland, instant(2012, 1, 1), instant(2030, 12, 31)) == 900


@settings(max_examples=40, deadline=None)
@given(calendars(step=1), st.integers(FIRST, LAST), st.integers(0, 30 * DAY))
def test_the_width_divides_the_quarter_hour(calendar, start, length):
    assert 900 % slot_width(calendar, start, start + length) == 0


def test_both_ends_have_a_slot():
    table = slots(always(), 900, 1800)
    assert table["slot"].to_pylist() == [1, 2]
    assert table.schema == SCHEMA
