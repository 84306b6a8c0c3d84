"""Agent work time."""

from __future__ import annotations

from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import Metric
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.status_time import status_rows

AGENT_WORK_TIME = Metric(
    name="agent_work_time",
    family="service",
    label=_("Agent work time"),
    formula=_("Time that the ticket spent as new or open: while it was on an agent's desk."),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk documentation; Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("It is time on the desk, not time of work."),
        _("The time of a ticket that is not resolved yet is censored: it goes on."),
        _("Business hours are counted for each stretch of a status, never negative."),
    ),
    table="ticket_facts",
    rows=status_rows("work_seconds", "new", "open"),
    method=Duration(),
    time="created",
    key="ticket_id",
    left_out=(*TICKETS, DATELESS),
)
