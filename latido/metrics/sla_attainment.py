"""Attainment of service-level agreements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import ibis

from latido.facts.expr import first_known, flag, union_all, when
from latido.i18n import _
from latido.metrics.methods import Share
from latido.metrics.metric import LeftOut, Metric, Preset
from latido.metrics.rules import TICKETS
from latido.metrics.scope import Scope
from latido.metrics.settings import Promise

CARRIED = (
    "ticket_id", "channel", "topic", "subtopic", "product", "brand", "priority", "team", "agent_id", "segment",
    "country", "region", "language", "plan", "merged", "spam", "status", "status_now",
)  # fmt: skip
CLOCKS = {
    "first_reply": ("ticket_facts", "created", "first_reply", "first_reply_target"),
    "next_reply": ("reply_facts", "asked", "replied", "next_reply_target"),
    "resolution": ("ticket_facts", "created", "solved", "resolution_target"),
}


def rows(tickets: Any, scope: Scope) -> Any:
    """One row per clock: 1 where it stopped in time, 0 where it did not or still runs beyond its target."""
    return union_all([_clock(name, scope, tickets.columns) for name in CLOCKS])


def one_clock(name: str) -> Any:
    """Rows of a single clock."""
    return lambda tickets, scope: _clock(name, scope, tickets.columns)


def reported(tickets: Any, scope: Scope) -> Any:
    """The verdict that the source itself states."""
    return tickets.mutate(value=when(tickets.sla_met.notnull(), flag(tickets.sla_met)), began=tickets.created)


def _clock(name: str, scope: Scope, columns: tuple[str, ...]) -> Any:
    table, start, stop, target = CLOCKS[name]
    found = scope.tables[table]
    found = found.filter(~found.opening) if name == "next_reply" else found
    extra = [c for c in columns if c.startswith("x_") and c in found.columns]
    stopped, released = scope.seen(found[stop]), scope.seen(_released(found, name))
    if name == "next_reply":
        stopped = when(released.isnull(), stopped)
    found = found.select(
        *CARRIED, *extra, began=found[start], stopped=stopped, own_target=found[target], released=released
    )
    until = first_known(found.stopped, found.released, scope.end)
    found = found.filter(found.began <= scope.end).mutate(clock=ibis.literal(name), until=until)
    return _judged(found, scope, [p for p in scope.settings.promises if p.clock == name])


def _released(found: Any, clock: str) -> Any:
    """Where a clock stops without having been answered: at the solve, or where it was closed unsolved."""
    if clock == "next_reply":
        return found.released
    return first_known(found.solved, found.closed) if clock == "first_reply" else found.closed


def _judged(found: Any, scope: Scope, promises: Sequence[Promise]) -> Any:
    """The ticket's own target counts before any promise, and the first promise that covers it before later ones."""
    own, usual = found.own_target.notnull(), scope.metric.calendar or scope.query.calendar
    clocks = list(dict.fromkeys([usual, *(p.calendar or usual for p in promises)]))
    covers = [(_matches(found, p), p) for p in promises]
    number, text = ibis.null("float64"), ibis.null("string")
    found = found.mutate(
        target=ibis.cases((own, found.own_target), *((m, float(p.target)) for m, p in covers), else_=number),
        promise=ibis.cases((own, text), *((m, p.name) for m, p in covers), else_=text),
        timed=ibis.cases((own, 0), *((m, clocks.index(p.calendar or usual)) for m, p in covers), else_=0).cast("int64"),
    )
    for i, calendar in enumerate(clocks):
        found = scope.seconds(found, "began", "until", f"spent_{i}", calendar)
    spent = ibis.cases(*((found["timed"] == i, found[f"spent_{i}"].cast("int64")) for i in range(len(clocks))))
    found = found.mutate(spent=when(found.target.notnull(), spent))
    late, in_time = found.spent > found.target, found.stopped.notnull() & found.target.notnull()
    verdict = ibis.cases((late.fill_null(False), 0), (in_time, 1), else_=ibis.null("int64"))
    return found.mutate(value=verdict.cast("int64")).drop("until", "timed", *(f"spent_{i}" for i in range(len(clocks))))


def _matches(rows: Any, promise: Promise) -> Any:
    tests = [rows[_column(rows, name)].isin(list(values)).fill_null(False) for name, values in promise.where.items()]
    return reduce(lambda a, b: a & b, tests) if tests else ibis.literal(True)


def _column(rows: Any, name: str) -> str:
    return name if name in rows.columns else f"x_{name}"


NO_TARGET = LeftOut("no_target", _("no agreement applies"), lambda t, _s: t.target.isnull())
RUNNING = LeftOut("running", _("still within its target"), lambda t, _s: t.value.isnull())
SILENT = LeftOut("silent", _("the source does not say"), lambda t, _s: t.value.isnull())

SLA_ATTAINMENT = Metric(
    name="sla_attainment",
    family="service",
    label=_("SLA attainment"),
    formula=_(
        "Service-level clocks (first reply, next reply, resolution) met ÷ clocks decided × 100, with the target that "
        "applied to the ticket and in the calendar of the agreement."
    ),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson; the clocks of one ticket by their design effect"),
    source=_("ITIL 4, service level management; Zendesk documentation (SLA policies)"),
    traps=(
        _("An open clock past its target is already a breach."),
        _("An open clock within its target is not decided yet."),
        _("The target is the one at the time it applied, not today's."),
    ),
    table="ticket_facts",
    rows=rows,
    method=Share(cluster="ticket_id"),
    time="began",
    key="ticket_id",
    left_out=(*TICKETS, NO_TARGET, RUNNING),
    presets=(
        Preset(
            "reported",
            _("The verdict that the help desk itself states."),
            {"rows": reported, "left_out": (*TICKETS, SILENT)},
        ),
        *(Preset(c, _("This clock only."), {"rows": one_clock(c)}) for c in CLOCKS),
    ),
)
