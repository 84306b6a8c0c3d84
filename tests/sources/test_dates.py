from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.sources.dates import Orders, instants

MADRID = ZoneInfo("Europe/Madrid")
STAMPS = st.datetimes(datetime(1970, 1, 2), datetime(2099, 1, 1)).map(lambda d: d.replace(microsecond=0))


def read(*texts: str | None, order: str | None = None) -> list[datetime | None]:
    return instants(pa.array(texts, pa.string()), order, MADRID).to_pylist()  # type: ignore[arg-type]


def utc(stamp: datetime) -> datetime:
    return stamp.replace(fold=0, tzinfo=MADRID).astimezone(UTC)  # a text does not say which of two times it is


@given(st.lists(STAMPS, min_size=1, max_size=5), st.sampled_from(["%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S"]))
@settings(deadline=None, max_examples=100)
def test_a_column_is_read_as_python_reads_each_of_it(stamps, form):
    assert read(*(s.strftime(form) for s in stamps), order="dmy") == [utc(s) for s in stamps]


@given(st.lists(STAMPS, min_size=1, max_size=5))
@settings(deadline=None, max_examples=100)
def test_so_are_iso_stamps(stamps):
    assert read(*map(str, stamps)) == [utc(s) for s in stamps]


@pytest.mark.parametrize("clock", ["8:51", "08:51", "8:51:00", "08:51:00", "8:51 AM", "08:51:00.000"])
def test_the_same_minute_is_the_same_instant_however_written(clock):
    assert read(f"4/3/2024 {clock}", order="dmy") == [datetime(2024, 3, 4, 7, 51, tzinfo=UTC)]


def test_nothing_stays_nothing_beside_what_can_be_read():
    assert read(None, "4/3/2024", "nope", order="dmy") == [None, datetime(2024, 3, 3, 23, tzinfo=UTC), None]


def test_one_column_may_hold_stamps_with_and_without_offset():
    assert read("2024-03-04T10:00Z", "2024-03-04 10:00") == [
        datetime(2024, 3, 4, 10, tzinfo=UTC),
        datetime(2024, 3, 4, 9, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([datetime(2024, 3, 4, 10)], pa.timestamp("s")),
        pa.array([datetime(2024, 3, 4, 9, tzinfo=UTC)], pa.timestamp("ns", "America/Mexico_City")),
        pa.array([1709542800]),
        pa.array([1709542800000.0]),
    ],
    ids=str,
)
def test_typed_columns_are_read_as_what_they_are(values):
    assert instants(values, None, MADRID).to_pylist() == [datetime(2024, 3, 4, 9, tzinfo=UTC)]


def test_a_date_is_midnight_where_the_clock_hangs():
    assert instants(pa.array([date(2024, 3, 4)]), None, MADRID).to_pylist() == [datetime(2024, 3, 3, 23, tzinfo=UTC)]


def orders(*texts: str) -> Orders:
    found = Orders()
    found.add(pa.array(texts))
    return found


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["25/03/2024", "01/02/2024"], "dmy"),
        (["03/25/2024 10:00", "01/02/2024"], "mdy"),
        (["2024-03-25", "2024-01-02"], "ymd"),
        (["01/02/2024", "03/04/2024"], None),
        (["25/03/2024", "03/25/2024"], None),
        (["nov 11, 2019"], "ymd"),
        (["25/03/2024"] * 200 + ["03/25/2024"], "dmy"),
    ],
)
def test_the_order_is_decided_over_the_whole_column(texts, order):
    assert orders(*texts).decided == order


def test_only_proof_on_both_sides_is_a_mixture():
    assert (orders("25/03/2024", "03/25/2024").mixed, orders("01/02/2024").mixed) == (True, False)


def test_votes_add_up_from_frame_to_frame():
    found = orders("01/02/2024")
    found.add(pa.array(["25/03/2024"]))
    assert (found.decided, found.either, found.examples) == ("dmy", 1, {"": "01/02/2024", "dmy": "25/03/2024"})
