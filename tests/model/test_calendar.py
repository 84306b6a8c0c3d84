"""A calendar that contradicts itself is refused, with the way out."""

from __future__ import annotations

from datetime import date

import pytest

from latido.errors import ConfigError
from latido.i18n import use
from latido.model.calendar import ALWAYS, DAY, Block, BusinessCalendar, Version, always, holiday_names, zone

NINE_TO_FIVE = Block(9 * 3600, 17 * 3600)
WEEK = ((NINE_TO_FIVE,),) * 7
OFF = ((),) * 7


def monday(*blocks: tuple[int, int]) -> tuple[tuple[Block, ...], ...]:
    return (tuple(Block(*(h * 3600 for h in b)) for b in blocks), *OFF[1:])


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (Version(OFF), "never opens"),
        (Version(monday((16, 9))), "16:00-09:00 on mon closes before it opens. Hours that pass midnight"),
        (Version(monday((9, 9))), "closes before it opens"),
        (Version(monday((9, 14), (13, 17))), "09:00-14:00 and 13:00-17:00 overlap on mon"),
        (Version(monday((25, 26))), "not within one day"),
        (Version(monday((9, 34))), "not within one day"),
        (Version((*OFF[1:], (Block(0, 7200),)), valid_from=date(2025, 1, 1)), "the first hours hold"),
        (Version(WEEK, region="MD"), "region “MD” needs its country"),
        (Version(WEEK, country="XX"), "no country “XX”"),
        (Version(WEEK, country="Spain"), "Did you mean ES"),
        (Version(WEEK, country="España"), "Did you mean ES?"),
        (Version(WEEK, country="ES", region="Madird"), "ES has no region “Madird”. Did you mean MD?"),
        (Version(WEEK, country="ES", region="?"), "Known: AN, AR"),
        (Version(WEEK, closed=(date(2025, 1, 7),), special=((date(2025, 1, 7), ()),)), "both closed and open"),
        (Version(WEEK, special=((date(2025, 1, 7), (Block(7200, 3600),)),)), "2025-01-07 closes before it opens"),
    ],
)
def test_a_contradiction_is_named(version, said):
    with pytest.raises(ConfigError, match="Calendar “support”") as caught:
        BusinessCalendar("support", "Europe/Madrid", (version,))
    assert said in str(caught.value)


def test_a_night_that_runs_into_the_next_morning_overlaps_it():
    week = ((Block(5 * 3600, 9 * 3600),), *OFF[:5], (Block(22 * 3600, 30 * 3600),))
    with pytest.raises(ConfigError, match="22:00-30:00 and 05:00-09:00 overlap on mon"):
        BusinessCalendar("support", "Europe/Madrid", (Version(week),))


@pytest.mark.parametrize("days", [(date(2025, 7, 1), date(2025, 1, 1)), (date(2025, 7, 1), date(2025, 7, 1))])
def test_versions_are_in_order(days):
    later = [Version(WEEK, valid_from=day) for day in days]
    with pytest.raises(ConfigError, match="not in order"):
        BusinessCalendar("support", "Europe/Madrid", (Version(WEEK), *later))


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("Europe/Madird", "Europe/Madrid"), ("madrid", "Europe/Madrid"), ("Mexico City", "America/Mexico_City")],
)
def test_an_unknown_zone_is_answered_with_the_nearest(name, nearest):
    with pytest.raises(ConfigError, match=f"“{name}”") as caught:
        zone(name)
    assert nearest in str(caught.value.hint)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "Europe", "/etc/localtime"])
def test_what_is_no_zone_at_all_is_refused(name):
    with pytest.raises(ConfigError, match="no time zone"):
        zone(name)


def test_always_is_open_in_any_zone():
    assert ALWAYS.versions == always("Pacific/Chatham").versions
    assert ALWAYS.versions[0].week[0] == (Block(0, DAY),)


def test_holidays_have_names():
    assert holiday_names("MX", None, 2026)[date(2026, 9, 16)]


def test_a_calendar_can_be_compared_and_hashed():
    assert hash(always()) == hash(ALWAYS)


def test_holidays_are_named_in_the_readers_language():
    with use("es"):
        assert holiday_names("ES", None, 2026)[date(2026, 1, 1)] == "Año Nuevo"
    assert holiday_names("ES", None, 2026)[date(2026, 1, 1)] == "New Year's Day"


def test_holidays_that_have_no_name_in_it_keep_their_own():
    with use("es"):
        assert holiday_names("DE", None, 2026)[date(2026, 1, 1)] == "Neujahr"
