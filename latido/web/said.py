"""From a figure to what those people said who pull it down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import Message, _
from latido.metrics.scope import LOCAL
from latido.web.render import link
from latido.workspace.question import condition

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.web.ask import Ask
    from latido.web.view import View

BANDS: dict[str, tuple[str, Message]] = {
    "nps": ("detractor", _("What detractors said")),
    "csat": ("bad", _("What those said who were not satisfied")),
    "ces": ("bad", _("What those said for whom it was not easy")),
}


class Comments(NamedTuple):
    """A list of comments."""

    label: str
    href: str


def comments_of(ask: Ask, metric: Metric, view: View, query: Query) -> Comments | None:
    """The comments behind a figure, of the same days and filters; None where there are none, or not for this asker."""
    if metric.name not in BANDS or not ask.asker.may("rows"):
        return None
    band, label = BANDS[metric.name]
    days = [
        ("start", query.start.isoformat() if query.start else ""),
        ("end", (query.end - timedelta(days=1)).isoformat() if query.end else ""),
    ]
    told = (*view.where, *view.kept, f"kind={metric.name}")
    where = [("where", text) for text in told if condition(text).dimension not in LOCAL]
    return Comments(str(label), link("/comments", [("band", band)], days, where))
