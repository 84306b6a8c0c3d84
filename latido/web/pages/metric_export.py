"""A metric to take along: its figures as a table, its course as a picture, both as a page, and its rows."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd
from starlette.responses import Response

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
from latido.web.pages.rows import COUNTED
from latido.workspace.look import in_utc

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from latido.metrics.measurement import Measurement
    from latido.web.ask import Ask

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


def show(ask: Ask) -> Response:
    """A file of this kind."""
    kind = ask.param["kind"]
    if kind not in KINDS:
        raise UnknownNameError.among(_("kind of file"), kind, KINDS)
    one = asked_for(ask)
    if one.query is None:
        raise UnknownNameError(_("There are no rows to count yet"))
    found = ask.answers.ask(one.query)
    body = _file(ask, one, found, kind)
    record(ask.state, ask.asker, ask.request, "metric.exported", f"{one.metric.name}.{kind}")
    return _download(body, f"{one.metric.name}.{kind}", KINDS[kind])


def _file(ask: Ask, one: Asked, found: Measurement, kind: str) -> bytes:
    course = course_of(ask, one, found)
    if kind == "csv":
        return course.to_pandas().to_csv(index=False).encode("utf-8-sig")
    if kind == "xlsx":
        return sheet({str(_("Figures")): found.to_pandas(), str(_("Course")): course.to_pandas()})
    drawn = drawn_trend(course, goal_of(ask, found, main_figure(ask, found)))
    heading = Heading(
        finding(found), subtitle(found, in_words=True), str(_("Source: {company}", company=_company(ask)))
    )
    if kind == "pdf":
        return pdf(_page(ask, found, Drawing(finding(found), drawn), course))
    return png(drawn, heading=heading) if kind == "png" else svg(drawn, heading=heading).encode()


def _page(ask: Ask, found: Measurement, drawing: Drawing, course: Measurement) -> pdf_page.Page:
    metric, figure = found.metric, main_figure(ask, found)
    said = goal(ask, found, figure)
    interval = interval_cell(figure.estimate, metric.unit).text
    return pdf_page.Page(
        title=str(metric.label),
        scope=subtitle(found, in_words=True),
        figure=quantity(figure.estimate.value, metric.unit),
        evidence=str(_("95% interval {interval}, n {n}", interval=interval, n=figure.estimate.n)),
        finding=finding(found),
        state=f"{said.label} · {said.target}" if said else "",
        tone={"good": "good", "bad": "bad", "warn": "muted"}[said.tone] if said else "plain",  # type: ignore[arg-type]
        drawings=(drawing,),
        grid=grid(course, in_words=True),
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


def rows(ask: Ask) -> Response:
    """All the rows behind a figure, as CSV."""
    one = asked_for(ask)
    if one.query is None:
        raise UnknownNameError(_("There are no rows to count yet"))
    with ask.answers.engine:
        frame = in_utc(ask.workspace.ask(replace(one.query, compare=None)).trace())
    said = COUNTED.get(ask.query.get("show", "all"))
    frame = frame if said is None else frame[frame["counted"] == said]
    record(ask.state, ask.asker, ask.request, "rows.exported", one.metric.name)
    return _download(_csv(_local(frame, ask.workspace.config.zone)), f"{one.metric.name}-rows.csv", KINDS["csv"])


def _local(frame: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """Instants as the page shows them, each with its offset."""
    moments = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{str(name): frame[name].dt.tz_convert(zone) for name in moments})


def _csv(frame: pd.DataFrame) -> bytes:
    out = BytesIO()
    frame.to_csv(out, index=False, encoding="utf-8-sig")
    return out.getvalue()


def _download(body: bytes, name: str, kind: str) -> Response:
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


ROUTES = (
    Page("/metrics/{name}/export.{kind}", show, right="export"),
    Page("/metrics/{name}/rows.csv", rows, right="export"),
)
