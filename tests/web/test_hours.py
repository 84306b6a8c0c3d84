"""Opening hours are read as people write them, and shown as they speak of them."""

from __future__ import annotations

import pytest

from latido.errors import UsageError
from latido.i18n import use
from latido.model.calendar import Block, always
from latido.web import hours

OFFICE = (Block(9 * 3600, 14 * 3600), Block(16 * 3600, 19 * 3600))
WEEK = (OFFICE,) * 5 + ((Block(10 * 3600, 14 * 3600),), ())


@pytest.mark.parametrize(
    "typed",
    ["09:00-14:00, 16:00-19:00", "9-14 16-19", "9h-14h y 16h-19h", "16:00–19:00; 9.00–14.00", "9 to 14 and 16 to 19"],
)
def test_hours_are_read_in_many_ways(typed: str) -> None:
    assert hours.blocks(typed) == OFFICE


@pytest.mark.parametrize("typed", ["", " ", "closed", "cerrado", "-"])
def test_a_closed_day_has_none(typed: str) -> None:
    assert hours.blocks(typed) == ()


def test_what_passes_midnight_is_counted_on() -> None:
    assert hours.blocks("22:00-6:00") == (Block(22 * 3600, 30 * 3600),)


@pytest.mark.parametrize("typed", ["nine to five", "9-14 noon", "25:00", "9:75-10", "50-60", "9-14, x"])
def test_what_are_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="09:00-14:00"):
        hours.blocks(typed)


def test_hours_are_shown_as_they_can_be_typed() -> None:
    assert hours.blocks(hours.typed(OFFICE)) == OFFICE


def test_a_week_is_told_in_the_readers_words() -> None:
    with use("es"):
        assert hours.in_words(WEEK) == "lun–vie 09:00–14:00 16:00–19:00 · sáb 10:00–14:00"


def test_a_week_has_its_open_time() -> None:
    assert hours.week_seconds(WEEK) == 44 * 3600


def test_open_time_is_told_in_hours() -> None:
    assert [hours.spoken(s) for s in (44 * 3600, 30600, 2700, 0)] == ["44 h", "8 h 30 min", "45 min", "0 h"]


def test_what_passes_midnight_is_drawn_on_the_next_day() -> None:
    late = hours.drawn(((Block(22 * 3600, 30 * 3600),), *((),) * 6))
    assert [(bar.x, bar.width) for bar in late.bars] == [(260, 20), (40, 60)]
    assert late.bars[1].y > late.bars[0].y


def test_sunday_night_goes_on_on_monday() -> None:
    sunday = hours.drawn((*((),) * 6, (Block(22 * 3600, 30 * 3600),)))
    assert sunday.bars[1].y < sunday.bars[0].y


def test_an_open_week_is_drawn_whole() -> None:
    assert sum(bar.width for bar in hours.drawn(always().versions[0].week).bars) == 7 * 240
