"""A survey metric raw and weighted, as an address asks for it: computed once, for its page and for the metric's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from latido.metrics.response_rate import RESPONSE_RATE
from latido.web.underway import computed
from latido.web.view import asked
from latido.workspace.question import condition

if TYPE_CHECKING:
    from latido.insights.nonresponse import Nonresponse
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

OWN = {"survey_kind", "scale"}  # what invitations know by their survey


class Weighted(NamedTuple):
    """A result that is there, or why there is none.

    Attributes:
        found: It; None while it is underway.
        known: Whether invitations know what is filtered by.
        kept: Whether any invitations are kept at all.
    """

    found: Nonresponse | None
    known: bool = True
    kept: bool = True


def weighted(ask: Ask, metric: Metric) -> Weighted:
    """The metric in the days, and under the filters, of the view."""
    query = asked(ask.answers, ask.view, RESPONSE_RATE)
    if query is None:
        return Weighted(None, kept=False)
    wanted = {condition(text).dimension for text in ask.view.filters}
    if not wanted <= {*ask.answers.dimensions(RESPONSE_RATE), *OWN}:
        return Weighted(None, known=False)
    version, filters = ask.answers.version(), ask.view.filters
    calendar = ask.view.calendar or None
    found = computed(
        ask,
        lambda workspace: workspace.nonresponse(
            metric.name, start=query.start, end=query.end, where=filters, calendar=calendar, as_of=version,
            compare=ask.view.compare if query.start and query.end else None,
        ),
        "nonresponse", metric.name, query.start, query.end, filters, calendar, ask.view.compare,
    )  # fmt: skip
    return Weighted(found)
