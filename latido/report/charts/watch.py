"""A watch as a trend: its weeks, the limits within which a week lies by itself, and when it changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from latido.i18n import _, day
from latido.metrics.measurement import Period
from latido.metrics.present import period_label, quantity, span_label
from latido.report.charts.chart import Chart, Json, Point, bounds, finite, plain
from latido.report.watches import limits, state, weekly

if TYPE_CHECKING:
    from latido.insights.watch import Watched
    from latido.insights.watch.course import Week

NEAR = 12  # weeks within which two marks would stand on each other


def watch_chart(seen: Watched) -> Chart:
    """The weeks of a watch and of what is normal for it."""
    metric = seen.watch.metric
    low, high = (finite(end) for end in limits(seen))
    centre = finite(seen.limits.centre)
    points = [Point(finite(week.figure.value), low, high, week.figure.n) for week in seen.weeks]
    data: dict[str, Json] = {
        "label": str(metric.label),
        "unit": metric.unit,
        **bounds(metric),
        "target": centre,
        "periods": plain([_period(week) for week in seen.weeks]),
        "series": plain([{"name": "", "points": points}]) if seen.weeks else [],
        "marks": plain(_marks(seen)),
        "words": {
            "interval": str(_("Limits of a week by itself")),
            "target": "" if centre is None else str(_("Normal {figure}", figure=weekly(centre, metric))),
        },
    }
    return Chart("trend", data, _label(seen))


def _period(week: Week) -> dict[str, Json]:
    span = Period(week.start, week.start.fromordinal(week.start.toordinal() + 7))
    return {
        "short": day(week.start, "d MMM"),
        "long": f"{period_label(span, 'week')} · {span_label(span.start, span.end)}",
    }


def _marks(seen: Watched) -> list[dict[str, Json]]:
    """Where the watch begins, and where the change did."""
    place = {week.start: i for i, week in enumerate(seen.weeks)}
    begun, changed = place.get(seen.begun or date.min), place.get(seen.alarm.changed) if seen.alarm else None
    near = begun is not None and changed is not None and changed - begun < NEAR
    told: list[dict[str, Json]] = []
    if begun is not None:
        told.append({"at": begun, "text": "" if near else str(_("Watched")), "strong": False})
    if changed is not None:
        told.append({"at": changed, "text": str(_("Changed")), "strong": True})
    return told


def _label(seen: Watched) -> str:
    if not seen.weeks:
        return state(seen)
    last = seen.weeks[-1]
    told = _(
        "The last week, from {day}: {figure}.",
        day=last.start,
        figure=quantity(last.figure.value, seen.watch.metric.unit),
    )
    return f"{state(seen)} {told}"
