"""`latido calendar`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Argument, Command, Example, Number, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.errors import UnknownNameError
from latido.i18n import _, duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from latido.cli.session import Session
    from latido.model.calendar import BusinessCalendar


def run(
    session: Session,
    name: str | None,
    *,
    year: float | None,
    between: tuple[str, str] | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the calendars, show a year of one, or compute business time."""
    either(as_json=as_json, as_csv=as_csv)
    known = session.workspace.calendars
    if between:
        chosen = _found(known, name or session.workspace.config.calendar)
        _compute(session, chosen, between, as_json=as_json, as_csv=as_csv)
    elif name is None:
        _list(known, as_json=as_json, as_csv=as_csv)
    else:
        shown = int(year or datetime.now(UTC).year)
        _year(_found(known, name), shown, as_json=as_json, as_csv=as_csv)


def _found(known: Mapping[str, BusinessCalendar], name: str) -> BusinessCalendar:
    if name not in known:
        raise UnknownNameError.among(_("calendar"), name, known)
    return known[name]


def _list(known: Mapping[str, BusinessCalendar], *, as_json: bool, as_csv: bool) -> None:
    from latido.report.calendars import calendars, hours_of
    from latido.report.terminal import show

    records = [{"name": c.name, "time_zone": c.time_zone, "hours": hours_of(c.versions[-1])} for c in known.values()]
    if as_csv:
        write_csv(records)
    elif as_json:
        write_json(records)
    else:
        show(calendars(list(known.values())))


def _year(calendar: BusinessCalendar, year: int, *, as_json: bool, as_csv: bool) -> None:
    from latido.report.calendars import days_off, describe, year_hours
    from latido.report.terminal import show

    off: list[dict[str, Any]] = [
        {"day": day, "name": name, "open": hours} for day, name, hours in days_off(calendar, year)
    ]
    if as_csv:
        write_csv(off)
    elif as_json:
        write_json({"name": calendar.name, "year": year, "open_seconds": year_hours(calendar, year), "days": off})
    else:
        show(describe(calendar, year))


def _compute(
    session: Session, calendar: BusinessCalendar, between: tuple[str, str], *, as_json: bool, as_csv: bool
) -> None:
    start, end, open_ = session.workspace.business_time(calendar.name, *between)
    record = {
        "calendar": calendar.name,
        "start": start,
        "end": end,
        "business_seconds": open_,
        "seconds": int((end - start).total_seconds()),
    }
    if as_csv:
        write_csv([record])
    elif as_json:
        write_json(record)
    else:
        elapsed = (end - start).total_seconds()
        click.echo(_("{open} of business time ({all} by the clock)", open=duration(open_), all=duration(elapsed)))


COMMAND = Command(
    "calendar",
    text=_(
        "List the business calendars; show one's hours and days off in a year; or compute the business time between "
        "two instants (ISO, in the workspace's time zone unless they say otherwise)."
    ),
    run=run,
    params=(
        Argument("name", required=False, value=_("CALENDAR"), meaning=_("Its name; none to list them")),
        Option("--year", type=Number(1970), value=_("YEAR"), meaning=_("Which year to show; else this one")),
        Option("--between", nargs=2, value=_("START END"), meaning=_("Business time between two instants")),
        *FORMATS,
    ),
    examples=(
        Example("latido calendar", _("all calendars")),
        Example("latido calendar support --year 2026", _("hours and days off in 2026")),
        Example(
            "latido calendar support --between 2026-03-27T18:00 2026-03-30T10:00",
            _("how much of a weekend is business time"),
        ),
    ),
)
