"""Backlog."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import ibis

from latido.i18n import _
from latido.metrics.methods import Snapshot
from latido.metrics.metric import Metric
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.scope import Scope

MOST = 60  # instants that are looked for one by one


def rows(cycles: Any, scope: Scope) -> Any:
    """Unsolved spells that contain the last instant of each period, or of the data."""
    found = scope.crossed(_ever_open(cycles, scope))
    moment = ibis.least(found.ends, scope.end)
    return found.filter(_open_at(found, moment)).mutate(value=ibis.literal(1).cast("int64"))


def _ever_open(cycles: Any, scope: Scope) -> Any:
    """The spells that contain any of the instants: few of all, and only these are set beside each period."""
    instants = sorted({min(end, scope.data_end) for end in scope.period_ends})
    if not 0 < len(instants) <= MOST:
        return cycles
    moments = [ibis.literal(instant).cast("timestamp(6)") for instant in instants]
    return cycles.filter(reduce(or_, [_open_at(cycles, moment) for moment in moments]))


def _open_at(cycles: Any, moment: Any) -> Any:
    return (cycles.began <= moment) & (cycles.ended.isnull() | (cycles.ended > moment))


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
