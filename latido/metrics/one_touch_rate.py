"""One-touch rate."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import flag
from latido.i18n import _
from latido.metrics.methods import Share
from latido.metrics.metric import Metric, Preset
from latido.metrics.rules import TICKETS, UNRESOLVED
from latido.metrics.scope import Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """1 where exactly one public agent reply was needed."""
    return tickets.mutate(value=flag(tickets.replies == 1))


def fewer_than_two(tickets: Any, scope: Scope) -> Any:
    """1 where fewer than two were, none included."""
    return tickets.mutate(value=flag(tickets.replies < 2))


ONE_TOUCH_RATE = Metric(
    name="one_touch_rate",
    family="service",
    label=_("One-touch rate"),
    formula=_("Tickets resolved with exactly one public agent reply ÷ resolved tickets × 100."),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson"),
    source=_("Zendesk documentation (one-touch tickets)"),
    traps=(_("A ticket resolved without any reply was not resolved in one touch; Zendesk counts it."),),
    table="ticket_facts",
    rows=rows,
    method=Share(),
    time="solved",
    key="ticket_id",
    left_out=(*TICKETS, UNRESOLVED),
    presets=(
        Preset("zendesk", _("Fewer than two replies, as Zendesk counts: none is enough."), {"rows": fewer_than_two}),
    ),
)
