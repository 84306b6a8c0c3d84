"""A measurement by dimension as bars or points, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from latido.i18n import _
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.metric import Metric
from latido.metrics.names import part_name
from latido.metrics.present import NOTHING, quantity
from latido.report.charts.chart import (
    Chart,
    Json,
    Link,
    Point,
    Tone,
    bounds,
    comparable,
    group_label,
    interval_label,
    of_estimate,
    plain,
    point,
)
from latido.stats.estimate import Estimate

MOST_ROWS = 20
WIDE = 30  # durations of which the longest is so many times the shortest need a logarithmic axis
COUNTS = {"tickets", "customers", "mentions"}

Order = Literal["size", "evidence", "given"]


@dataclass(frozen=True)
class Row:
    """One bar.

    Attributes:
        label: The group.
        v: Its value.
        lo: Lower end of its interval.
        hi: Upper end.
        n: The evidence.
        href: Address of the rows behind it.
        tone: `good` or `bad` where it differs from all together, `neutral` where that cannot be said.
    """

    label: str
    v: float | None
    lo: float | None
    hi: float | None
    n: float | None
    href: str | None = None
    tone: Tone = "plain"


def bars(
    measurement: Measurement,
    overall: Estimate | None = None,
    link: Link | None = None,
    *,
    part: str | None = None,
    order: Order = "size",
    signed: bool = False,
) -> Chart:
    """A measurement by dimension.

    Args:
        measurement: Asked with `by`.
        overall: All groups together: who cannot be told from it is grey.
        link: Gives the address of the rows behind a figure.
        part: The part that is shown; None for the main one.
        order: By value, by evidence, or as they come.
        signed: Whether the values are differences: their sign is written, and zero is marked.
    """
    kept, unit, note = comparable(measurement)
    metric = replace(measurement.metric, unit=unit)
    rows = sorted((_row(figure, part, link, overall, metric) for figure in kept.figures), key=_RANKS[order])
    shown = [_zero(row) if signed else row for row in rows[:MOST_ROWS]]
    words = {"interval": interval_label(measurement.query.confidence), **_reference(overall, metric)}
    chart = _chart(shown, metric, words, overall, signed)
    return replace(chart, note=note or _cut(len(rows)))


def composition(measurement: Measurement, link: Link | None = None) -> Chart:
    """The parts of one figure: reasons, patterns, sentiments.

    Args:
        measurement: With a single figure whose parts add up to a whole.
        link: Gives the address of the rows behind the figure.
    """
    figure = measurement.figure
    href = link(figure) if link else None
    points = [(part_name(name), of_estimate(estimate, href)) for name, estimate in figure.parts.items()]
    rows = [Row(label, p.v, p.lo, p.hi, p.n, p.href) for label, p in points]
    words = {"interval": interval_label(measurement.query.confidence)}
    chart = _chart(rows[:MOST_ROWS], measurement.metric, words, None, signed=False)
    return replace(chart, data={**chart.data, "style": "bars"})


def _chart(rows: Sequence[Row], metric: Metric, words: dict[str, str], overall: Estimate | None, signed: bool) -> Chart:
    style = "bars" if signed or metric.unit in COUNTS else "points"
    data: dict[str, Json] = {
        "label": str(metric.label),
        "unit": metric.unit,
        **({"least": None, "most": None} if signed else bounds(metric)),
        "style": style,
        "scale": "log" if style == "points" and _wide(rows, metric) else "linear",
        "signed": signed,
        "reference": overall.value if overall and overall.known and math.isfinite(overall.value) else None,
        "rows": plain(list(rows)),
        "words": plain(words),
    }
    return Chart("bars", data, _label(rows, metric))


def _row(figure: Figure, part: str | None, link: Link | None, overall: Estimate | None, metric: Metric) -> Row:
    found: Point = point(figure, part, link)
    label = group_label(figure.keys, NOTHING)
    row = Row(label, found.v, found.lo, found.hi, found.n, found.href)
    return replace(row, tone=_tone(row, overall.value, metric)) if overall and overall.known else row


def _tone(row: Row, reference: float, metric: Metric) -> Tone:
    """Whether the interval excludes all together, and on which side."""
    if row.lo is None or row.v is None:
        return "neutral"
    above, below = row.lo > reference, (math.inf if row.hi is None else row.hi) < reference
    if not (above or below):
        return "neutral"
    if metric.better is None:
        return "plain"
    return "good" if above == (metric.better == "higher") else "bad"


def _zero(row: Row) -> Row:
    """A difference whose interval covers zero is nothing to speak of."""
    if row.v is None or row.lo is None or row.hi is None:
        return replace(row, tone="neutral")
    return replace(row, tone="good" if row.lo > 0 else "bad" if row.hi < 0 else "neutral")


_RANKS: dict[Order, Callable[[Row], float]] = {
    "size": lambda row: -(row.v if row.v is not None else -math.inf),
    "evidence": lambda row: -(row.n or 0),
    "given": lambda _row: 0,
}


def _cut(count: int) -> str:
    told = _("The first {shown} of {count} are drawn; the table has all.", shown=MOST_ROWS, count=count)
    return str(told) if count > MOST_ROWS else ""


def _wide(rows: Iterable[Row], metric: Metric) -> bool:
    values = [row.v for row in rows if row.v and row.v > 0]
    return metric.unit == "s" and len(values) > 1 and max(values) >= WIDE * min(values)


def _reference(overall: Estimate | None, metric: Metric) -> dict[str, str]:
    if overall is None or not overall.known:
        return {}
    return {
        "reference": str(_("All: {value}", value=quantity(overall.value, metric.unit))),
        "neutral": str(_("not distinguishable from all together")),
    }


def _label(rows: Sequence[Row], metric: Metric) -> str:
    told = (f"{row.label}: {quantity(row.v if row.v is not None else math.nan, metric.unit)}" for row in rows)
    return f"{metric.label}. {'; '.join(told)}"
