"""Recommendation rate."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.answer_rows import ENDS, of_kind
from latido.metrics.methods import Share
from latido.metrics.metric import Metric
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope


def rows(answers: Any, scope: Scope) -> Any:
    """1 for 9–10 of 10, or for a yes."""
    found = of_kind(answers, scope, "nps", "recommend")
    least = (found.kind == "nps").ifelse(9.0, found.scale_high)
    return found.mutate(value=flag(found.score >= least))


RECOMMENDATION_RATE = Metric(
    name="recommendation_rate",
    family="experience",
    label=_("Recommendation rate"),
    formula=_("Answers of 9–10 of 10, or yes, ÷ answers × 100."),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson; repeated respondents by their design effect"),
    source=_("Reichheld (2003), Harvard Business Review 81(12)"),
    traps=(
        _("Scales are never merged: figures are split by scale."),
        _(
            "Relationship, transactional and blind surveys are never merged: figures are split by kind, blind ones by "
            "brand."
        ),
    ),
    table="answer_facts",
    rows=rows,
    method=Share(cluster="customer_id"),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE,),
    splits=("survey_kind", "scale", "rated_brand"),
    ends=ENDS,
)
