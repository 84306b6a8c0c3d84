"""A measurement by period as a trend: one line a group, the band of a single one, the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from latido.i18n import _, day
from latido.metrics.measurement import Figure, Measurement, Period
from latido.metrics.periods import floor, rolling_days
from latido.metrics.periods import periods as all_periods
from latido.metrics.present import NOTHING, period_label, quantity, span_label
from latido.report.charts.chart import (
    Chart,
    Json,
    Link,
    Point,
    bounds,
    comparable,
    group_label,
    interval_label,
    plain,
    point,
)

MOST_LINES = 6  # more cannot be told apart

Keys = tuple[tuple[str, str | None], ...]


class Line(NamedTuple):
    """One group over time."""

    name: str
    points: tuple[Point | None, ...]


def trend(
    measurement: Measurement, target: float | None = None, link: Link | None = None, *, part: str | None = None
) -> Chart:
    """A measurement by period.

    Args:
        measurement: Asked with `period`; with dimensions there is one line a group, those with most evidence.
        target: Where it should be.
        link: Gives the address of the rows behind a figure.
        part: The part that is shown; None for the main one.
    """
    kept, unit, note = comparable(measurement)
    periods = _periods(kept)
    weights = _weights(kept)
    lines = [_line(keys, kept, periods, part, link) for keys in _most(weights)]
    data: dict[str, Json] = {
        "label": str(measurement.metric.label),
        "unit": unit,
        **bounds(measurement.metric),
        "target": target,
        "periods": plain([_period(p, measurement.query.period or "") for p in periods]),
        "series": plain([{"name": line.name, "points": line.points} for line in lines]),
        "words": {
            "interval": interval_label(measurement.query.confidence),
            "target": _target(target, unit),
        },
    }
    return Chart("trend", data, _label(kept, unit, periods, lines), note or _cut(len(weights)))


def _periods(measurement: Measurement) -> list[Period]:
    """From the first to the last, those without figures too: time does not skip what nobody measured."""
    grain = measurement.query.period or ""
    known = {floor(f.period.start, grain): f.period for f in measurement.figures if f.period}
    if not known:
        return []
    first, last = known[min(known)], known[max(known)]
    start = first.end - timedelta(days=1) if rolling_days(grain) else first.start
    return [known.get(period.start, period) for period in all_periods(grain, start, last.end)]


def _weights(measurement: Measurement) -> dict[Keys, float]:
    """The evidence of each group, in the order in which they come."""
    weights: dict[Keys, float] = {}
    for figure in measurement.figures:
        keys = tuple(figure.keys.items())
        weights[keys] = weights.get(keys, 0) + (figure.estimate.n if figure.parts else 0)
    return weights


def _most(weights: Mapping[Keys, float]) -> list[Keys]:
    """The groups with most evidence, in the order in which they come."""
    kept = sorted(weights, key=lambda keys: -weights[keys])[:MOST_LINES]
    return [keys for keys in weights if keys in kept]


def _cut(count: int) -> str:
    told = _("The {shown} of {count} groups with most evidence are drawn; the table has all.",
             shown=MOST_LINES, count=count)  # fmt: skip
    return str(told) if count > MOST_LINES else ""


def _line(keys: Keys, measurement: Measurement, periods: Sequence[Period], part: str | None, link: Link | None) -> Line:
    own = {f.period: f for f in measurement.figures if tuple(f.keys.items()) == keys}
    points = (_point(own.get(period), part, link) for period in periods)
    return Line(group_label(dict(keys), NOTHING) if keys else "", tuple(points))


def _point(figure: Figure | None, part: str | None, link: Link | None) -> Point | None:
    return None if figure is None else point(figure, part, link)


def _period(period: Period, grain: str) -> dict[str, Json]:
    """A period on the axis, and in full."""
    whole = period_label(period, grain)
    match grain:
        case "week":
            return {"short": _day_and_month(period), "long": f"{whole} · {span_label(period.start, period.end)}"}
        case "day":
            return {"short": _day_and_month(period), "long": whole}
        case "month" | "quarter" | "year":
            return {"short": whole, "long": whole}
        case _:
            return {"short": day(period.end - timedelta(days=1)), "long": span_label(period.start, period.end)}


def _day_and_month(period: Period) -> str:
    return day(period.start, "d MMM")


def _target(target: float | None, unit: str) -> str:
    return "" if target is None else str(_("Target {target}", target=quantity(target, unit)))


def _label(measurement: Measurement, unit: str, periods: Sequence[Period], lines: Sequence[Line]) -> str:
    """The first and the last known value of each line."""
    grain = measurement.query.period or ""
    told = "; ".join(filter(None, (_course(line, unit, grain, periods) for line in lines)))
    return f"{measurement.metric.label}. {told}" if told else str(measurement.metric.label)


def _course(line: Line, unit: str, grain: str, periods: Sequence[Period]) -> str:
    known = [(p, dot.v) for p, dot in zip(periods, line.points, strict=True) if dot is not None and dot.v is not None]
    if not known:
        return ""
    (first, begin), (last, end) = known[0], known[-1]
    course = _("{begin} in {first}, {end} in {last}", begin=quantity(begin, unit), first=period_label(first, grain),
               end=quantity(end, unit), last=period_label(last, grain))  # fmt: skip
    return f"{line.name}: {course}" if line.name else str(course)
