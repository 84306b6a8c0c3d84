"""Calendars are read from the settings, and written back the same."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings

from latido.errors import ConfigError
from latido.model.calendar import Block
from latido.model.calendar_settings import from_settings, parse_block, to_settings
from tests.model.opening_by_brute_force import calendars

HOURS = "09:00-18:00"


def read(**changes):
    return from_settings("support", {"time_zone": "Europe/Madrid", "blocks": {"mon-fri": HOURS}, **changes})


def days_open(blocks) -> str:
    """The weekdays that have hours, as digits."""
    return "".join(str(day) for day, hours in enumerate(read(blocks=blocks).versions[0].week) if hours)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("mon-fri", "01234"),
        ("lun-vie", "01234"),
        ("sat", "5"),
        ("sábado", "5"),
        ("Miércoles", "2"),
        ("mon,wed,fri", "024"),
        ("mon-tue, sun", "016"),
        ("fri-mon", "0456"),
    ],
)
def test_days_are_named_in_either_language(days, expected):
    assert days_open({days: HOURS}) == expected


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("09:00-14:00", Block(32400, 50400)),
        ("9:00 – 14:00", Block(32400, 50400)),
        ("00:00-24:00", Block(0, 86400)),
        ("22:00-30:00", Block(79200, 108000)),
        ("09:00:01-09:00:59", Block(32401, 32459)),
    ],
)
def test_hours_are_read_to_the_second(text, block):
    assert parse_block(text) == block


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"blocks": {"mon": "9-18"}}, "“9-18” are no opening hours. Write them as 09:00-14:00."),
        ({"blocks": {"mon": "09:00-18:60"}}, "“18:60” is no time of day"),
        ({"blocks": {"mon": 9}}, "“blocks” cannot be 9"),
        ({"blocks": {"mun": HOURS}}, "“mun” is no day of the week"),
        ({"blocks": {"mon-fri": HOURS, "fri": HOURS}}, "fri has its hours twice"),
        ({"blocks": {}}, "never opens"),
        ({"zone": "UTC"}, "no setting called “zone”. Did you mean time_zone"),
        ({"xyz": "UTC"}, "Known: time_zone, blocks"),
        ({"time_zone": 1}, "“time_zone” cannot be 1"),
        ({"time_zone": "Europe/Madird"}, "Did you mean Europe/Madrid"),
        ({"closed": ["24/12/2026"]}, "“24/12/2026” is no date"),
        ({"closed": [datetime(2026, 12, 24)]}, "cannot be datetime"),
        ({"open": {"2026-12-24": ["10-14"]}}, "“10-14” are no opening hours"),
        ({"versions": [{"blocks": {"mon": HOURS}}]}, "all later ones need it"),
        ({"versions": [{"from": date(2026, 1, 1)}]}, "no setting called “from”"),
    ],
)
def test_what_cannot_be_read_is_named(changes, said):
    with pytest.raises(ConfigError, match="Calendar “support”: ") as caught:
        read(**changes)
    assert said in str(caught.value)


def test_a_calendar_needs_a_time_zone():
    with pytest.raises(ConfigError, match="no time_zone"):
        from_settings("support", {"blocks": {"mon": HOURS}})


def test_a_later_version_keeps_what_it_does_not_change():
    calendar = read(country="ES", versions=[{"valid_from": "2026-07-01", "blocks": {"mon": "08:00-15:00"}}])
    assert calendar.versions[1].country == "ES"
    assert calendar.versions[1].valid_from == date(2026, 7, 1)


def test_dates_are_dates_or_texts():
    assert read(closed=[date(2026, 12, 24)]) == read(closed=["2026-12-24"])


def test_neighbouring_days_are_written_as_a_range():
    written = to_settings(read(blocks={"mon-thu": HOURS, "fri": "09:00-15:00", "sun": HOURS}))
    assert written["blocks"] == {"mon-thu": [HOURS], "fri": ["09:00-15:00"], "sun": [HOURS]}


def test_a_version_may_take_holidays_away():
    calendar = read(country="ES", region="MD", versions=[{"valid_from": "2026-07-01", "country": "", "region": ""}])
    assert calendar.versions[1].country is None
    assert from_settings("support", to_settings(calendar)) == calendar


@settings(max_examples=60, deadline=None)
@given(calendars())
def test_what_is_written_reads_the_same(calendar):
    assert from_settings("any", to_settings(calendar)) == calendar
