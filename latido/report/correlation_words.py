"""What it means for tickets, customers and weeks to have more or less of a metric, in the past and in the plural."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from latido.i18n import Message, _

if TYPE_CHECKING:
    from latido.metrics.units import Variable


class Says(NamedTuple):
    """What those did that have more of a metric, and those that have less."""

    more: Message
    less: Message


# What fits tickets and customers alike.
_BOTH: Mapping[str, Says] = {
    "first_reply_time": Says(_("waited longer for the first reply"), _("waited less for the first reply")),
    "next_reply_time": Says(_("waited longer for further replies"), _("waited less for further replies")),
    "resolution_time": Says(_("waited longer for a solution"), _("waited less for a solution")),
    "requester_wait_time": Says(_("waited longer in all"), _("waited less in all")),
    "agent_work_time": Says(_("waited longer on agents"), _("waited less on agents")),
    "on_hold_time": Says(_("were on hold for longer"), _("were on hold for less time")),
    "agent_touches": Says(_("got more replies"), _("got fewer replies")),
    "one_touch_rate": Says(_("were helped more often with a single reply"),
                           _("were helped less often with a single reply")),
    "first_contact_resolution": Says(_("were helped more often at the first contact"),
                                     _("were helped less often at the first contact")),
    "transfer_rate": Says(_("were transferred more often"), _("were transferred less often")),
    "reopen_rate": Says(_("had to come back more often"), _("had to come back less often")),
    "sla_attainment": Says(_("were served more often in the time that was promised"),
                           _("were served less often in the time that was promised")),
}  # fmt: skip
_TICKETS: Mapping[str, Says] = {
    "ticket_volume": Says(_("were more"), _("were fewer")),
    "ces": Says(_("were felt as easier"), _("were felt as harder")),
    "csat": Says(_("left people more satisfied"), _("left people less satisfied")),
    "nps": Says(_("were followed by more recommendation"), _("were followed by less recommendation")),
    "recommendation_rate": Says(_("were followed more often by a 9 or a 10 for recommendation"),
                                _("were followed less often by a 9 or a 10 for recommendation")),
}  # fmt: skip
_CUSTOMERS: Mapping[str, Says] = {
    "ticket_volume": Says(_("had more tickets"), _("had fewer tickets")),
    "ces": Says(_("found it easier"), _("found it harder")),
    "csat": Says(_("were more satisfied"), _("were less satisfied")),
    "nps": Says(_("would recommend us more"), _("would recommend us less")),
    "recommendation_rate": Says(_("gave a 9 or a 10 for recommendation more often"),
                                _("gave a 9 or a 10 for recommendation less often")),
    "churn_rate": Says(_("left more often in the weeks after"), _("left less often in the weeks after")),
    "clv": Says(_("spent more a year"), _("spent less a year")),
    "repurchase_rate": Says(_("bought again more often"), _("bought again less often")),
}  # fmt: skip


def says(variable: Variable, grain: str) -> Says:
    """What those did that have more of a metric, and those that have less.

    Args:
        variable: The metric.
        grain: What has it; the weeks of a team speak of its tickets.
    """
    own = _CUSTOMERS if grain == "customer" else _TICKETS
    found = None if variable.question else own.get(variable.metric.name) or _BOTH.get(variable.metric.name)
    if found:
        return found
    label = f"“{variable.label}”" if variable.question else variable.label
    return Says(_("had a higher value of {metric}", metric=label), _("had a lower value of {metric}", metric=label))
