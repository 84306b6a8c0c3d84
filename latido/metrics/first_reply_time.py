"""First reply time."""

from __future__ import annotations

from typing import Any

import ibis

from latido.facts.expr import first_known, flag, join_columns
from latido.facts.timeline import valid_events
from latido.i18n import _
from latido.metrics.methods import Duration, Mean
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.rules import TICKETS
from latido.metrics.scope import ALWAYS, Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """Seconds to the first public human reply; until the ticket's end, or the data's, where there is none."""
    return _until(tickets, tickets.first_reply, scope)


def with_bots(tickets: Any, scope: Scope) -> Any:
    """Seconds to the first public reply of an agent or a bot, whichever comes first."""
    events = valid_events(scope.tables)
    spoken = events.filter((events.kind == "message") & events.public.fill_null(True) & (events.author_role == "bot"))
    first = spoken.group_by("ticket_id").agg(bot_reply=spoken.occurred.min())
    found = join_columns(tickets, first, "ticket_id", {"bot_reply": "bot_reply"})
    bot, human = found.bot_reply, found.first_reply
    return _until(found, ibis.least(first_known(bot, human), first_known(human, bot)), scope)


def _until(tickets: Any, reply: Any, scope: Scope) -> Any:
    replied = scope.seen(reply)
    stop = first_known(replied, scope.seen(tickets.solved), scope.seen(tickets.closed), scope.end)
    tickets = tickets.mutate(until=stop, ended=flag(replied.notnull()))
    return scope.seconds(tickets.filter(tickets.created <= scope.end), "created", "until", "value")


UNREPLIED = LeftOut("unreplied", _("without a reply"), lambda t, _s: t.ended == 0)
OUTBOUND = LeftOut(
    "outbound", _("opened by an agent"), lambda t, _s: t.proactive | (t.opened_by == "agent").fill_null(False)
)

FIRST_REPLY_TIME = Metric(
    name="first_reply_time",
    family="service",
    label=_("First reply time"),
    formula=_(
        "Ticket created → first public reply by a human agent; where an agent opened the ticket publicly, the second "
        "public agent message. Median and p90 by Kaplan–Meier: who still waits is counted as waiting."
    ),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk and Intercom documentation; Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("A bot's answer, or a private note, is not a reply."),
        _("Tickets without a reply yet are censored at the data's end, not dropped."),
        _("An agent who was demoted later was an agent when replying."),
        _("Team and agent are those at the reply."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Duration(),
    time="created",
    key="ticket_id",
    left_out=TICKETS,
    aliases={"team": "reply_team", "agent_id": "reply_agent"},
    presets=(
        Preset(
            "zendesk",
            _(
                "Zendesk's first reply time in calendar hours: only tickets that have a reply, around the clock "
                "whatever calendar is chosen."
            ),
            {"calendar": ALWAYS, "left_out": (*TICKETS, UNREPLIED)},
        ),
        Preset(
            "replied",
            _(
                "Over the tickets that have a reply, in the calendar that is chosen, as Zendesk's business hours and "
                "most tools do: who still waits is dropped, so it is too short."
            ),
            {"left_out": (*TICKETS, UNREPLIED)},
        ),
        Preset(
            "mean",
            _("The mean over the tickets that have a reply, as many dashboards show it: a few long waits carry it."),
            {"method": Mean(), "interval": _("t-interval of the mean"), "left_out": (*TICKETS, UNREPLIED)},
        ),
        Preset(
            "inbound",
            _("Without the tickets that an agent opened, as tools do that time only what customers begin."),
            {"left_out": (*TICKETS, OUTBOUND)},
        ),
        Preset(
            "with_bots",
            _("A bot's public answer counts as a reply, as in tools where bots write from an agent's account."),
            {"rows": with_bots},
        ),
    ),
)
