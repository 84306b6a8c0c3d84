"""Customer satisfaction."""

from __future__ import annotations

from typing import Any

from latido.i18n import _
from latido.metrics.answer_rows import ENDS, positives
from latido.metrics.methods import Share
from latido.metrics.metric import Metric
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope


def rows(answers: Any, scope: Scope) -> Any:
    """1 for a positive answer, 0 for another."""
    return positives(answers, scope, "csat")


CSAT = Metric(
    name="csat",
    family="service",
    label=_("Customer satisfaction (CSAT)"),
    formula=_(
        "Positive answers ÷ respondents × 100. Positive: yes; 3 of 3; 4–5 of 5; 6–7 of 7; 9–10 of 10; verbal scales "
        "likewise; other thresholds per survey by the workspace's settings."
    ),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson; repeated respondents by their design effect"),
    source=_("ISO 10004; Wilson (1927), JASA 22:209"),
    traps=(
        _("A 3 of 5 is not a positive."),
        _("Who did not answer is not in the denominator."),
        _("Different scales are never merged: figures are split by scale."),
        _("The rated agent and team are those at the solve, not today's."),
    ),
    table="answer_facts",
    rows=rows,
    method=Share(cluster="customer_id"),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE,),
    splits=("scale",),
    ends=ENDS,
)
