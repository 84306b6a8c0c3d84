"""Seconds that tickets spend in some of their statuses, in any calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis

from latido.facts.expr import first_known, flag, join_columns, seconds
from latido.metrics.scope import ALWAYS, Scope


def status_rows(column: str, *statuses: str) -> Callable[[Any, Scope], Any]:
    """Rows for the time in `statuses`; `column` holds it in plain seconds up to the present status.

    The time of a ticket that is not resolved yet is censored: it goes on.
    """

    def rows(tickets: Any, scope: Scope) -> Any:
        tickets = tickets.filter(tickets.created <= scope.end)
        finished = scope.seen(tickets.solved).notnull() | scope.seen(tickets.closed).notnull()
        tickets = tickets.mutate(ended=flag(finished))
        plain = scope.query.calendar == ALWAYS and not scope.cut
        return _plain(tickets, scope, column, statuses) if plain else _from_spells(tickets, scope, statuses)

    return rows


def _plain(tickets: Any, scope: Scope, column: str, statuses: tuple[str, ...]) -> Any:
    running = tickets.status_now.isin(statuses)
    now = ibis.ifelse(running, seconds(tickets.status_since, scope.end), 0)
    return tickets.mutate(value=tickets[column] + now)


def _from_spells(tickets: Any, scope: Scope, statuses: tuple[str, ...]) -> Any:
    spells = scope.tables["status_facts"]
    spells = spells.filter(spells.status.isin(statuses) & (spells.began <= scope.end))
    if scope.begin is not None:
        # No ticket has a spell before its creation: what began earlier is of none that is asked about.
        spells = spells.filter(spells.began >= scope.begin)
    spells = spells.mutate(until=first_known(scope.seen(spells.ended), scope.end))
    spells = scope.seconds(spells, "began", "until", "spent")
    sums = spells.group_by("ticket_id").agg(value=spells.spent.sum())
    joined = join_columns(tickets, sums, "ticket_id", {"value": "value"})
    return joined.mutate(value=joined.value.fill_null(0).cast("int64"))
