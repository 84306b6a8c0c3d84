"""Resolution time."""

from __future__ import annotations

from typing import Any

from latido.facts.expr import first_known, flag
from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.metric import Metric, Preset
from latido.metrics.rules import DATELESS, TICKETS, UNRESOLVED
from latido.metrics.scope import Scope


def rows(tickets: Any, scope: Scope) -> Any:
    """Seconds to the last solve; until it was closed unsolved, or the data's end, where there is none."""
    return _until(tickets, tickets.solved, scope)


def to_first_solve(tickets: Any, scope: Scope) -> Any:
    """Seconds to the first solve, whatever came after."""
    return _until(tickets, tickets.first_solved, scope)


def per_cycle(cycles: Any, scope: Scope) -> Any:
    """Seconds of each unsolved spell, from creation or reopening to the solve that ended it."""
    solved = scope.seen(cycles.solved)
    stop = first_known(solved, scope.seen(cycles.ended), scope.end)
    found = cycles.mutate(until=stop, ended=flag(solved.notnull()))
    return scope.seconds(found.filter(found.began <= scope.end), "began", "until", "value")


def _until(tickets: Any, solve: Any, scope: Scope) -> Any:
    solved = scope.seen(solve)
    stop = first_known(solved, scope.seen(tickets.closed), scope.end)
    tickets = tickets.mutate(until=stop, ended=flag(solved.notnull()))
    return scope.seconds(tickets.filter(tickets.created <= scope.end), "created", "until", "value")


RESOLUTION_TIME = Metric(
    name="resolution_time",
    family="service",
    label=_("Resolution time"),
    formula=_(
        "Ticket created → last solve. Median and p90 by Kaplan–Meier: open tickets are censored at the data's end, "
        "tickets closed without a solve at their closing."
    ),
    unit="s",
    better="lower",
    range=(0, float("inf")),
    interval=_("Kaplan–Meier, log-log band"),
    source=_("Zendesk documentation (full resolution time); Kaplan & Meier (1958), JASA 53:457"),
    traps=(
        _("A reopened ticket is resolved at its last solve, or not at all."),
        _("Automatic closing days after the solve is not the solve."),
        _("A solve in the future has not happened."),
        _("Dropping open tickets makes a slow team look fast."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Duration(),
    time="created",
    key="ticket_id",
    left_out=(*TICKETS, DATELESS),
    presets=(
        Preset("first_solve", _("To the first solve, whatever came after."), {"rows": to_first_solve}),
        Preset(
            "per_cycle", _("One time per unsolved spell: creation or reopening → solve."),
            {"rows": per_cycle, "table": "cycle_facts", "time": "began"},
        ),
        Preset(
            "finished",
            _("Over the resolved tickets only, as most tools do: open tickets are dropped, so it is too short."),
            {"left_out": (*TICKETS, DATELESS, UNRESOLVED)},
        ),
    ),
)  # fmt: skip
