"""Requester wait time."""

from __future__ import annotations

from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import Metric
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.status_time import status_rows

REQUESTER_WAIT_TIME = Metric(
    name="requester_wait_time",
    family="service",
    label=_("Requester wait time"),
    formula=_("Time that the ticket spent as new, open or on hold: while the customer waited for us."),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk documentation; Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("Time as pending is the customer's own and does not count."),
        _("The time of a ticket that is not resolved yet is censored: it goes on."),
        _("Business hours are counted for each stretch of a status, never negative."),
    ),
    table="ticket_facts",
    rows=status_rows("wait_seconds", "new", "open", "hold"),
    method=Duration(),
    time="created",
    key="ticket_id",
    left_out=(*TICKETS, DATELESS),
)
