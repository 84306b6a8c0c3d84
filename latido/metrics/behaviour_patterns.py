"""Behaviour patterns."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.engagement import ENDS
from latido.metrics.methods import Composition, Share
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.scope import Scope

FIRST = LeftOut("first", _("the customer's first interaction"), lambda t, _s: t.previous_kind.isnull())


def rows(activities: Any, scope: Scope) -> Any:
    """Each step from one interaction of a customer to the next."""
    found = activities.filter(activities.occurred <= scope.end)
    return found.mutate(value=flag(found.previous_kind.notnull()), path=found.previous_kind + " → " + found.kind)


def switches(activities: Any, scope: Scope) -> Any:
    """1 where an interaction came through another channel than the one before."""
    found = activities.filter(activities.occurred <= scope.end)
    return found.mutate(value=flag(found.previous_channel != found.channel))


BEHAVIOUR_PATTERNS = Metric(
    name="behaviour_patterns",
    family="interaction",
    label=_("Behaviour patterns"),
    formula=_(
        "Steps from one interaction of a customer to the next, by kind ÷ all steps × 100; split by hour and weekday, "
        "when they happen."
    ),
    unit="%",
    better=None,
    range=(0, 100),
    interval=_("Wilson"),
    source=_("van der Aalst (2016), Process Mining (directly-follows graph)"),
    traps=(_("A customer's first interaction has none before it; it is left out, not a step from nowhere."),),
    table="activity_facts",
    rows=rows,
    method=Composition(of="path"),
    time="occurred",
    key="activity_id",
    left_out=(FIRST,),
    presets=(
        Preset(
            "channel_switching", _("Share of steps that change the channel."),
            {"rows": switches, "method": Share(cluster="customer_id")},
        ),
    ),
    ends=ENDS,
)  # fmt: skip
