"""Settings: what there is to set, and how it is set now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import Message, _, _n
from latido.model.calendar import BusinessCalendar
from latido.web.page import Page
from latido.web.sheets import undo

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.config import Config
    from latido.state.people import Right
    from latido.web.ask import Ask

HOME = "/settings"


class Entry(NamedTuple):
    """One page.

    Attributes:
        path: Where it is.
        icon: Beside its name.
        label: Its name.
        meaning: What it is for.
        right: Who may see it; None for everybody.
    """

    path: str
    icon: str
    label: Message
    meaning: Message
    right: Right | None


WORKSPACE = (
    Entry(
        "/settings/general",
        "building",
        _("Company and definitions"),
        _("Name, brand, time zone, currency, and the choices that the metrics leave to you."),
        "read",
    ),
    Entry(
        "/settings/calendars",
        "calendar",
        _("Calendars"),
        _("When you are open: hours of the week, holidays, days of your own. Durations count open time only."),
        "read",
    ),
    Entry(
        "/settings/targets",
        "target",
        _("Targets"),
        _("What each metric should reach, for everybody or by team."),
        "read",
    ),
    Entry(
        "/settings/sla",
        "shield-check",
        _("Promises (SLA)"),
        _("What customers were promised: which tickets, which clock, how long."),
        "read",
    ),
    Entry("/settings/segments", "filter", _("Segments"), _("Filters that you need again and again, by name."), "read"),
    Entry(
        "/settings/pulse",
        "layout-dashboard",
        _("Pulse"),
        _("Which metrics stand on the home page, and in which order."),
        "read",
    ),
    Entry(
        "/settings/chain",
        "link",
        _("Chain"),
        _("What leads to what, from a contact to a customer who stays."),
        "read",
    ),
)
PEOPLE = (
    Entry("/people", "users", _("People and roles"), _("Who may sign in, and what they may see and do."), "people"),
    Entry("/tokens", "key", _("API tokens"), _("Keys for programs that ask in your name."), "read"),
    Entry("/audit", "history", _("Audit trail"), _("Who changed or took out what, and when."), "people"),
)
YOURS = (
    Entry("/profile", "user", _("Your profile"), _("Your name and your password."), "read"),
    Entry(
        "/settings/appearance",
        "moon",
        _("Appearance and language"),
        _("Light or dark, Spanish or English: for you alone."),
        None,
    ),
)


def show(ask: Ask) -> Response:
    """Every page with what is set there."""
    config = ask.workspace.config
    return ask.page(
        "settings.html",
        groups=[(title, _allowed(ask, entries)) for title, entries in _groups() if _allowed(ask, entries)],
        now=_now(config, ask.workspace.calendars.get(config.calendar)),
    )


def _groups() -> tuple[tuple[Message, tuple[Entry, ...]], ...]:
    return (_("The workspace"), WORKSPACE), (_("Who comes in"), PEOPLE), (_("For you alone"), YOURS)


def _allowed(ask: Ask, entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry for entry in entries if entry.right is None or ask.asker.may(entry.right)]


def _now(config: Config, calendar: BusinessCalendar | None) -> dict[str, str]:
    """How it is set, in a few words, by page."""
    chosen, linked = len(config.pulse.metrics or ()), len(config.chain.links)
    return {
        "/settings/general": " · ".join(filter(None, (config.time_zone, config.currency))),
        "/settings/calendars": str(_("{name} is used", name=calendar.name)) if calendar else "",
        "/settings/targets": str(_n("{count} metric has one", "{count} metrics have one", len(config.targets))),
        "/settings/sla": str(_n("{count} promise", "{count} promises", len(config.sla))),
        "/settings/segments": str(_n("{count} segment", "{count} segments", len(config.segments))),
        "/settings/chain": str(_n("{count} link", "{count} links", linked)) if linked else str(_("the usual one")),
        "/settings/pulse": str(_n("{count} metric", "{count} metrics", chosen)) if chosen else str(_("the usual ones")),
    }


ROUTES = (
    Page(HOME, show, right="read"),
    Page(f"{HOME}/undo", undo, right="settings", methods=("POST",)),
)
