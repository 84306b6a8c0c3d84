"""On-hold time."""

from __future__ import annotations

from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import Metric
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.status_time import status_rows

ON_HOLD_TIME = Metric(
    name="on_hold_time",
    family="service",
    label=_("On-hold time"),
    formula=_("Time that the ticket spent on hold: while we waited for a third party."),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk documentation; Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("Most tickets are never on hold: a median of zero is no error."),
        _("The time of a ticket that is not resolved yet is censored: it goes on."),
        _("Business hours are counted for each stretch of a status, never negative."),
    ),
    table="ticket_facts",
    rows=status_rows("hold_seconds", "hold"),
    method=Duration(),
    time="created",
    key="ticket_id",
    left_out=(*TICKETS, DATELESS),
    unsettled=True,
)
