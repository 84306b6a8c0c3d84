"""A calendar as a form: what was typed becomes hours, holidays and days of one's own, or is told beside its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from latido.errors import ConfigError, FieldError, UsageError
from latido.i18n import _
from latido.i18n import day as day_told
from latido.model.calendar import WEEKDAYS, Blocks, BusinessCalendar, Version, holiday_names, zone
from latido.model.opening import business_seconds
from latido.report.calendars import DayOff, days_off
from latido.web import hours, written
from latido.web.sheets import Row, Sheet, sheet
from latido.workspace import question

DAYS = ("day", "day_hours")
NEW = "new"
AHEAD = 14


@dataclass
class Reading:
    """What could be read of a form, and what not.

    Attributes:
        week: Hours of each weekday.
        own: Days that are not like their weekday: closed where they have no hours.
        errors: What cannot be.
    """

    week: list[Blocks] = field(default_factory=list)
    own: dict[date, Blocks] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)


@dataclass(frozen=True)
class Ahead:
    """One of the next days.

    Attributes:
        day: It.
        hours: Open seconds by the clock.
        name: Why it is not like its weekday.
    """

    day: date
    hours: int
    name: str

    @property
    def label(self) -> str:
        """Weekday and day: `Mon 24 Nov`."""
        return day_told(self.day, "EEE d MMM")

    @property
    def open(self) -> str:
        """Open time in words; empty for none."""
        return hours.spoken(self.hours) if self.hours else ""


def filled(name: str, calendar: BusinessCalendar, version: Version, since: str) -> Sheet:
    """The form of one version of a calendar.

    Args:
        name: The calendar's name; empty for a new one.
        calendar: It.
        version: Which of its hours.
        since: From when they hold; `new` for hours that are to begin some day.
    """
    own = sorted([*((day, ()) for day in version.closed), *version.special])
    week = {day: hours.typed(blocks) for day, blocks in zip(WEEKDAYS, version.week, strict=True)}
    return sheet({
        "name": name, "was": name, "was_since": since, "since": "" if since == NEW else since,
        "time_zone": calendar.time_zone, "country": version.country or "", "region": version.region or "", **week,
        "day": [day.isoformat() for day, _hours in own], "day_hours": [hours.typed(blocks) for _day, blocks in own],
    })  # fmt: skip


def read(form: Sheet, name: str, others: Sequence[Version]) -> tuple[BusinessCalendar | None, list[FieldError]]:
    """The calendar that a form describes.

    Args:
        form: What was typed.
        name: The calendar's name.
        others: Its versions that the form does not speak of.

    Raises:
        ConfigError: It contradicts itself as a whole.
    """
    reading = Reading()
    _read_week(form, reading)
    _read_days(form, reading)
    since = _since(form, reading)
    _check_places(form, reading)
    if reading.errors:
        return None, reading.errors
    version = Version(
        tuple(reading.week), since, form["country"] or None, form["region"] or None,
        tuple(sorted(day for day, blocks in reading.own.items() if not blocks)),
        tuple(sorted((day, blocks) for day, blocks in reading.own.items() if blocks)),
    )  # fmt: skip
    versions = sorted([*others, version], key=lambda v: v.valid_from or date.min)
    return BusinessCalendar(name, form["time_zone"], tuple(versions)), []


def _read_week(form: Sheet, reading: Reading) -> None:
    for number, name in enumerate(WEEKDAYS):
        try:
            found = hours.blocks(form[name])
            alone: list[Blocks] = [found if day == number else () for day in range(7)]
            if found:
                BusinessCalendar(name, "UTC", (Version(tuple(alone)),))
        except (UsageError, ConfigError) as error:
            reading.errors.append(FieldError(name, error.message, error.hint))
            found = ()
        reading.week.append(found)


def _read_days(form: Sheet, reading: Reading) -> None:
    for row in form.rows(*DAYS):
        try:
            reading.own[_day(row, reading)] = hours.blocks(row["day_hours"])
        except UsageError as error:
            reading.errors.append(FieldError(f"day.{row.number}", error.message, error.hint))


def _day(row: Row, reading: Reading) -> date:
    found = question.local_day(row["day"].strip() or None)
    if found is None:
        raise UsageError(_("The day is missing."))
    if found in reading.own:
        raise UsageError(_("This day stands here twice."))
    return found


def _since(form: Sheet, reading: Reading) -> date | None:
    """From which day on the hours hold; None for from the beginning."""
    if not form["was_since"]:
        return None
    try:
        found = question.local_day(form["since"].strip() or None)
    except UsageError as error:
        reading.errors.append(FieldError("since", error.message, error.hint))
        return None
    if found is None:
        reading.errors.append(FieldError("since", _("Say from which day on these hours hold.")))
    return found


def _check_places(form: Sheet, reading: Reading) -> None:
    checks = (
        ("time_zone", lambda: zone(form["time_zone"])),
        ("country", lambda: holiday_names(form["country"] or None, None, 2026)),
        ("region", lambda: holiday_names(form["country"] or None, form["region"] or None, 2026)),
    )
    for name, check in checks:
        try:
            check()
        except ConfigError as error:
            reading.errors.append(FieldError(name, error.message, error.hint))
            return


def copied(form: Sheet) -> Sheet:
    """The form with the hours of one day also on others."""
    source = form[form["copy_from"]] if form["copy_from"] in WEEKDAYS else ""
    others = {day: (source,) for day in form.values.get("copy_to", ()) if day in WEEKDAYS}
    return replace(form, values={**form.values, **others, "copy_to": ()})


def ahead(calendar: BusinessCalendar, today: date) -> list[Ahead]:
    """The next days, each with its open time."""
    days = [today + timedelta(days=n) for n in range(AHEAD + 1)]
    edges = [int(datetime(day.year, day.month, day.day, tzinfo=calendar.zone).timestamp()) for day in days]
    off = [one for year in sorted({day.year for day in days}) for one in days_off(calendar, year)]
    names = {one.day: one.name or str(_("own day")) for one in off}
    open_ = business_seconds(calendar, edges[:-1], edges[1:])
    return [Ahead(day, int(seconds), names.get(day, "")) for day, seconds in zip(days[:-1], open_, strict=True)]


def off_by_year(calendar: BusinessCalendar, today: date) -> Mapping[int, list[DayOff]]:
    """Days that are not like their weekday, of this year and the next."""
    return {year: list(days_off(calendar, year)) for year in (today.year, today.year + 1)}


def countries() -> list[tuple[str, str]]:
    """Countries whose holidays are known, by name."""
    named = [(code, written.country_name(code)) for code in _codes()]
    return [("", str(_("no holidays"))), *written.by_name(named)]


@cache
def _codes() -> tuple[str, ...]:
    import holidays  # noqa: PLC0415 — takes 0.1 s

    return tuple(holidays.list_supported_countries(include_aliases=False))


def regions(country: str) -> list[tuple[str, str]]:
    """Regions of a country that have holidays of their own, by name."""
    named = [(code, name) for code, name in _subdivisions(country)] if country in _codes() else []
    return [("", str(_("the whole country's only"))), *written.by_name(named)]


@cache
def _subdivisions(country: str) -> tuple[tuple[str, str], ...]:
    import holidays  # noqa: PLC0415

    known: Any = holidays.country_holidays(country)
    names = {code: name for name, code in known.subdivisions_aliases.items()}
    return tuple((code, f"{names[code]} ({code})" if code in names else code) for code in known.subdivisions)
