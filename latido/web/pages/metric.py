"""One metric: its course, its groups, what it means, and the ways to take it along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from latido.i18n import _, number
from latido.insights.nonresponse import METRICS as SURVEYS
from latido.insights.watch import watchable
from latido.metrics.catalog import metric as find
from latido.metrics.measurement import Figure, Measurement, refuse_past
from latido.metrics.methods import Count, Duration
from latido.metrics.present import difference, grid, unit_label
from latido.metrics.sla_attainment import NO_TARGET
from latido.report.charts import trend as drawn_trend
from latido.report.figures import BRAND
from latido.web.bar import bar
from latido.web.calls import calls
from latido.web.cards import GROUPS, cards, goal_of, known
from latido.web.clock import clock
from latido.web.groups import filters_of, groups, splits
from latido.web.page import Page
from latido.web.render import link
from latido.web.said import comments_of
from latido.web.view import GRAINS, View, asked, last_day, trend
from latido.web.view import course as by_period

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.web.ask import Ask


@dataclass(frozen=True)
class Asked:
    """A metric as an address asks for it.

    Attributes:
        metric: The metric.
        view: Period, comparison, filters.
        query: The question; None where there are no data.
    """

    metric: Metric
    view: View
    query: Query | None


def asked_for(ask: Ask) -> Asked:
    """The metric that the address names.

    Raises:
        UnknownNameError: There is none of this name.
        ProtectedError: It is about what single people said, and is asked for as it was.
    """
    metric, view = find(ask.param["name"]), ask.view
    refuse_past(metric, view.as_of)
    return Asked(metric, view, asked(ask.answers, view, metric))


def show(ask: Ask) -> Response:
    """The page."""
    one = asked_for(ask)
    if one.query is None or not known(ask, one.metric, one.view):
        return ask.page("metric_empty.html", metric=one.metric, view=one.view, known=one.query is not None,
                        dimensions=[label for _name, label in splits(ask, one.metric)])  # fmt: skip
    found = ask.answers.ask(one.query)
    if unpromised(found):
        return ask.page("metric_unpromised.html", metric=one.metric, view=one.view)
    course = course_of(ask, one, found)
    grain = course.query.period or "month"
    return ask.page(
        "metric.html",
        metric=one.metric,
        view=one.view,
        bar=bar(ask, [one.metric]),
        cards=cards(ask, one.metric, one.view),
        finding=finding(found),
        course=drawn_trend(course, goal_of(ask, found, main_figure(ask, found)), rows_of(ask, one)),
        course_grid=grid(course, in_words=True),
        grain=str(GRAINS[grain]),
        groups=groups(ask, one.metric, one.view, one.query, rows_of(ask, one)),
        all_figures=grid(found, in_words=True) if len(found.figures) > GROUPS else None,
        unit=unit_label(one.metric.unit),
        clock=clock(ask, one.metric, one.view),
        comments=comments_of(ask, one.metric, one.view, one.query),
        calls=calls(ask, one.query, grain),
        has_hours=fits_hours(one.metric),
        silence=one.metric.name in SURVEYS,
        left_out=left_out(found),
        watch=watch_this(ask, one),
        here_with=lambda path, **more: link(path, one.view.pairs, **more),
    )


def unpromised(found: Measurement) -> bool:
    """Whether nothing is measured because no promise applies to any ticket."""
    measured = any(figure.estimate.n for figure in found.figures)
    return not measured and any(NO_TARGET.reason in figure.left_out for figure in found.figures)


def course_of(ask: Ask, one: Asked, found: Measurement) -> Measurement:
    """The metric by period, of the own brand where there are several."""
    last = last_day(ask.answers, one.metric) or date.today()
    course = by_period(ask.answers, one.view, found) or ask.answers.ask(trend(found.query, "month", last))
    ours = tuple(f for f in course.figures if f.keys.get(BRAND) in {None, ask.workspace.settings.brand})
    told = ours or course.figures
    first = min((f.period.start for f in told if f.period and f.estimate.n), default=None)
    since = [f for f in told if first and f.period and f.period.start >= first]
    return replace(course, figures=tuple(since) or told)


def main_figure(ask: Ask, found: Measurement) -> Figure:
    """The figure with the most rows, of the own brand where there are several."""
    ours = [f for f in found.figures if f.keys.get(BRAND) in {None, ask.workspace.settings.brand}]
    return max(ours or found.figures, key=lambda figure: figure.estimate.n)


def finding(found: Measurement) -> str:
    """What a chart of the metric shows, in a sentence that claims only what holds."""
    label = str(found.metric.label)
    if len(found.figures) != 1 or (change := found.figure.change) is None or not change.difference.known:
        return label
    if change.noise:
        return str(_("{metric}: no change that could be told from chance", metric=label))
    size = difference(abs(change.difference.value), found.metric.unit)
    up = change.difference.value > 0
    told = _("{metric} is up by {size}", metric=label, size=size)
    return str(told if up else _("{metric} is down by {size}", metric=label, size=size))


def watch_this(ask: Ask, one: Asked) -> str:
    """The form of a watch of the metric with the filters in force; empty for who may not, and for what cannot be."""
    if not (watchable(one.metric) and ask.asker.may("settings")):
        return ""
    filters = [("where", text) for text in (*one.view.kept, *one.view.where)]
    return link("/watches/edit", filters, metric=one.metric.name)


def left_out(found: Measurement) -> list[tuple[str, str]]:
    """Why rows were not counted, and how many."""
    labels = {rule.reason: str(rule.label) for rule in found.metric.left_out}
    counted: dict[str, int] = {}
    for figure in found.figures:
        for reason, n in figure.left_out.items():
            counted[reason] = counted.get(reason, 0) + n
    return [(labels.get(reason, reason), number(n)) for reason, n in sorted(counted.items(), key=lambda p: -p[1])]


def rows_of(ask: Ask, one: Asked) -> Callable[[Figure], str | None] | None:
    """Gives the address of the rows behind a figure; None where the asker may not see them."""
    if one.metric.protected or not ask.asker.may("rows"):
        return None
    return partial(_rows_link, one)


def _rows_link(one: Asked, figure: Figure) -> str:
    view = replace(one.view, start=figure.period.start, end=figure.period.end) if figure.period else one.view
    return link(f"/metrics/{one.metric.name}/rows", view.pairs, filters_of(figure))


def fits_hours(metric: Metric) -> bool:
    """Whether a map of hours tells anything of the metric."""
    return metric.time is not None and isinstance(metric.method, Count | Duration)


ROUTES = (Page("/metrics/{name}", show, right="read"),)
