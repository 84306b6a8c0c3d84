"""Business calendars on a terminal: hours, days off, open time of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from babel.dates import get_day_names

from latido.i18n import _, day, language
from latido.metrics.present import NOTHING, Cell, Column, Grid
from latido.model.calendar import BusinessCalendar, Version, holiday_names
from latido.model.calendar_settings import to_settings
from latido.model.opening import business_seconds


class DayOff(NamedTuple):
    """A day that is not like its weekday.

    Attributes:
        day: The local day.
        name: Of the holiday; empty for a day of the company's own.
        hours: When it is open all the same; empty where it is closed.
    """

    day: date
    name: str
    hours: str


def calendars(known: Sequence[BusinessCalendar]) -> Grid:
    """All calendars, one a line, with the hours that hold now."""
    columns = tuple(
        Column(str(text), right=False) for text in (_("calendar"), _("time zone"), _("hours"), _("holidays"))
    )
    cells = tuple(
        tuple(map(Cell, (c.name, c.time_zone, hours_of(c.versions[-1]), _holidays(c.versions[-1])))) for c in known
    )
    return Grid(str(_("Business calendars")), "", columns, cells)


def hours_of(version: Version) -> str:
    """A version's weekly hours in one line: `mon-fri 09:00-14:00 16:00-19:00`."""
    blocks = to_settings(BusinessCalendar("hours", "UTC", (Version(version.week),)))["blocks"]
    return ", ".join(f"{days} {' '.join(hours)}" for days, hours in blocks.items())


def _holidays(version: Version) -> str:
    return "-".join(filter(None, (version.country, version.region))) or NOTHING


def describe(calendar: BusinessCalendar, year: int) -> Grid:
    """A calendar's days off in a year, below its hours."""
    columns = tuple(Column(str(text), right=False) for text in (_("day"), _("weekday"), _("why"), _("open")))
    cells = tuple(
        (Cell(day(d)), Cell(_weekday(d)), Cell(name or str(_("the company's own"))), Cell(hours or NOTHING))
        for d, name, hours in days_off(calendar, year)
    )
    told = _("{year}: {hours} open hours", year=str(year), hours=round(year_hours(calendar, year) / 3600))
    hours = "; ".join(_version(v) for v in calendar.versions)
    return Grid(f"{calendar.name} · {calendar.time_zone}", f"{hours} · {told}", columns, cells)


def _version(version: Version) -> str:
    since = str(_("from {day}:", day=version.valid_from)) if version.valid_from else ""
    return f"{since} {hours_of(version)}".strip()


def _weekday(moment: date) -> str:
    return str(get_day_names("wide", locale=language())[moment.weekday()])


def days_off(calendar: BusinessCalendar, year: int) -> Iterator[DayOff]:
    """Holidays, closed days and days with hours of their own that fall in a year, in order."""
    for version, (start, end) in zip(calendar.versions, _spans(calendar), strict=True):
        special = {d: " ".join(map(str, blocks)) for d, blocks in version.special}
        names = {
            **dict.fromkeys((*version.closed, *special), ""),
            **holiday_names(version.country, version.region, year),
        }
        for d in sorted(names):
            if d.year == year and start <= d < end:
                yield DayOff(d, names[d], special.get(d, ""))


def _spans(calendar: BusinessCalendar) -> Iterator[tuple[date, date]]:
    starts = [v.valid_from or date.min for v in calendar.versions]
    return zip(starts, [*starts[1:], date.max], strict=True)


def year_hours(calendar: BusinessCalendar, year: int) -> int:
    """Open seconds of a local year."""
    edges = [int(datetime(y, 1, 1, tzinfo=calendar.zone).timestamp()) for y in (year, year + 1)]
    return int(business_seconds(calendar, edges[0], edges[1]))
