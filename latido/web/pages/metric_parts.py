"""Further looks at a metric: how its rows are spread, when they come, and how others read its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from latido.i18n import _, duration, number
from latido.metrics.measurement import Figure
from latido.metrics.methods import Points
from latido.metrics.names import preset_name
from latido.metrics.present import Cell, Column, Grid, grid, interval_cell, quantity
from latido.report.charts import Chart, distribution, heat, survival, waits
from latido.report.charts.spread import promoter_tone
from latido.web.cards import GROUPS, cards, known
from latido.web.clock import timed
from latido.web.clock import told as clock_told
from latido.web.page import Page
from latido.web.pages.metric import Asked, asked_for, fits_hours, main_figure
from latido.web.render import link

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.metric import Metric, Preset
    from latido.metrics.shapes import Shape
    from latido.stats.survival import SurvivalCurve
    from latido.web.ask import Ask


LONG_MARKS = tuple(months * 2_629_746 for months in (3, 6, 12, 24))  # seconds of a twelfth of a mean year
SPANS = (900, 3600, 14400, 28800, 86400, 259200, 604800, 2592000)


@dataclass(frozen=True)
class Drawn:
    """A chart, what it shows, and its figures."""

    title: str
    chart: Chart
    grid: Grid


@dataclass(frozen=True)
class Reading:
    """A named reading of the definition beside ours."""

    name: str
    meaning: str
    value: str
    interval: str
    n: float
    rows: str


def card(ask: Ask) -> Response:
    """The metric's cards alone."""
    one = asked_for(ask)
    most = 1 if ask.query.get("most") == "1" else GROUPS
    shown = cards(ask, one.metric, one.view)[:most] if _there(ask, one) else []
    return ask.page("metric_card.html", metric=one.metric, view=one.view, cards=shown)


def shape(ask: Ask) -> Response:
    """How the rows are spread: the survival curve of a duration, the scores of a question."""
    one = asked_for(ask)
    if not _there(ask, one) or one.metric.protected:
        return ask.page("metric_part.html", metric=one.metric, view=one.view, part="shape", charts=[])
    assert one.query is not None  # noqa: S101 - there are data
    plain = replace(one.query, compare=None)
    version = ask.answers.version()
    found = ask.answers.once(("shape", plain, version), lambda: ask.workspace.shape(plain, version))
    return ask.page("metric_part.html", metric=one.metric, view=one.view, part="shape",
                    charts=_shapes(one.metric, found))  # fmt: skip


def hours(ask: Ask) -> Response:
    """When: hour by weekday."""
    one = asked_for(ask)
    if not _there(ask, one) or not fits_hours(one.metric):
        return ask.page("metric_part.html", metric=one.metric, view=one.view, part="hours", charts=[])
    assert one.query is not None  # noqa: S101 - there are data
    found = ask.answers.ask(replace(one.query, by=("weekday", "hour"), compare=None, min_n=5))
    return ask.page(
        "metric_part.html",
        metric=one.metric,
        view=one.view,
        part="hours",
        charts=[Drawn(str(_("By hour and weekday, local time")), heat(found), grid(found, in_words=True))],
    )


def _shapes(metric: Metric, found: Shape) -> list[Drawn]:
    if found.curve is not None and found.curve.n:
        if metric.long_run:
            stay = survival(found.curve, marks=LONG_MARKS, waiting=_("still with us"))
            return [Drawn(str(metric.label), stay, _times(found.curve, LONG_MARKS))]
        left = Drawn(str(_("The share still waiting after each time")),
                     survival(found.curve), _times(found.curve, SPANS))  # fmt: skip
        return [
            left,
            Drawn(str(_("How many waited how long, of those that have ended")), waits(found.curve), left.grid),
        ]
    if found.scores:
        return [
            Drawn(str(_("How often each score was given")), _histogram(metric, found.scores), _scores(found.scores))
        ]
    return []


def _histogram(metric: Metric, scores: Mapping[float, int]) -> Chart:
    if isinstance(metric.method, Points):
        return distribution(scores, tone=promoter_tone, least=0, most=10)
    return distribution(scores)


def _times(curve: SurvivalCurve, spans: Sequence[float]) -> Grid:
    """The share still waiting after spans of time that people agreed upon."""
    heads = (Column(str(_("After")), right=False), Column(str(_("Still waiting"))), Column(str(_("95% interval"))))
    told = [(span, curve.at(span)) for span in spans]
    rows = tuple((Cell(duration(span)), Cell(_percent(e.value)), Cell(f"{_percent(e.low)} – {_percent(e.high)}"))
                 for span, e in told if e.known)  # fmt: skip
    return Grid("", "", heads, rows)


def _percent(share: float) -> str:
    return quantity(100 * share, "%")


def _scores(scores: Mapping[float, int]) -> Grid:
    heads = (Column(str(_("Score")), right=False), Column("n"))
    return Grid("", "", heads, tuple((Cell(number(s)), Cell(number(n))) for s, n in scores.items()))


def readings(ask: Ask) -> Response:
    """The figure as presets read the definition, with the rows in which they differ."""
    one = asked_for(ask)
    there = _there(ask, one)
    told = [_read(ask, one, preset) for preset in one.metric.presets] if there else []
    told += [_by_calendar(ask, one, name) for name in _calendars(ask, one)] if there else []
    ours = _read(ask, one, None) if told else None
    return ask.page("metric_readings.html", metric=one.metric, view=one.view, ours=ours, readings=told)


def _calendars(ask: Ask, one: Asked) -> list[str]:
    """The calendars that the figure could be counted in instead."""
    assert one.query is not None  # noqa: S101 - there are data
    return [name for name in ask.workspace.calendars if name != one.query.calendar] if timed(one.metric) else []


def _by_calendar(ask: Ask, one: Asked, name: str) -> Reading:
    """Our own reading by another calendar."""
    assert one.query is not None  # noqa: S101 - there are data
    figure = main_figure(ask, ask.answers.ask(replace(one.query, calendar=name, preset=None)))
    label = str(_("Calendar “{name}”", name=name))
    return Reading(label, clock_told(ask, name).text, _value(figure, one.metric), _span(figure, one.metric),
                   figure.estimate.n, "")  # fmt: skip


def _there(ask: Ask, one: Asked) -> bool:
    return one.query is not None and known(ask, one.metric, one.view)


def _read(ask: Ask, one: Asked, preset: Preset | None) -> Reading:
    assert one.query is not None  # noqa: S101 - there are data
    figure = main_figure(ask, ask.answers.ask(replace(one.query, preset=preset.name if preset else None)))
    name = preset.name if preset else ""
    address = link(f"/metrics/{one.metric.name}/differ", one.view.pairs, against=name) if preset else ""
    return Reading(preset_name(name), str(preset.meaning) if preset else "", _value(figure, one.metric),
                   _span(figure, one.metric), figure.estimate.n, "" if one.metric.protected else address)  # fmt: skip


def _value(figure: Figure, metric: Metric) -> str:
    return quantity(figure.estimate.value, metric.unit)


def _span(figure: Figure, metric: Metric) -> str:
    return interval_cell(figure.estimate, metric.unit).text


ROUTES = (
    Page("/metrics/{name}/card", card, right="read"),
    Page("/metrics/{name}/shape", shape, right="read"),
    Page("/metrics/{name}/hours", hours, right="read"),
    Page("/metrics/{name}/readings", readings, right="read"),
)
