"""Agent touches."""

from __future__ import annotations

from typing import Any

from latido.i18n import _
from latido.metrics.methods import Mean
from latido.metrics.metric import Metric
from latido.metrics.rules import TICKETS, UNRESOLVED
from latido.metrics.scope import Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """Public human messages of each ticket."""
    return tickets.mutate(value=tickets.replies)


AGENT_TOUCHES = Metric(
    name="agent_touches",
    family="service",
    label=_("Agent touches"),
    formula=_(
        "Public agent communications on all channels per resolved ticket, mean; private notes, transfers and bot turns "
        "are counts of their own beside it."
    ),
    unit="touches",
    better="lower",
    range=(0, float("inf")),
    interval=_("t-interval of the mean"),
    source=_("Zendesk documentation (agent touches, replies)"),
    traps=(
        _("Notes, transfers and bot turns are not touches."),
        _("Only resolved tickets: an open one is not done being touched."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Mean(more={"notes": "notes", "transfers": "transfers", "bot_turns": "bot_turns"}),
    time="solved",
    key="ticket_id",
    left_out=(*TICKETS, UNRESOLVED),
)
