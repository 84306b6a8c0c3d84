"""Settings: one calendar, with a preview of what it means before it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from latido.config.lines import Place
from latido.config.load import declared
from latido.config.rewrite import at, merge, put, rename
from latido.errors import ConfigError, FieldError, LatidoError, UnknownNameError
from latido.i18n import Message, _, day
from latido.model.calendar import WEEKDAYS, Block, BusinessCalendar, Version
from latido.model.calendar_settings import from_settings, to_settings
from latido.web import written
from latido.web.calendar_form import DAYS, NEW, ahead, copied, countries, filled, off_by_year, read, regions
from latido.web.hours import HOUR, drawn, spoken, week_seconds, weekdays
from latido.web.page import Page
from latido.web.sheets import Sheet, data, page, save, sent
from latido.workspace.workspace import ALWAYS

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/settings/calendars"
EDIT, PREVIEW, SAVE = f"{HOME}/edit", f"{HOME}/preview", f"{HOME}/save"
OFFICE = (Block(9 * HOUR, 18 * HOUR),)
SPARE, MORE = 2, 8  # empty rows for days


def show(ask: Ask) -> Response:
    """The form: of a calendar, of hours that begin some day, of a new one or a copy."""
    name, since = ask.query.get("name", ""), ask.query.get("since", "")
    if name:
        known = _known(ask, name)
        return _page(ask, filled(name, known, _version(known, since), since))
    source = _known(ask, ask.query["copy"]) if ask.query.get("copy") else _fresh(ask)
    return _page(ask, filled("", source, source.versions[-1], ""))


def _fresh(ask: Ask) -> BusinessCalendar:
    """Office hours in the company's zone, with the holidays of the country that it names first."""
    config, known = ask.workspace.config, dict(countries())
    country = next((code for code in config.countries if code in known), None)
    return BusinessCalendar("new", config.time_zone, (Version((OFFICE,) * 5 + ((), ()), country=country),))


def preview(ask: Ask) -> Response:
    """The form as it is typed, with what it means; nothing is saved."""
    form, wanted = sent(ask), ask.query.get("do")
    return _page(ask, copied(form) if wanted == "copy" else form, spare=MORE if wanted == "more" else SPARE)


def change(ask: Ask) -> Response:
    """Save it."""
    form = sent(ask)
    name, others = _name(ask, form), _others(ask, form)
    if isinstance(name, FieldError):
        return _page(ask, sent(ask, [name]), 422)
    try:
        made, errors = read(form, name, others)
    except ConfigError as error:
        return _page(ask, sent(ask, problem=error), 422)
    if made is None:
        return _page(ask, sent(ask, errors), 422)
    was = form["was"] or name
    said = _("Calendar “{was}” is called “{name}” now, wherever it is used.", was=was, name=name)
    return _saved(ask, made, was, _("Calendar “{name}” is saved.", name=name) if was == name else said)


def remove(ask: Ask) -> Response:
    """Take away hours that hold from some day on: those before hold again."""
    form = sent(ask)
    name, others = form["was"], _others(ask, form)
    made = BusinessCalendar(name, _known(ask, name).time_zone, tuple(others))
    return _saved(ask, made, name, _("The hours that were to hold from {day} are deleted.", day=form["was_since"]))


def _saved(ask: Ask, made: BusinessCalendar, was: str, said: Message) -> Response:
    return save(
        ask,
        lambda text: _rewritten(renamed(text, was, made.name), made),
        back=HOME,
        again=lambda shown: _page(ask, shown, 422),
        said=lambda _change: said,
    )


def renamed(text: str, was: str, name: str) -> str:
    """The file with a calendar called otherwise, wherever it is meant."""
    settings = declared(text)
    if was == name or was not in settings.get("calendars", {}):
        return text
    text = rename(text, ("calendars", was), name)
    places: list[Place] = [("calendar",), *(("sla", i, "calendar") for i in range(len(settings.get("sla", ()))))]
    for place in places:
        text = put(text, place, name) if at(settings, place) == was else text
    return text


def _rewritten(text: str, made: BusinessCalendar) -> str:
    """The file with a calendar; of one that is there already, only what differs is written."""
    settings = declared(text)
    place, zone = ("calendars", made.name), settings.get("time_zone", "UTC")
    old = settings.get("calendars", {}).get(made.name)
    if old is None:
        return put(text, place, to_settings(made))
    return merge(text, place, to_settings(from_settings(made.name, {"time_zone": zone, **old})), to_settings(made))


def _known(ask: Ask, name: str) -> BusinessCalendar:
    """A calendar that can be changed or copied.

    Raises:
        UnknownNameError: There is none of that name.
    """
    found = ask.workspace.calendars.get(name)
    if found is None:
        raise UnknownNameError.among(_("calendar"), name, ask.workspace.calendars)
    return found


def _version(calendar: BusinessCalendar, since: str) -> Version:
    if since == NEW:
        return replace(calendar.versions[-1], valid_from=None)
    found = [v for v in calendar.versions if (v.valid_from.isoformat() if v.valid_from else "") == since]
    if not found:
        said = _("Calendar “{calendar}” has no hours from {day} on.", calendar=calendar.name, day=since)
        raise UnknownNameError(said)
    return found[0]


def _name(ask: Ask, form: Sheet) -> str | FieldError:
    """What the calendar shall be called."""
    name, was = form["name"].strip(), form["was"]
    if was and name == was:
        return name
    if not name:
        return FieldError("name", _("A calendar needs a name."))
    if name in data(ask).get("calendars", {}) or name == ALWAYS:
        return FieldError("name", _("There is a calendar called “{name}” already.", name=name))
    return name


def _others(ask: Ask, form: Sheet) -> list[Version]:
    """The versions of a calendar that the form does not speak of."""
    if not form["was"]:
        return []
    known = _known(ask, form["was"]).versions
    return [v for v in known if (v.valid_from.isoformat() if v.valid_from else "") != form["was_since"]]


def _page(ask: Ask, form: Sheet, status: int = 200, spare: int = SPARE) -> Response:
    shown, form = _preview(form, complete=status != 200)
    days = [(day, name.capitalize()) for day, name in zip(WEEKDAYS, weekdays(), strict=True)]
    known = ask.workspace.calendars.get(form["was"])
    return page(
        ask, "settings_calendar.html", status, form=form, shown=shown, zones=written.zones(), countries=countries(),
        regions=regions(form["country"]), days=days,
        labels=dict(days),
        own=form.rows(*DAYS, spare=spare), versions=_versions(known), new=NEW,
    )  # fmt: skip


def _versions(calendar: BusinessCalendar | None) -> list[tuple[str, str]]:
    """The hours of a calendar by the day on which they begin, where there are several."""
    if calendar is None:
        return []
    return [(v.valid_from.isoformat(), str(_("from {day}", day=day(v.valid_from)))) if v.valid_from
            else ("", str(_("from the beginning"))) for v in calendar.versions]  # fmt: skip


def _preview(form: Sheet, *, complete: bool) -> tuple[dict[str, Any] | None, Sheet]:
    """What the typed hours would mean; what is wrong goes beside its field."""
    try:
        made, errors = read(replace(form, values={**form.values, "was_since": ("",)}), form["name"] or "…", [])
    except LatidoError as error:
        return None, form if complete else replace(form, error=error)
    if made is None:
        told = {error.field: error for error in errors}
        return None, form if complete else replace(form, faults=told, error=errors[0])
    today = datetime.now(made.zone).date()
    return _meaning(made, today), form


def _meaning(calendar: BusinessCalendar, today: date) -> dict[str, Any]:
    week = calendar.versions[0].week
    return {
        "hours": spoken(week_seconds(week)),
        "week": drawn(week),
        "ahead": ahead(calendar, today),
        "off": off_by_year(calendar, today),
    }


ROUTES = (
    Page(EDIT, show, right="read"),
    Page(PREVIEW, preview, right="read"),
    Page(SAVE, change, right="settings", methods=("POST",)),
    Page(f"{HOME}/hours/delete", remove, right="settings", methods=("POST",)),
)
