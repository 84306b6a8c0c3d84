"""Response time to social mentions."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import first_known, flag
from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import Metric
from latido.metrics.scope import Scope
from latido.metrics.social_mentions import ENDS


def rows(mentions: Any, scope: Scope) -> Any:
    """Seconds to our first answer; until the data's end where there is none."""
    replied = scope.seen(mentions.replied)
    found = mentions.mutate(until=first_known(replied, scope.end), ended=flag(replied.notnull()))
    return scope.seconds(found.filter(found.occurred <= scope.end), "occurred", "until", "value")


MENTION_RESPONSE_TIME = Metric(
    name="mention_response_time",
    family="interaction",
    label=_("Response time on social networks"),
    formula=_(
        "Mention published → our first answer; median and p90 by Kaplan–Meier, unanswered mentions are still waiting."
    ),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Kaplan & Meier (1958), JASA 53:457"),
    traps=(_("Where most mentions are never answered there is no median; the share answered says so."),),
    table="mention_facts",
    rows=rows,
    method=Duration(),
    time="occurred",
    key="mention_id",
    ends=ENDS,
)
