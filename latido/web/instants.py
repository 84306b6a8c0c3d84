"""Instants as people read them, in the workspace's zone, and as machines do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from babel.dates import format_skeleton, format_time

from latido.i18n import day, language

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class When:
    """An instant or a day.

    Attributes:
        iso: For `datetime` of the element `time`.
        text: For people.
        full: For people who want to know exactly; the same where there is no more to know.
    """

    iso: str
    text: str
    full: str


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """An instant of the engine (UTC, naive) on the wall clock of a zone."""
    return moment.replace(tzinfo=UTC).astimezone(zone)


def instant(moment: datetime, zone: ZoneInfo) -> When:
    """An instant to the minute: 4 mar 2026, 09:30."""
    here = local(moment, zone)
    text = f"{day(here)}, {clock(here)}"
    return When(here.isoformat(timespec="seconds"), text, f"{day(here)}, {format_time(here, 'HH:mm:ss')}")


def at_clock(moment: datetime, zone: ZoneInfo) -> When:
    """An instant by its time of day, for lists under a day: 09:30."""
    known = instant(moment, zone)
    return When(known.iso, clock(local(moment, zone)), known.full)


def on_day(moment: datetime, zone: ZoneInfo) -> When:
    """The local day of an instant; where the year is said already, without it."""
    known = instant(moment, zone)
    return When(known.iso, day(local(moment, zone)), known.full)


def clock(moment: datetime) -> str:
    """A time of day."""
    return format_time(moment, "HH:mm")


def month(of: date) -> str:
    """A month for a heading: March 2026 or marzo de 2026."""
    return str(format_skeleton("yMMMM", of, locale=language()))


def weekday(of: date) -> str:
    """A day for a heading below its month: Wed 4, mié 4."""
    return day(of, "EEE d")


def short_day(of: date) -> str:
    """A day on an axis: 4 Mar, 4 mar."""
    return day(of, "d MMM")
