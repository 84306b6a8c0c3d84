"""First reply time."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import first_known, flag
from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import Metric
from latido.metrics.rules import TICKETS
from latido.metrics.scope import Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """Seconds to the first public human reply; until the ticket's end, or the data's, where there is none."""
    replied = scope.seen(tickets.first_reply)
    stop = first_known(replied, scope.seen(tickets.solved), scope.seen(tickets.closed), scope.end)
    tickets = tickets.mutate(until=stop, ended=flag(replied.notnull()))
    return scope.seconds(tickets.filter(tickets.created <= scope.end), "created", "until", "value")


FIRST_REPLY_TIME = Metric(
    name="first_reply_time",
    family="service",
    label=_("First reply time"),
    formula=_(
        "Ticket created → first public reply by a human agent; where an agent opened the ticket publicly, the second "
        "public agent message. Median and p90 by Kaplan–Meier: who still waits is counted as waiting."
    ),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk and Intercom documentation; Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("A bot's answer, or a private note, is not a reply."),
        _("Tickets without a reply yet are censored at the data's end, not dropped."),
        _("An agent who was demoted later was an agent when replying."),
        _("Team and agent are those at the reply."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Duration(),
    time="created",
    key="ticket_id",
    left_out=TICKETS,
    aliases={"team": "reply_team", "agent_id": "reply_agent"},
)
