"""Watches in words: how it stands with them, what they told, and how seldom they are wrong."""

from __future__ import annotations

from datetime import date, timedelta
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from latido.i18n import Message, _, day, number
from latido.insights.watch import State, Watch, Watched
from latido.insights.watch.declared import by_week, counted
from latido.insights.watch.watched import FEWEST, LEAST
from latido.metrics.methods import Snapshot
from latido.metrics.names import filter_name, group_name
from latido.metrics.present import Cell, Column, Grid, interval_cell, quantity, span_label, unit_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from latido.insights.watch import Alarm, Changed
    from latido.insights.watch.watched import Drift
    from latido.metrics.metric import Metric
    from latido.stats.estimate import Estimate

WAYS: Mapping[str, Message] = {
    "worse": _("Changes for the worse"),
    "better": _("Changes for the better"),
    "rise": _("Rises"),
    "fall": _("Falls"),
    "either": _("Changes in either direction"),
}
STATES: Mapping[State, Message] = {
    State.QUIET: _("quiet"),
    State.ALERT: _("alert"),
    State.GATHERING: _("gathering weeks"),
    State.SPARSE: _("too few a week"),
    State.EMPTY: _("no data"),
}


def subject(watch: Watch, keys: Mapping[str, str | None] | None = None) -> str:
    """The metric, and the segment in brackets where it is one: `CSAT (Channel: Chat)`."""
    told = [*map(filter_name, watch.where), *filter(None, [group_name(keys)] if keys else [])]
    return f"{watch.metric.label} ({' · '.join(told)})" if told else str(watch.metric.label)


def state(seen: Watched) -> str:
    """How it stands with a watch, in a sentence."""
    if seen.alarm:
        return sentence(seen.watch, seen.alarm, seen.keys)
    if seen.state is State.EMPTY or seen.begun is None or seen.end is None:
        return str(_("The data say nothing of it yet."))
    if seen.state is State.GATHERING:
        return str(_("A watch needs {count} weeks to know what is normal; there are not as many yet.", count=LEAST))
    if seen.state is State.SPARSE:
        return str(
            _("An ordinary week has fewer than {count} of them: too few to tell anything of a week.", count=FEWEST)
        )
    if seen.begun >= seen.end:
        return str(_("It watches from {day} on.", day=seen.begun))
    return str(_("Quiet since {day}.", day=seen.begun))


def sentence(watch: Watch, alarm: Alarm, keys: Mapping[str, str | None] | None = None) -> str:
    """An alert: when, what, from what to what."""
    told = {
        "day": alarm.told - timedelta(days=1),
        "subject": subject(watch, keys),
        "before": figure(alarm.before, watch.metric),
        "after": figure(alarm.after, watch.metric),
        "interval": interval(alarm.after, watch.metric),
    }
    if not shows(alarm, watch.metric):
        return str(
            _("Alert on {day}: {subject} left its course upwards, though its figure hardly shows it: {before} before, "
              "{after} since{interval}.", **told)
            if alarm.rising else
            _("Alert on {day}: {subject} left its course downwards, though its figure hardly shows it: {before} "
              "before, {after} since{interval}.", **told)
        )  # fmt: skip
    if alarm.rising:
        return str(_("Alert on {day}: {subject} rose from {before} to {after}{interval}.", **told))
    return str(_("Alert on {day}: {subject} fell from {before} to {after}{interval}.", **told))


def shows(alarm: Alarm, metric: Metric) -> bool:
    """Whether the figure that is told went the way of the alert: a median may stay, and a count may grow by less."""
    before, after = (figure(estimate, metric) for estimate in (alarm.before, alarm.after))
    return before != after and (alarm.after.value > alarm.before.value) == alarm.rising


def figure(estimate: Estimate, metric: Metric) -> str:
    """A figure of an alert; a count, or the share of a cohort, is one of a week; what there is at an instant is not."""
    told = quantity(
        round(estimate.value) if counted(metric) and not isnan(estimate.value) else estimate.value, metric.unit
    )
    lasting = isinstance(metric.method, Snapshot)
    return str(_("{figure} a week", figure=told)) if by_week(metric) and not lasting else told


def interval(estimate: Estimate, metric: Metric) -> str:
    """Its interval in brackets; nothing where it has none."""
    if not (isfinite(estimate.low) and isfinite(estimate.high)):
        return ""
    return str(_(" ({low} to {high})", low=weekly(estimate.low, metric), high=weekly(estimate.high, metric)))


def since(alarm: Alarm) -> str:
    """Since when, and how sure that is."""
    if alarm.earliest == alarm.latest:
        return str(_("It changed in the week of {day}.", day=alarm.changed))
    return str(_("It changed most likely in the week of {day}, between those of {first} and {last}.",
                 day=alarm.changed, first=alarm.earliest, last=alarm.latest))  # fmt: skip


def wrongness(watch: Watch) -> str:
    """How seldom a watch may be wrong."""
    return str(_("At most one false alarm in {years} years, however often you look.", years=number(watch.years)))


def normal(seen: Watched) -> str:
    """What is normal, and within which limits a week lies by itself."""
    if seen.baseline is None or isnan(seen.limits.centre):
        return ""
    low, high = limits(seen)
    span, centre = span_label(seen.baseline.start, seen.baseline.end), weekly(seen.limits.centre, seen.watch.metric)
    told = {"span": span, "centre": centre}
    if isnan(low):
        return str(_("Normal is what was from {span}: {centre}.", **told))
    return str(_("Normal is what was from {span}: a week by itself lies between {low} and {high}, around {centre}.",
                 low=weekly(low, seen.watch.metric), high=weekly(high, seen.watch.metric), **told))  # fmt: skip


def weekly(value: float, metric: Metric) -> str:
    """A week's figure; of a count, without the digits that a mean of counts has."""
    whole = counted(metric) and isfinite(value)
    return quantity(round(value) if whole else value, metric.unit)


def limits(seen: Watched) -> tuple[float, float]:
    """The natural limits, within what the metric can be."""
    lowest, highest = seen.watch.metric.range
    least = 0.0 if counted(seen.watch.metric) or seen.watch.metric.unit == "s" else lowest
    return max(seen.limits.low, least), min(seen.limits.high, highest)


def notes(seen: Watched) -> list[str]:
    """What the eye may see besides: weeks outside the limits, small shifts that last, changes of level."""
    told: list[Message] = []
    if seen.outside:
        told.append(_("Outside of the limits: the weeks of {days}.", days=_days(seen.outside)))
    if seen.drift:
        told.append(_shifted(seen.drift))
    told.extend(map(_levelled, seen.changes))
    return list(map(str, told))


def _shifted(drift: Drift) -> Message:
    if drift.rising:
        return _("Its weeks add up to a shift upwards since that of {day}.", day=drift.since)
    return _("Its weeks add up to a shift downwards since that of {day}.", day=drift.since)


def _levelled(one: Changed) -> Message:
    days = {"day": one.week, "first": one.first, "last": one.last}
    if one.rising:
        return _("A new level, higher, since the week of {day}, between those of {first} and {last}.", **days)
    return _("A new level, lower, since the week of {day}, between those of {first} and {last}.", **days)


def grid(found: Sequence[Watched]) -> Grid:
    """Watches as a table."""
    columns = (
        Column(str(_("watch")), right=False), Column(str(_("metric")), right=False, spare=2),
        Column(str(_("state")), right=False), Column(str(_("what it says")), right=False, spare=1),
    )  # fmt: skip
    rows = tuple(
        (Cell(seen.watch.name), Cell(subject(seen.watch, seen.keys)),
         Cell(str(STATES[seen.state]), "bad" if seen.alarm else "plain"), Cell(state(seen), "muted"))
        for seen in found
    )  # fmt: skip
    return Grid(str(_("Watches")), "", columns, rows)


def weeks_grid(seen: Watched) -> Grid:
    """The weeks of a watch and of what is normal, the latest first."""
    metric = seen.watch.metric
    outside = set(seen.outside)
    columns = (
        Column(str(_("week")), right=False), Column(unit_label(metric.unit)), Column(str(_("95% interval"))),
        Column("n"), Column("", right=False),
    )  # fmt: skip
    rows = tuple(
        (Cell(day(week.start)), Cell(quantity(week.figure.value, metric.unit)), interval_cell(week.figure, metric.unit),
         Cell(number(week.figure.n)), _place(week.start, seen, outside))
        for week in reversed(seen.weeks)
    )  # fmt: skip
    return Grid(str(metric.label), "", columns, rows)


def _place(week: date, seen: Watched, outside: set[date]) -> Cell:
    """What a week is to the watch."""
    if seen.begun is None or week < seen.begun:
        normal_week = seen.baseline is not None and week < seen.baseline.end
        return Cell(str(_("normal") if normal_week else _("left out")), "muted")
    return Cell(str(_("outside of the limits")) if week in outside else "", "bad")


def facts(seen: Watched) -> dict[str, Any]:
    """A watch, flat, for tables and exports."""
    alarm = seen.alarm
    days = {name: getattr(alarm, name, None) for name in ("told", "changed", "earliest", "latest")}
    figures = {"before": alarm.before.value, "after": alarm.after.value, "low": alarm.after.low,
               "high": alarm.after.high} if alarm else dict.fromkeys(("before", "after", "low", "high"))  # fmt: skip
    return {"watch": seen.watch.name, "metric": seen.watch.metric.name, "state": seen.state.value,
            "begun": seen.begun, "end": seen.end, "evidence": seen.evidence, **days, **figures,
            "text": state(seen)}  # fmt: skip


def told(seen: Watched) -> str:
    """A watch in a line: its name and how it stands."""
    return f"{seen.watch.name}: {state(seen)}"


def _days(weeks: Sequence[date], most: int = 4) -> str:
    return ", ".join(map(day, weeks[-most:])) if len(weeks) <= most else "…, " + ", ".join(map(day, weeks[-most:]))
