"""Social mentions."""

from __future__ import annotations

from typing import Any

import ibis

from latido.facts.expr import flag, when
from latido.i18n import _
from latido.metrics.methods import Parts
from latido.metrics.metric import Metric
from latido.metrics.scope import Scope

ENDS = (("mention_facts", "occurred"), ("mention_facts", "replied"))


def rows(mentions: Any, scope: Scope) -> Any:
    """Each mention once, with what it is and whether we answered."""
    found = mentions.filter(mentions.occurred <= scope.end)
    judged, meant = found.sentiment.notnull(), found.intent.notnull()
    return found.mutate(
        value=ibis.literal(1).cast("int64"),
        negative=when(judged, flag(found.sentiment == "negative")),
        positive=when(judged, flag(found.sentiment == "positive")),
        questions=when(meant, flag(found.intent.isin(("technical", "account")))),
        complaints=when(meant, flag(found.intent == "complaint")),
        answered=flag(scope.seen(found.replied).notnull()),
    )


SOCIAL_MENTIONS = Metric(
    name="social_mentions",
    family="interaction",
    label=_("Social mentions"),
    formula=_(
        "Public mentions in the period; beside them the shares that are negative, positive, technical or account "
        "questions, complaints, and answered; by network, month and hour of day."
    ),
    unit="mentions",
    better=None,
    range=(0, float("inf")),
    interval=_("Poisson, exact; Wilson"),
    source=_("Garwood (1936), Biometrika 28:437; Wilson (1927), JASA 22:209"),
    traps=(_("A mention whose sentiment nobody judged is neither negative nor neutral."),),
    table="mention_facts",
    rows=rows,
    method=Parts(shares={c: c for c in ("negative", "positive", "questions", "complaints", "answered")}),
    time="occurred",
    key="mention_id",
    ends=ENDS,
)
