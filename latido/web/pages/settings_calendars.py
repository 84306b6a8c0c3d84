"""Settings: the calendars that there are, what uses them, and how much of a span is open time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.config.rewrite import drop
from latido.errors import LatidoError, UsageError
from latido.i18n import Message, _, day, duration
from latido.model.calendar import BusinessCalendar
from latido.web.forms import Typed, text, typed
from latido.web.hours import Week, drawn, spoken, week_seconds
from latido.web.page import Page
from latido.web.sheets import Sheet, data, page, save, sent
from latido.web.written import country_name
from latido.workspace.workspace import ALWAYS

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/settings/calendars"


@dataclass(frozen=True)
class Shown:
    """A calendar in the list.

    Attributes:
        name: Its name.
        zone: Its time zone.
        week: Its hours now, drawn.
        hours: Open hours of a week.
        holidays: Whose holidays are days off.
        own: How many days of its own it has.
        later: When its hours change.
        uses: Where it is used.
        fixed: Whether nobody can change it.
    """

    name: str
    zone: str
    week: Week
    hours: str
    holidays: str
    own: int
    later: tuple[str, ...]
    uses: tuple[Message, ...]
    fixed: bool


def show(ask: Ask) -> Response:
    """The list."""
    return _page(ask, Sheet())


def remove(ask: Ask) -> Response:
    """Delete a calendar that nothing uses."""
    name = text(ask.form, "name")
    try:
        refuse_used(name, data(ask))
    except UsageError as error:
        return _page(ask, sent(ask, problem=error), 422)
    return save(
        ask, lambda file: drop(file, ("calendars", name)), back=HOME, again=lambda form: _page(ask, form, 422),
        said=lambda _change: _("Calendar “{name}” is deleted.", name=name),
    )  # fmt: skip


def uses(name: str, settings: Mapping[str, Any]) -> tuple[Message, ...]:
    """Where a calendar is used."""
    bound = [p["name"] for p in settings.get("sla", ()) if p.get("calendar", ALWAYS) == name]
    promises = [_("the promise “{name}”", name=promise) for promise in bound]
    chosen = settings.get("calendar", ALWAYS) == name
    return (*([_("the durations, where no other is asked for")] if chosen else []), *promises)


def refuse_used(name: str, settings: Mapping[str, Any]) -> None:
    """Let nobody take away what something else counts on.

    Raises:
        UsageError: Where it is used.
    """
    if found := uses(name, settings):
        rule = _("Calendar “{name}” is used by {places}.", name=name, places="; ".join(map(str, found)))
        raise UsageError(rule, _("Choose another calendar there first."))


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    told = data(ask)
    known = ask.workspace.calendars
    spent, tester = _tested(ask)
    return page(
        ask, "settings_calendars.html", status, form=form, calendars=[_shown(c, told) for c in known.values()],
        names=[(name, name) for name in known], tester=tester, spent=spent,
    )  # fmt: skip


def _shown(calendar: BusinessCalendar, settings: Mapping[str, Any]) -> Shown:
    now = calendar.versions[-1]
    place = [country_name(now.country)] if now.country else []
    return Shown(
        calendar.name, calendar.time_zone, drawn(now.week), spoken(week_seconds(now.week)),
        " · ".join([*place, *([now.region] if now.region else [])]), len(now.closed) + len(now.special),
        tuple(day(v.valid_from) for v in calendar.versions if v.valid_from), uses(calendar.name, settings),
        calendar.name == ALWAYS,
    )  # fmt: skip


def _tested(ask: Ask) -> tuple[tuple[str, str] | None, Typed]:
    """Open time and time by the clock of the span that the address asks about, and the form."""
    asked = {name: ask.query.get(name, "") for name in ("calendar", "start", "end")}
    form = Typed({name: (value,) for name, value in asked.items()})
    if not asked["start"] or not asked["end"]:
        return None, form
    try:
        start, end, open_ = ask.workspace.business_time(asked["calendar"], asked["start"], asked["end"])
    except LatidoError as error:
        return None, typed(ask.query, error)  # type: ignore[arg-type]
    return (spoken(open_), duration((end - start).total_seconds())), form


ROUTES = (
    Page(HOME, show, right="read"),
    Page(f"{HOME}/delete", remove, right="settings", methods=("POST",)),
)
