"""The workspace of the demo: settings that the config reads, calendars of both countries."""

from __future__ import annotations

import tomllib

from latido.config.settings import Config
from latido.demo.settings import workspace_settings
from latido.model.calendar_settings import from_settings

SETTINGS = tomllib.loads(workspace_settings())


def test_the_settings_are_valid() -> None:
    assert Config(**SETTINGS).name == "Lumbre Hogar"


def test_both_calendars_are_open_on_weekdays_until_seven() -> None:
    calendars = [from_settings(name, given) for name, given in Config(**SETTINGS).calendars.items()]
    assert [c.time_zone for c in calendars] == ["Europe/Madrid", "America/Mexico_City"]


def test_there_is_a_promise_for_every_priority_in_both_countries() -> None:
    policies = Config(**SETTINGS).sla
    assert {p.where["priority"] for p in policies} == {"low", "normal", "high", "urgent"}
    assert {p.calendar for p in policies} == {"lumbre-es", "lumbre-mx"}


def test_the_mexican_promises_come_first() -> None:
    places = [p.where.get("country") for p in Config(**SETTINGS).sla]
    assert places == sorted(places, key=lambda place: place is None)
