import pytest

from latido.sources.stamps import Stamp, clock, day, whole

HOUR = 3_600_000_000
DAY = 24 * HOUR
NOVEMBER_11 = 18_211 * DAY  # 2019-11-11


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2019-11-11", None),
        ("2019/11/11", None),
        ("11/11/2019", "dmy"),
        ("11.11.19", "mdy"),
        ("19/11/11", "ymd"),
        ("20191111", None),
        ("43780", None),
        ("11 nov 2019", None),
        ("11-Nov-19", None),
        ("November 11, 2019", None),
        ("lunes, 11 de noviembre de 2019", None),
        ("\u200e11/\u200e11/\u200e2019", "dmy"),
    ],
)
def test_a_day_is_read_in_many_ways(text, order):
    assert day(text, order) == Stamp(NOVEMBER_11)


@pytest.mark.parametrize("text", ["30/02/2019", "11/13/2019", "2019-13-01", "11 2019", "60", "nov", "1/2/345", ""])
def test_what_is_no_day_is_none(text):
    assert day(text, "dmy") is None


def test_a_numeric_day_without_an_order_is_unreadable():
    assert day("11/12/2019", None) is None


def test_two_digits_of_a_year_turn_over_at_seventy():
    assert (day("1/1/70", "dmy"), day("1/1/69", "dmy")) == (Stamp(0), Stamp(36_160 * DAY))


@pytest.mark.parametrize(
    ("text", "seconds"), [("1577836800", 1577836800), ("1577836800.5", 1577836800.5), ("1577836800000", 1577836800)]
)
def test_seconds_and_milliseconds_since_1970_are_utc(text, seconds):
    assert day(text, None) == Stamp(round(seconds * 1_000_000), 0)


def test_an_excel_serial_has_its_time_in_the_fraction():
    assert day("43780.25", None) == Stamp(NOVEMBER_11 + 6 * HOUR)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("14:30", 14.5),
        ("2:30 PM", 14.5),
        ("2:30:00 p. m.", 14.5),
        ("12:00 AM", 0),
        ("12:00 pm", 12),
        ("02:30:36.5", 2.51014),
    ],
)
def test_a_clock_has_twelve_or_twenty_four_hours(text, hours):
    assert clock(text).local == pytest.approx(hours * HOUR, abs=20_000_000)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("10:00Z", 0), ("10:00 +02:00", 2), ("10:00-0530", -5.5), ("10:00 GMT-6", -6), ("10:00 CEST", 2)],
)
def test_a_clock_may_say_how_far_it_is_ahead_of_utc(text, hours):
    assert clock(text) == Stamp(10 * HOUR, int(hours * HOUR))


@pytest.mark.parametrize("text", ["25:00", "10:60", "13:00 PM", "10:00 QQT", "10"])
def test_what_is_no_clock_is_none(text):
    assert clock(text) is None


@pytest.mark.parametrize(
    ("text", "hours", "ahead"),
    [
        ("Mon Nov 11 22:10:47 +0000 2019", 22, 0),
        ("Mon, 11 Nov 2019 22:10:47 GMT", 22, 0),
        ("11 de noviembre de 2019, 22:10:47", 22, None),
    ],
)
def test_a_stamp_is_read_as_a_whole(text, hours, ahead):
    assert whole(text, None) == Stamp(NOVEMBER_11 + hours * HOUR + 647_000_000, ahead)
