"""The watches of a workspace: as the settings declare them, and as alerts and whoever saw them left them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from latido.config import FILE
from latido.errors import ConfigError, LatidoError, UnknownNameError
from latido.i18n import _
from latido.insights.watch import Alarm, Restart, Watch, Watched
from latido.insights.watch import watched as look
from latido.insights.watch.declared import insist
from latido.metrics.catalog import metric as find
from latido.metrics.measurement import Period
from latido.state.alerts import Shift
from latido.stats.estimate import Estimate
from latido.workspace import question

if TYPE_CHECKING:
    from concurrent.futures import Future

    from latido.config import Config, WatchSettings
    from latido.state.alerts import Alert, Alerts
    from latido.workspace.answers import Answers
    from latido.workspace.question import AsOf
    from latido.workspace.workspace import Workspace


def declared(config: Config) -> dict[str, Watch]:
    """The watches that the settings declare, by name.

    Raises:
        ConfigError: One of them cannot be.
    """
    found = {}
    for name, settings in config.watches.items():
        try:
            found[name] = _watch(name, settings, config)
            insist(found[name])
        except LatidoError as error:
            rule = _("{file}, watches, “{name}”: {rule}", file=FILE, name=name, rule=error.message)
            raise ConfigError(rule, error.hint) from None
    return found


def _watch(name: str, settings: WatchSettings, config: Config) -> Watch:
    return Watch(
        name, find(settings.metric), question.conditions(settings.where), settings.direction, settings.false_alarms,
        settings.since, settings.calendar or config.calendar,
    )  # fmt: skip


def watched(workspace: Workspace, watch: str | Watch, as_of: AsOf = None) -> Watched:
    """Look at a watch; arguments as for `Workspace.watched`."""
    if isinstance(watch, str):
        known = declared(workspace.config)
        if watch not in known:
            raise UnknownNameError.among(_("watch"), watch, known)
        watch = known[watch]
    snapshot = workspace.snapshot(as_of)
    return look(workspace.tables(snapshot.version), workspace.settings, workspace.execute, watch)


def definition(watch: Watch) -> str:
    """Digest of all that decides what a watch sees: whoever changes it begins it anew."""
    where = sorted((c.dimension, c.operator, tuple(map(str, c.values))) for c in watch.where)
    told = (watch.name, watch.metric.name, where, watch.way, watch.years, watch.since, watch.calendar)
    return sha256(repr(told).encode()).hexdigest()


def continued(watch: Watch, alerts: Alerts) -> Watch:
    """A watch as those who saw its alerts let it go on."""
    return replace(watch, restarts=tuple(restarts(alerts.of(definition(watch)))))


def restarts(alerts: Sequence[Alert]) -> list[Restart]:
    """When a watch looked again, by those who saw its alerts."""
    return [
        Restart(alert.resumes, alert.shift.changed, alert.stays)
        for alert in alerts
        if alert.resumes is not None and alert.stays is not None
    ]


def shift(seen: Watched) -> Shift | None:
    """What the alert of a watch tells of, to be recorded; None where there is none."""
    alarm, watch = seen.alarm, seen.watch
    if alarm is None or seen.begun is None:
        return None
    spans = {"baseline": [alarm.baseline.start.isoformat(), alarm.baseline.end.isoformat()]}
    figures = {"before": asdict(alarm.before), "after": asdict(alarm.after), "evidence": alarm.evidence, **spans}
    return Shift(
        watch.name, definition(watch), watch.metric.name, seen.begun, alarm.told, alarm.changed, alarm.earliest,
        alarm.latest, alarm.rising, json.dumps(figures),
    )  # fmt: skip


def alarm_of(told: Shift) -> Alarm:
    """The alert as it was when it was recorded."""
    figures = json.loads(told.figures)
    return Alarm(
        told.told, told.changed, told.earliest, told.latest, told.rising, Estimate(**figures["before"]),
        Estimate(**figures["after"]), figures["evidence"], Period(*map(date.fromisoformat, figures["baseline"])),
    )  # fmt: skip


def within(watch: Watch, teams: Sequence[str]) -> bool:
    """Whether a watch looks at nothing but the rows of these teams; without any, everything is theirs."""
    chosen = (one for one in watch.where if one.dimension == "team" and one.operator == "=")
    return not teams or any(set(one.values) <= set(teams) for one in chosen)


def begun(answers: Answers, watch: Watch, patience: float | None = 0.0) -> Future[Watched]:
    """A watch that is looked at in the background, once per version of the data.

    Args:
        answers: About which version.
        watch: The watch, with what those who saw its alerts said.
        patience: Seconds to wait for it; None for as long as it takes.
    """
    version = answers.version()
    key = ("watch", definition(watch), watch.restarts, version)
    return answers.begun(key, lambda workspace: workspace.watched(watch, version), patience=patience)


def resumes(answers: Answers, alerts: Alerts, alert: Alert) -> date:
    """First day that a watch looks at again once somebody has seen its alert: after the last whole week.

    Args:
        answers: About the last version of the data.
        alerts: Where it is kept.
        alert: Which.
    """
    watch, told = answers.workspace.watches.get(alert.shift.watch), alert.shift.told
    if watch is None or definition(watch) != alert.shift.definition:
        return told
    return max(begun(answers, continued(watch, alerts), None).result().end or told, told)
