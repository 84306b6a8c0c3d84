"""Employee satisfaction."""

from __future__ import annotations

from typing import Any

from latido.i18n import _
from latido.metrics.answer_rows import ENDS, positives
from latido.metrics.methods import Share
from latido.metrics.metric import Metric
from latido.metrics.protect import LEAST
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope


def rows(answers: Any, scope: Scope) -> Any:
    """1 for a positive answer, 0 for another."""
    return positives(answers, scope, "esat")


ESAT = Metric(
    name="esat",
    family="employee",
    label=_("Employee satisfaction (ESAT)"),
    formula=_("Positive answers ÷ respondents × 100, as CSAT."),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson; repeated respondents by their design effect"),
    source=_("ISO 30414; Wilson (1927), JASA 22:209"),
    traps=(
        _("Below 5 answers nothing is shown."),
        _(
            "No combination of filters reveals a small group by subtraction: answers count in blocks of at least 5 "
            "people."
        ),
    ),
    table="answer_facts",
    rows=rows,
    method=Share(cluster="customer_id"),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE,),
    splits=("scale",),
    min_n=LEAST,
    protected=True,
    ends=ENDS,
)
