"""Backlog."""

from __future__ import annotations

from typing import Any

import ibis

from latido.i18n import _
from latido.metrics.methods import Snapshot
from latido.metrics.metric import Metric
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.scope import Scope


def rows(cycles: Any, scope: Scope) -> Any:
    """Unsolved spells that contain the last instant of each period, or of the data."""
    found = scope.crossed(cycles)
    moment = ibis.least(found.ends, scope.end)
    inside = (found.began <= moment) & (found.ended.isnull() | (found.ended > moment))
    return found.filter(inside).mutate(value=ibis.literal(1).cast("int64"))


BACKLOG = Metric(
    name="backlog",
    family="service",
    label=_("Backlog"),
    formula=_("Tickets open at an instant, rebuilt from the history of their statuses; periods are read at their end."),
    unit="tickets",
    better="lower",
    range=(0, float("inf")),
    interval=_("none: all open tickets are counted"),
    source=_("Little (1961), Operations Research 9:383"),
    traps=(_("Daily snapshots lie at midnight: today's status says nothing about yesterday's."),),
    table="cycle_facts",
    rows=rows,
    method=Snapshot(),
    time=None,
    key="ticket_id",
    left_out=(*TICKETS, DATELESS),
)
