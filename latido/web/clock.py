"""Which hours a figure counts: all of them, or those that a calendar calls open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.i18n import _, day
from latido.metrics.methods import Curve
from latido.metrics.scope import ALWAYS
from latido.web.hours import in_words
from latido.web.written import country_name

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask
    from latido.web.view import View


@dataclass(frozen=True)
class Clock:
    """A calendar that counts.

    Attributes:
        name: Its name.
        text: What it counts, in a sentence.
    """

    name: str
    text: str


def timed(metric: Metric) -> bool:
    """Whether the metric counts hours, so that a calendar matters."""
    return not metric.long_run and (metric.unit == "s" or isinstance(metric.method, Curve))


def clock(ask: Ask, metric: Metric, view: View) -> Clock | None:
    """The calendar that a figure is computed with; None where none matters."""
    if not timed(metric):
        return None
    known = {preset.name for preset in metric.presets}
    fixed = metric.preset(view.preset).calendar if view.preset in known else metric.calendar
    return told(ask, fixed or view.calendar or ask.workspace.config.calendar)


def told(ask: Ask, name: str) -> Clock:
    """What a calendar counts."""
    if name == ALWAYS:
        return Clock(name, str(_("Every hour counts, day and night (24×7).")))
    calendar = ask.workspace.calendars[name]
    now = calendar.versions[-1]
    off = _(", without the holidays of {place}", place=country_name(now.country)) if now.country else ""
    said = _("Only open hours count, by the calendar “{name}”: {hours}{off}, {zone} time.",
             name=name, hours=in_words(now.week), off=off, zone=calendar.time_zone.replace("_", " "))  # fmt: skip
    changed = [day(version.valid_from) for version in calendar.versions if version.valid_from]
    since = _("Its hours changed on {days}; every day counts by its own.", days=", ".join(changed)) if changed else ""
    return Clock(name, f"{said} {since}".strip())
