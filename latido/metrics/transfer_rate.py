"""Transfer rate."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.methods.often import Often
from latido.metrics.metric import Metric
from latido.metrics.rules import TICKETS
from latido.metrics.scope import Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """1 where it happened at all, and how often."""
    times = tickets.transfers.fill_null(0)
    return tickets.mutate(value=flag(times > 0), times=times)


TRANSFER_RATE = Metric(
    name="transfer_rate",
    family="service",
    label=_("Transfer rate"),
    formula=_(
        "Tickets with at least one transfer between agents or teams ÷ tickets × 100; the mean number of transfers "
        "beside it."
    ),
    unit="%",
    better="lower",
    range=(0, 100),
    interval=_("Wilson"),
    source=_("Zendesk documentation"),
    traps=(
        _("The first assignment is not a transfer."),
        _("Where the source states a count of its own, that count is taken."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Often(),
    time="created",
    key="ticket_id",
    left_out=TICKETS,
)
