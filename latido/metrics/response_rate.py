"""Response rate."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.methods import Share
from latido.metrics.metric import Metric
from latido.metrics.rules import BOUNCED
from latido.metrics.scope import Scope


def rows(asks: Any, scope: Scope) -> Any:
    """1 where the invitation was answered."""
    found = asks.filter(asks.asked <= scope.end)
    return found.mutate(value=flag(scope.seen(found.answered).notnull()))


RESPONSE_RATE = Metric(
    name="response_rate",
    family="service",
    label=_("Response rate"),
    formula=_("Invitations answered ÷ invitations that arrived × 100, by date of asking."),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson; repeated respondents by their design effect"),
    source=_("AAPOR Standard Definitions (RR1)"),
    traps=(_("An invitation that bounced was never asked."),),
    table="ask_facts",
    rows=rows,
    method=Share(cluster="customer_id"),
    time="asked",
    key="ask_id",
    left_out=(BOUNCED,),
    ends=(("ask_facts", "asked"), ("answer_facts", "answered")),
)
