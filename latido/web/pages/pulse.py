"""The pulse: the handful of metrics that the workspace chose, and what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.metrics.catalog import METRICS
from latido.metrics.catalog import metric as find
from latido.web.bar import bar
from latido.web.cards import at_hand, known
from latido.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

CHOSEN = (
    "first_reply_time", "resolution_time", "csat", "nps", "ces", "first_contact_resolution", "ticket_volume",
    "churn_rate",
)  # fmt: skip
MOST = 8


def show(ask: Ask) -> Response:
    """The page."""
    ask.workspace.targets  # noqa: B018 - targets for metrics that do not exist are said before any figure
    names = ask.workspace.config.pulse.metrics or CHOSEN
    there = [find(name) for name in names if has_rows(ask, METRICS.get(name) or find(name))]
    if not any(has_rows(ask, metric) for metric in METRICS.values()):
        return ask.page("empty.html")
    view = ask.view
    mine = [metric for metric in there if not ask.not_by(metric)]
    shown = at_hand(ask, [metric for metric in mine if known(ask, metric, view)][:MOST], view, most=1)
    return ask.page("pulse.html", bar=bar(ask, mine), cards=shown, view=view)


def has_rows(ask: Ask, metric: Metric) -> bool:
    """Whether there is anything that the metric could count."""
    return bool(ask.workspace.snapshot(ask.answers.version()).rows(metric.table))


ROUTES = (Page("/", show, right="read"),)
