"""All the rows behind a figure, to take along."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

from latido.errors import UnknownNameError, UsageError
from latido.http.trail import record
from latido.i18n import _, number
from latido.report.sheet import sheet
from latido.web.page import Page
from latido.web.pages.metric import asked_for
from latido.web.pages.rows import COUNTED
from latido.web.summary import file_name, summary
from latido.web.take import KINDS, about, download
from latido.workspace.look import in_utc

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.web.pages.metric import Asked

MOST_IN_A_SHEET = 1_048_575  # below the headings, says the format


def show(kind: str, ask: Ask) -> Response:
    """They, as a file of this kind."""
    one = asked_for(ask)
    one.view.insist()
    if one.query is None:
        raise UnknownNameError(_("There are no rows to count yet"))
    frame = _rows(ask, one)
    body = _csv(frame) if kind == "csv" else _workbook(ask, one, frame)
    record(ask.state, ask.asker, ask.request, "rows.exported", one.metric.name)
    return download(body, file_name([one.metric.name, "rows"], one.view, one.query, kind), KINDS[kind])


def _rows(ask: Ask, one: Asked) -> pd.DataFrame:
    assert one.query is not None  # noqa: S101 - there are data
    plain, version = replace(one.query, compare=None), ask.answers.version()
    with ask.answers.engine:
        frame = in_utc(ask.workspace.ask(plain, version).trace())
    said = COUNTED.get(ask.query.get("show", "all"))
    return _local(frame if said is None else frame[frame["counted"] == said], ask.workspace.config.zone)


def _local(frame: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """Instants as the page shows them, each with its offset."""
    moments = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{str(name): frame[name].dt.tz_convert(zone) for name in moments})


def _csv(frame: pd.DataFrame) -> bytes:
    out = BytesIO()
    frame.to_csv(out, index=False, encoding="utf-8-sig")
    return out.getvalue()


def _workbook(ask: Ask, one: Asked, frame: pd.DataFrame) -> bytes:
    assert one.query is not None  # noqa: S101 - there are data
    if len(frame) > MOST_IN_A_SHEET:
        most, count = number(MOST_IN_A_SHEET), number(len(frame))
        rule = _("A sheet holds {most} rows, and these are {count}.", most=most, count=count)
        raise UsageError(rule, _("Take them as CSV, or choose fewer."))
    return sheet({**about(summary(ask, one.view, ask.answers.ask(one.query))), str(_("Rows")): frame})


ROUTES = (
    Page("/metrics/{name}/rows.csv", partial(show, "csv"), right="export", name="rows_export.csv"),
    Page("/metrics/{name}/rows.xlsx", partial(show, "xlsx"), right="export", name="rows_export.xlsx"),
)
