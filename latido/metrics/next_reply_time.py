"""Next reply time."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import first_known, flag
from latido.facts.timeline import DONE
from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.rules import TICKETS
from latido.metrics.scope import Scope


def rows(replies: Any, scope: Scope) -> Any:
    """Seconds from the earliest unanswered customer message to the human reply, or to the solve without one."""
    # A wait that a solve released was not answered, or only after it.
    replied, released = scope.seen(replies.replied), scope.seen(replies.released)
    stop = first_known(released, replied, scope.end)
    found = replies.mutate(until=stop, ended=flag(replied.notnull() & released.isnull()))
    return scope.seconds(found.filter(found.asked <= scope.end), "asked", "until", "value")


OPENING = LeftOut("opening", _("waits for the first reply"), lambda t, _s: t.opening)
CLOSING = LeftOut(
    "closing",
    _("a last message after which nothing was to be answered"),
    lambda t, _s: t.replied.isnull() & t.released.isnull() & t.status_now.isin(DONE),
)

NEXT_REPLY_TIME = Metric(
    name="next_reply_time",
    family="service",
    label=_("Next reply time"),
    formula=_(
        "Earliest unanswered customer message → first public human reply after it, for all but a ticket's first reply; "
        "one per stretch of waiting."
    ),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk documentation; Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("A customer's closing “thanks” does not run the clock for ever: the wait stops at the solve."),
        _("Several messages in a row are one wait, from the earliest."),
    ),
    table="reply_facts",
    rows=rows,
    method=Duration(),
    time="asked",
    key="ticket_id",
    left_out=(*TICKETS, OPENING, CLOSING),
    presets=(Preset("every", _("The wait for the first reply counts too."), {"left_out": (*TICKETS, CLOSING)}),),
)
