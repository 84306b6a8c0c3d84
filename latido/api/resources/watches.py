"""`/watches` and `/alerts`: how it stands with what is watched, what was told, and who has seen it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict

from latido.api.call import Asking
from latido.api.figures import Estimate, Period, estimate
from latido.api.groups import FIGURES
from latido.api.meaning import about
from latido.api.operation import Operation
from latido.api.questions import MOST_N, Name
from latido.errors import ForbiddenError, UnknownNameError
from latido.i18n import _
from latido.insights.watch import Watch
from latido.metrics.catalog import METRICS
from latido.report.watches import limits, sentence, since, state
from latido.workspace.watches import alarm_of, begun, continued, definition, resumes, within

if TYPE_CHECKING:
    from latido.api.call import Call
    from latido.insights.watch import Alarm, Watched
    from latido.insights.watch.course import Week
    from latido.state.alerts import Alert

Number = Annotated[int, Path(description=_("Number of the alert").template, ge=1, le=MOST_N)]
Called = Annotated[Name, Path(description=_("Name of the watch").template)]


class Shift(BaseModel):
    """That a metric has left its course."""

    told: date = about(_("Day after the week after which it was certain enough"))
    changed: date = about(_("First day of the week in which it most likely changed"))
    earliest: date = about(_("First day of the first week that is plausible"))
    latest: date = about(_("First day of the last week that is plausible"))
    rising: bool = about(_("Whether the level is higher since"))
    before: Estimate = about(_("The figure before; of a count, a week"))
    after: Estimate = about(_("The figure since the change, up to when it was told"))


class Standing(BaseModel):
    """A watch, and how it stands with it."""

    name: str = about(_("Its name"))
    metric: str = about(_("What it watches"))
    where: list[str] = about(_("The segment, as filters"))
    direction: str = about(_("Which changes count: `worse`, `better`, `rise`, `fall`, `either`"))
    false_alarms: float = about(_("One false alarm in so many years at most"))
    state: str = about(_("`quiet`, `alert`, `gathering` (too few weeks), `sparse` (too few a week), `empty`"))
    begun: date | None = about(_("From when on it watches"))
    baseline: Period | None = about(_("What is normal"))
    end: date | None = about(_("Day after the last whole week"))
    alarm: Shift | None = about(_("What it tells; null while it is quiet"))
    text: str = about(_("How it stands, in the reader's language"))


class Standings(BaseModel):
    """Watches."""

    watches: list[Standing] = about(_("The watches that the asker may see"))
    version: int = about(_("The version of the data"))


class WeekOf(BaseModel):
    """One week of a watch."""

    start: date = about(_("Its Monday"))
    figure: Estimate = about(_("The figure"))
    outside: bool = about(_("Whether it lies outside of the limits; nobody is alerted by that alone"))


class Whole(BaseModel):
    """A watch with its weeks."""

    watch: Standing = about(_("The watch, and how it stands with it"))
    low: float | None = about(_("Lower limit of a week by itself"))
    high: float | None = about(_("Upper limit of a week by itself"))
    weeks: list[WeekOf] = about(_("The weeks of what is normal, and all since"))
    version: int = about(_("The version of the data"))


class Told(BaseModel):
    """A recorded alert."""

    id: int = about(_("Its number"))
    watch: str = about(_("Name of the watch"))
    metric: str = about(_("What it watches"))
    shift: Shift = about(_("What it tells of"))
    raised: datetime = about(_("When it was recorded"))
    seen: datetime | None = about(_("When somebody said that they have seen it"))
    by: str | None = about(_("Who"))
    stays: bool | None = about(_("Whether the level since the change is normal now"))
    text: str = about(_("What it says, in the reader's language"))


class Tolds(BaseModel):
    """Alerts."""

    alerts: list[Told] = about(_("The alerts, the latest first"))


class Wanted(BaseModel):
    """Which alerts are wanted."""

    model_config = ConfigDict(extra="forbid")

    watch: Name | None = about(_("Only those of this watch"), default=None)
    open: bool = about(_("Only those that nobody has seen"), default=False)


class Seen(BaseModel):
    """What somebody says who has seen an alert."""

    model_config = ConfigDict(extra="forbid")

    stays: bool = about(_("Whether the level since the change is normal now; else what was normal before is again"))


def every(call: Asking) -> Standings:
    """How it stands with what is watched."""
    own = _visible(call)
    looks = [begun(call.answers, continued(one, call.state.alerts)) for one in own.values()]
    found = [look.result() for look in looks]
    return Standings(watches=[_standing(call, each) for each in found], version=call.answers.version())


def one(call: Asking, name: Called) -> Whole:
    """A watch, week by week."""
    own = _visible(call)
    if name not in own:
        raise UnknownNameError.among(_("watch"), name, own)
    found = begun(call.answers, continued(own[name], call.state.alerts), None).result()
    low, high = limits(found)
    outside = set(found.outside)
    return Whole(
        watch=_standing(call, found), low=_known(low), high=_known(high), version=call.answers.version(),
        weeks=[_week(week, week.start in outside) for week in found.weeks],
    )  # fmt: skip


def alerts(call: Asking, said: Annotated[Wanted, Query()]) -> Tolds:
    """What was told."""
    own = _visible(call)
    found = call.state.alerts.all(said.watch)
    shown = [each for each in found if not call.asker.teams or each.shift.watch in own]
    return Tolds(alerts=[_told(each, own) for each in shown if not (said.open and each.seen)])


def seen(call: Asking, alert: Number, body: Seen) -> Told:
    """Somebody has seen an alert."""
    found = _own(call, alert)
    person = call.asker.person.id if call.asker.person else None
    week = resumes(call.answers, call.state.alerts, found)
    with call.state.transaction():
        done = call.state.alerts.see(found.id, person, stays=body.stays, resumes=week)
        call.record("alert.seen", f"{found.shift.watch} {found.id}")
    return _told(done, _visible(call))


def reopened(call: Asking, alert: Number) -> Told:
    """Nobody has seen it after all."""
    found = _own(call, alert)
    with call.state.transaction():
        done = call.state.alerts.unsee(found.id)
        call.record("alert.reopened", f"{found.shift.watch} {found.id}")
    return _told(done, _visible(call))


def _visible(call: Call) -> dict[str, Watch]:
    """The watches that the asker may see: a lead those of their teams alone."""
    return {name: each for name, each in call.workspace.watches.items() if within(each, call.asker.teams)}


def _own(call: Call, number: int) -> Alert:
    found = call.state.alerts.get(number)
    if call.asker.teams and found.shift.watch not in _visible(call):
        raise ForbiddenError(_("This alert is of another team."))
    return found


def _standing(call: Call, found: Watched) -> Standing:
    watch, settings = found.watch, call.workspace.config.watches[found.watch.name]
    span = Period(start=found.baseline.start, end=found.baseline.end) if found.baseline else None
    return Standing(
        name=watch.name, metric=watch.metric.name, where=list(settings.where), direction=watch.way,
        false_alarms=watch.years, state=found.state.value, begun=found.begun, baseline=span, end=found.end,
        alarm=_shift(found.alarm) if found.alarm else None, text=state(found),
    )  # fmt: skip


def _shift(alarm: Alarm) -> Shift:
    return Shift(
        told=alarm.told, changed=alarm.changed, earliest=alarm.earliest, latest=alarm.latest, rising=alarm.rising,
        before=estimate(alarm.before), after=estimate(alarm.after),
    )  # fmt: skip


def _week(week: Week, outside: bool) -> WeekOf:
    return WeekOf(start=week.start, figure=estimate(week.figure), outside=outside)


def _told(alert: Alert, own: dict[str, Watch]) -> Told:
    shift, alarm = alert.shift, alarm_of(alert.shift)
    watch = own.get(shift.watch)
    meant = watch if watch and definition(watch) == shift.definition else Watch(shift.watch, METRICS[shift.metric])
    return Told(
        id=alert.id, watch=shift.watch, metric=shift.metric, shift=_shift(alarm), raised=alert.raised, seen=alert.seen,
        by=alert.by, stays=alert.stays, text=f"{sentence(meant, alarm)} {since(alarm)}",
    )  # fmt: skip


def _known(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


OPERATIONS = (
    Operation(
        "GET", "/watches", every, "read", FIGURES,
        _("What is watched"),
        _("Each watch with its state: quiet, or an alert with the figures before and since, and when it changed. A "
          "lead sees the watches of their teams alone."),
        Standings, example="/watches",
    ),
    Operation(
        "GET", "/watches/{name}", one, "read", FIGURES,
        _("A watch, week by week"),
        _("The weeks of what is normal and all since, with the limits within which a week lies by itself."),
        Whole, errors=(404,), example="/watches/Volume",
    ),
    Operation(
        "GET", "/alerts", alerts, "read", FIGURES,
        _("What watches told"),
        _("Recorded alerts, the latest first, with who has seen them."),
        Tolds, example="/alerts?open=true",
    ),
    Operation(
        "POST", "/alerts/{alert}/seen", seen, "settings", FIGURES,
        _("See an alert"),
        _("Somebody has seen it: what it tells of stays, or has passed; the watch looks on."),
        Told, errors=(400, 404), example="/alerts/1/seen", curl=("--json", '{"stays": false}'),
    ),
    Operation(
        "POST", "/alerts/{alert}/reopened", reopened, "settings", FIGURES,
        _("Open an alert again"),
        _("Nobody has seen it after all."),
        Told, errors=(404,), example="/alerts/1/reopened", curl=("-X", "POST"),
    ),
)  # fmt: skip
