"""Service, experience, interaction, employees: all metrics of a family."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from latido.metrics.catalog import METRICS
from latido.report.overview import FAMILIES
from latido.web.bar import bar
from latido.web.cards import at_hand, known
from latido.web.page import Page
from latido.web.pages.pulse import has_rows

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

ALSO = {"csat": "experience"}  # people look for it there too
PATHS = {"service": "/service", "experience": "/experience", "interaction": "/interaction", "employee": "/employees"}


def show(family: str, ask: Ask) -> Response:
    """The page of one family."""
    mine = (metric for metric in METRICS.values() if family in {metric.family, ALSO.get(metric.name)})
    own = [metric for metric in mine if not ask.not_by(metric)]
    there = [metric for metric in own if has_rows(ask, metric)]
    view = ask.view
    counted = [metric for metric in there if known(ask, metric, view)]
    return ask.page(
        "family.html",
        title=FAMILIES[family],
        bar=bar(ask, there),
        cards=at_hand(ask, counted, view),
        unknowing=[metric for metric in there if metric not in counted],
        without=[metric for metric in own if metric not in there],
    )


def _page(family: str, path: str) -> Page:
    return Page(path, partial(show, family), right="read", name=f"families.{family}")


ROUTES = tuple(_page(family, path) for family, path in PATHS.items())
