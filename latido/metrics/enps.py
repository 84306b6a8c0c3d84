"""Employee net promoter score."""

from __future__ import annotations

from typing import Any

from latido.i18n import _
from latido.metrics.answer_rows import ENDS, net_points
from latido.metrics.methods import Points
from latido.metrics.metric import Metric
from latido.metrics.nps import OTHER_SCALE
from latido.metrics.protect import LEAST
from latido.metrics.rules import NO_SCORE
from latido.metrics.scope import Scope


def rows(answers: Any, scope: Scope) -> Any:
    """+100, 0 or −100 an answer."""
    return net_points(answers, scope, "enps")


ENPS = Metric(
    name="enps",
    family="employee",
    label=_("Employee net promoter score (eNPS)"),
    formula=_("% of employees scoring 9–10 − % scoring 0–6, of those who answered."),
    unit="points",
    better="higher",
    range=(-100, 100),
    interval=_("adjusted Wald; score interval below 30 answers; repeated respondents by their design effect"),
    source=_("Reichheld (2003), Harvard Business Review 81(12); Rocks (2016)"),
    traps=(
        _("Below 5 answers nothing is shown."),
        _(
            "No combination of filters reveals a small group by subtraction: answers count in blocks of at least 5 "
            "people."
        ),
    ),
    table="answer_facts",
    rows=rows,
    method=Points(cluster="customer_id"),
    time="answered",
    key="answer_id",
    left_out=(NO_SCORE, OTHER_SCALE),
    min_n=LEAST,
    protected=True,
    ends=ENDS,
)
