"""One metric: its course, its groups, what it means, and the ways to take it along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from latido.i18n import _, number
from latido.metrics.catalog import metric as find
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.methods import Count, Duration
from latido.metrics.names import dimension_name
from latido.metrics.present import difference, grid, unit_label
from latido.metrics.sla_attainment import NO_TARGET
from latido.report.charts import bars
from latido.report.charts import trend as drawn_trend
from latido.report.figures import BRAND
from latido.web.bar import bar
from latido.web.calls import calls
from latido.web.cards import cards, goal_of, known
from latido.web.page import Page
from latido.web.render import link
from latido.web.view import GRAINS, View, asked, last_day, trend
from latido.web.view import course as by_period

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.stats.estimate import Estimate
    from latido.web.ask import Ask

GROUPS = 40  # lines of a split; the smallest groups are only counted
FIRST = ("channel", "team", "topic", "segment", "country", "survey", "kind", "network")
HIDDEN = {"day", "week", "month", "subject", "agent_id", "status", "hour", "weekday"}


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
    """
    metric, view = find(ask.param["name"]), ask.view
    return Asked(metric, view, asked(ask.answers, view, metric))


def show(ask: Ask) -> Response:
    """The page."""
    one = asked_for(ask)
    if one.query is None or not known(ask, one.metric, one.view):
        return ask.page("metric_empty.html", metric=one.metric, view=one.view, known=one.query is None,
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
        dimensions=splits(ask, one.metric),
        unit=unit_label(one.metric.unit),
        calls=calls(ask, one.query, grain),
        has_hours=fits_hours(one.metric),
        left_out=left_out(found),
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


def splits(ask: Ask, metric: Metric) -> list[tuple[str, str]]:
    """Dimensions to split by, those that people ask for first."""
    there = [name for name in ask.answers.dimensions(metric) if name not in HIDDEN]
    ordered = sorted(there, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    return [(name, dimension_name(name)) for name in ordered]


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
    groups = [(f"is.{name}", value or "") for name, value in figure.keys.items()]
    return link(f"/metrics/{one.metric.name}/rows", view.pairs, groups)


def _overall(ask: Ask, one: Asked) -> Estimate | None:
    """All groups together, where they may be put together."""
    assert one.query is not None  # noqa: S101 - there are data
    figures = ask.answers.ask(one.query).figures
    return figures[0].estimate if len(figures) == 1 and not figures[0].withheld else None


def fits_hours(metric: Metric) -> bool:
    """Whether a map of hours tells anything of the metric."""
    return metric.time is not None and isinstance(metric.method, Count | Duration)


def by(ask: Ask) -> Response:
    """The metric split by one dimension."""
    one = asked_for(ask)
    choices = splits(ask, one.metric)
    name = ask.query.get("by") or (choices[0][0] if choices else "")
    if one.query is None or not name or not known(ask, one.metric, one.view):
        return ask.page("metric_empty.html", metric=one.metric, view=one.view, known=one.query is None,
                        dimensions=[label for _name, label in choices])  # fmt: skip
    found = ask.answers.ask(replace(one.query, by=(name,)))
    order = "evidence" if ask.query.get("sort") == "evidence" else "size"
    figures = _sorted(found.figures, order)
    shown = replace(found, figures=tuple(figures[:GROUPS]))
    return ask.page(
        "metric_by.html",
        metric=one.metric,
        view=one.view,
        by=name,
        by_name=dimension_name(name),
        order=order,
        dimensions=choices,
        rest=len(figures) - len(shown.figures),
        chart=bars(shown, _overall(ask, one), rows_of(ask, one), order="given"),
        grid=grid(shown, in_words=True),
        links=[_links(one, name, figure) for figure in shown.figures],
    )


def _sorted(figures: Sequence[Figure], order: str) -> list[Figure]:
    """The largest groups first, or those whose change is the clearest."""
    if order == "evidence":
        return sorted(figures, key=lambda f: -_clarity(f))
    return sorted(figures, key=lambda f: -f.estimate.n)


def _clarity(figure: Figure) -> float:
    """How many half-widths of its interval a change is away from nothing."""
    if figure.change is None or not figure.change.difference.known:
        return -1
    d = figure.change.difference
    return abs(d.value) / ((d.high - d.low) / 2 or 1)


def _links(one: Asked, name: str, figure: Figure) -> tuple[str, str]:
    """The page filtered by a group, and the rows of it."""
    value = figure.keys.get(name) or ""
    pairs = [*one.view.pairs, (f"is.{name}", value)]
    return link(f"/metrics/{one.metric.name}", pairs), link(f"/metrics/{one.metric.name}/rows", pairs)


ROUTES = (
    Page("/metrics/{name}", show, right="read"),
    Page("/metrics/{name}/by", by, right="read"),
)
