"""Customer satisfaction of all who were asked."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.answer_rows import positive
from latido.metrics.methods import Share
from latido.metrics.metric import Metric
from latido.metrics.rules import BOUNCED
from latido.metrics.scope import Scope


def rows(asks: Any, scope: Scope) -> Any:
    """1 where the invitation was answered positively, by the same thresholds as CSAT."""
    found = asks.filter((asks.kind == "csat") & (asks.asked <= scope.end))
    return found.mutate(value=flag((positive(found, scope) == 1) & scope.seen(found.answered).notnull()))


CSAT_OF_ASKED = Metric(
    name="csat_of_asked",
    family="service",
    label=_("CSAT of those asked"),
    formula=_(
        "Positive answers ÷ people asked × 100, by date of asking; to be read beside CSAT and the response rate."
    ),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson; repeated respondents by their design effect"),
    source=_("Wilson (1927), JASA 22:209"),
    traps=(
        _("The same filters hold for those asked and those who answered."),
        _("Cohorts are by the date of asking: an answer belongs to the month in which it was asked for."),
    ),
    table="ask_facts",
    rows=rows,
    method=Share(cluster="customer_id"),
    time="asked",
    key="ask_id",
    left_out=(BOUNCED,),
    ends=(("ask_facts", "asked"), ("answer_facts", "answered")),
)
