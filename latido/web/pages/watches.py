"""Watches: what is watched, how it stands with it, and what was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from latido.errors import LatidoError, UnknownNameError
from latido.http.trail import record
from latido.i18n import _
from latido.insights.watch import State, Watch
from latido.metrics.catalog import METRICS
from latido.metrics.metric import Metric
from latido.report.charts import watch_chart
from latido.report.watches import STATES, normal, notes, sentence, since, state, subject, weeks_grid, wrongness
from latido.web.cards import PATIENCE
from latido.web.forms import text
from latido.web.page import Page
from latido.web.render import link
from latido.web.sheets import page
from latido.workspace.watches import alarm_of, begun, continued, definition, resumes, within

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from latido.insights.watch import Watched
    from latido.metrics.present import Grid
    from latido.report.charts import Chart
    from latido.state.alerts import Alert, Sent
    from latido.web.ask import Ask

HOME = "/watches"
EDIT = f"{HOME}/edit"
TONES = {State.QUIET: ("good", "circle-check"), State.ALERT: ("bad", "alert-circle")}


@dataclass(frozen=True)
class Shown:
    """A watch on the page.

    Attributes:
        name: Its name.
        subject: What it watches.
        href: The metric's page.
        edit: Its form.
        tone: What its state means, for the eye.
        icon: The same as a sign.
        badge: The same in a word.
        state: How it stands with it.
        since: Since when it is so; empty while it is quiet.
        normal: What is normal.
        wrongness: How seldom it is wrong.
        notes: What the eye may see besides.
        chart: Its weeks; None without any.
        grid: The same as a table.
        whom: Who is told.
    """

    name: str
    subject: str
    href: str
    edit: str
    tone: str
    icon: str
    badge: str
    state: str
    since: str
    normal: str
    wrongness: str
    notes: Sequence[str]
    chart: Chart | None
    grid: Grid
    whom: Sequence[str]


@dataclass(frozen=True)
class Broken:
    """A watch that cannot be looked at, and why."""

    name: str
    error: LatidoError
    edit: str


@dataclass(frozen=True)
class Told:
    """An alert on the page.

    Attributes:
        id: Its number.
        watch: The watch's name.
        text: What it says.
        since: Since when.
        raised: When it was told.
        seen: When somebody saw it; None while nobody has.
        by: Who.
        stays: Whether the new level is normal now.
        sent: What became of its messages.
        now: Whether the watch still is as it was declared then.
    """

    id: int
    watch: str
    text: str
    since: str
    raised: datetime
    seen: datetime | None
    by: str | None
    stays: bool | None
    sent: Sequence[Sent]
    now: bool


def show(ask: Ask) -> Response:
    """The page; what is not at hand is computed in the background, and the browser asks again."""
    own = visible(ask)
    if (name := ask.query.get("name", "")) and name not in own:
        raise UnknownNameError.among(_("watch"), name, own)
    wanted = {name: own[name]} if name else own
    looks = [_look(ask, one) for one in wanted.values()]
    return page(
        ask, "watches.html", name=name, address=link(HOME, name=name), all=len(looks),
        done=sum(look is not None for look in looks), watches=[one for one in looks if isinstance(one, Shown)],
        broken=[one for one in looks if isinstance(one, Broken)],
        alerts=[_told(one, own) for one in _alerts(ask, own, name)],
    )  # fmt: skip


def visible(ask: Ask) -> dict[str, Watch]:
    """The watches that the asker may see: a lead those of their teams alone."""
    return {name: one for name, one in ask.workspace.watches.items() if within(one, ask.asker.teams)}


def see(ask: Ask) -> Response:
    """Somebody has seen an alert: what it tells of has passed, or stays."""
    alert, stays = _asked(ask), text(ask.form, "stays") == "yes"
    week = resumes(ask.latest, ask.state.alerts, alert)
    with ask.state.transaction():
        person = ask.asker.person.id if ask.asker.person else None
        ask.state.alerts.see(alert.id, person, stays=stays, resumes=week)
        record(ask.state, ask.asker, ask.request, "alert.seen", f"{alert.shift.watch} {alert.id}")
    said = _("The level since the change is normal now; the watch looks on.") if stays else _(
        "What was normal before is normal again; the watch looks on.")  # fmt: skip
    return ask.see_other(_back(ask), said)


def unsee(ask: Ask) -> Response:
    """Nobody has seen it after all."""
    alert = _asked(ask)
    with ask.state.transaction():
        ask.state.alerts.unsee(alert.id)
        record(ask.state, ask.asker, ask.request, "alert.reopened", f"{alert.shift.watch} {alert.id}")
    return ask.see_other(_back(ask), _("The alert is open again."))


def _asked(ask: Ask) -> Alert:
    number = text(ask.form, "id")
    if not number.isdecimal() or len(number) > 9:
        raise UnknownNameError(_("There is no alert with the number {id}.", id=number[:20]))
    return ask.state.alerts.get(int(number))


def _back(ask: Ask) -> str:
    return link(HOME, name=text(ask.form, "name"))


def _look(ask: Ask, watch: Watch) -> Shown | Broken | None:
    """A watch as it stands; None while it is computed."""
    work = begun(ask.latest, continued(watch, ask.state.alerts), None if ask.query.get("whole") else PATIENCE)
    if not work.done():
        return None
    try:
        return _shown(ask, work.result())
    except LatidoError as error:
        return Broken(watch.name, error, link(EDIT, name=watch.name))


def _alerts(ask: Ask, own: dict[str, Watch], name: str) -> list[Alert]:
    """Alerts, the latest first; a lead sees those of watches that they see."""
    found = ask.state.alerts.all(name or None)
    return [one for one in found if not ask.asker.teams or one.shift.watch in own]


def _shown(ask: Ask, seen: Watched) -> Shown:
    watch, settings = seen.watch, ask.workspace.config.watches[seen.watch.name]
    tone, icon = TONES.get(seen.state, ("", "info-circle"))
    filters = [("where", one) for one in settings.where]
    return Shown(
        name=watch.name, subject=subject(watch, seen.keys),
        href=link(f"/metrics/{watch.metric.name}", filters, weeks=52),
        edit=link(EDIT, name=watch.name), tone=tone, icon=icon, badge=str(STATES[seen.state]), state=state(seen),
        since=since(seen.alarm) if seen.alarm else "", normal=normal(seen), wrongness=wrongness(watch),
        notes=notes(seen),
        chart=watch_chart(seen) if seen.weeks else None, grid=weeks_grid(seen),
        whom=(*settings.mail, *settings.webhooks),
    )  # fmt: skip


def _told(alert: Alert, own: dict[str, Watch]) -> Told:
    told, alarm = alert.shift, alarm_of(alert.shift)
    watch = own.get(told.watch)
    now = watch is not None and definition(watch) == told.definition
    meant = watch if now and watch else Watch(told.watch, _metric(told.metric))
    return Told(
        alert.id, told.watch, sentence(replace(meant, restarts=()), alarm), since(alarm), alert.raised, alert.seen,
        alert.by, alert.stays, alert.sent, now,
    )  # fmt: skip


def _metric(name: str) -> Metric:
    if name not in METRICS:
        raise LatidoError(_("There is no metric called “{name}” any more.", name=name))
    return METRICS[name]


ROUTES = (
    Page(HOME, show, right="read"),
    Page(f"{HOME}/seen", see, right="settings", methods=("POST",)),
    Page(f"{HOME}/reopened", unsee, right="settings", methods=("POST",)),
)
