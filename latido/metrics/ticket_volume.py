"""Ticket volume."""

from __future__ import annotations

from typing import Any

import ibis

from latido.i18n import _
from latido.metrics.methods import Count
from latido.metrics.metric import Metric
from latido.metrics.rules import TICKETS
from latido.metrics.scope import Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """Each ticket once."""
    return tickets.filter(tickets.created <= scope.end).mutate(value=ibis.literal(1).cast("int64"))


TICKET_VOLUME = Metric(
    name="ticket_volume",
    family="service",
    label=_("Ticket volume"),
    formula=_("Tickets created in the period, by topic, channel, team, hour and weekday."),
    unit="tickets",
    better=None,
    range=(0, float("inf")),
    interval=_("Poisson, exact"),
    source=_("Garwood (1936), Biometrika 28:437"),
    traps=(
        _("Merged tickets and spam are not counted."),
        _("Hours and weekdays are those of the workspace's time zone."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Count(),
    time="created",
    key="ticket_id",
    left_out=TICKETS,
)
