"""Instants as people read them, in the workspace's zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from latido.i18n import use
from latido.web.instants import at_clock, instant, month, on_day, weekday

SUMMER = datetime(2025, 7, 1, 22, 30, 15)
MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(("code", "told"), [("en", "2 Jul 2025, 00:30"), ("es", "2 jul 2025, 00:30")])
def test_an_instant_is_told_on_the_local_clock(code: str, told: str) -> None:
    with use(code):
        assert instant(SUMMER, MADRID).text == told


def test_machines_read_the_offset_too() -> None:
    assert instant(SUMMER, MADRID).iso == "2025-07-02T00:30:15+02:00"


def test_what_is_left_unsaid_is_told_on_asking() -> None:
    assert at_clock(SUMMER, MADRID).text == "00:30"
    assert {at_clock(SUMMER, MADRID).full, on_day(SUMMER, MADRID).full} == {"2 Jul 2025, 00:30:15"}


@pytest.mark.parametrize(("code", "told"), [("en", ("July 2025", "Wed 2")), ("es", ("julio de 2025", "mié 2"))])
def test_months_and_days_are_headings(code: str, told: tuple[str, str]) -> None:
    day = datetime(2025, 7, 2)
    with use(code):
        assert (month(day), weekday(day)) == told
