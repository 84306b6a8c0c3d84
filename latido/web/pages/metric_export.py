"""A metric to take along: its figures as a table, its course as a picture, both as a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from latido.errors import UnknownNameError
from latido.http.trail import record
from latido.i18n import _
from latido.metrics.present import grid, interval_cell, quantity, subtitle
from latido.report.charts import pdf as pdf_page
from latido.report.charts import trend as drawn_trend
from latido.report.charts.draw import Heading, png, svg
from latido.report.charts.pdf import Drawing, pdf
from latido.report.sheet import sheet
from latido.web.cards import goal, goal_of
from latido.web.page import Page
from latido.web.pages.metric import Asked, asked_for, course_of, finding, main_figure
from latido.web.summary import file_name, summary
from latido.web.take import KINDS, about, download

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.measurement import Measurement
    from latido.web.ask import Ask

OFFERED = ("csv", "xlsx", "png", "svg", "pdf")


def show(ask: Ask) -> Response:
    """A file of this kind."""
    kind = ask.param["kind"]
    if kind not in OFFERED:
        raise UnknownNameError.among(_("kind of file"), kind, OFFERED)
    one = asked_for(ask)
    one.view.insist()
    if one.query is None:
        raise UnknownNameError(_("There are no rows to count yet"))
    found = ask.answers.ask(one.query)
    body = _file(ask, one, found, kind)
    record(ask.state, ask.asker, ask.request, "metric.exported", f"{one.metric.name}.{kind}")
    return download(body, file_name([one.metric.name], one.view, one.query, kind), KINDS[kind])


def _file(ask: Ask, one: Asked, found: Measurement, kind: str) -> bytes:
    course = course_of(ask, one, found)
    if kind == "csv":
        return course.to_pandas().to_csv(index=False).encode("utf-8-sig")
    if kind == "xlsx":
        told = about(summary(ask, one.view, found))
        return sheet({**told, str(_("Figures")): found.to_pandas(), str(_("Course")): course.to_pandas()})
    drawn = drawn_trend(course, goal_of(ask, found, main_figure(ask, found)))
    heading = Heading(
        finding(found), subtitle(found, in_words=True), str(_("Source: {company}", company=_company(ask)))
    )
    if kind == "pdf":
        return pdf(_page(ask, found, Drawing(_title(found), drawn), course))
    return png(drawn, heading=heading) if kind == "png" else svg(drawn, heading=heading).encode()


def _title(found: Measurement) -> str:
    """What the chart shows; where that is no more than the metric, which stands above all, what kind of chart it is."""
    told = finding(found)
    return told if told != str(found.metric.label) else str(_("Course"))


def _page(ask: Ask, found: Measurement, drawing: Drawing, course: Measurement) -> pdf_page.Page:
    metric, figure = found.metric, main_figure(ask, found)
    said = goal(ask, found, figure)
    interval = interval_cell(figure.estimate, metric.unit).text
    return pdf_page.Page(
        title=str(metric.label),
        scope=subtitle(found, in_words=True),
        figure=quantity(figure.estimate.value, metric.unit),
        evidence=str(_("95% interval {interval}, n {n}", interval=interval, n=figure.estimate.n)),
        state=f"{said.label} · {said.target}" if said else "",
        tone={"good": "good", "bad": "bad", "warn": "muted"}[said.tone] if said else "plain",  # type: ignore[arg-type]
        drawings=(drawing,),
        grid=replace(grid(course, in_words=True), title=str(_("Figures"))),
        about=(
            (str(_("Definition")), (str(metric.formula),)),
            (str(_("Interval")), (str(metric.interval),)),
            (str(_("Source")), (str(metric.source),)),
            (str(_("What is easily counted wrongly")), tuple(map(str, metric.traps))),
        ),
        made=str(_("Version {version} of the data", version=found.version)),
        author=_company(ask),
    )


def _company(ask: Ask) -> str:
    return ask.workspace.config.name or ask.workspace.root.resolve().name


ROUTES = (Page("/metrics/{name}/export.{kind}", show, right="export"),)
