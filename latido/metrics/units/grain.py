"""What one row is when metrics are put side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from latido.errors import UnknownNameError
from latido.facts.expr import when
from latido.i18n import Message, _
from latido.metrics.scope import Scope
from latido.metrics.where import column, dimensions


@dataclass(frozen=True)
class Grain:
    """What one row is.

    Attributes:
        name: Its identifier.
        label: One of them, for people.
        keys: Columns that name one.
        preset: The kind of survey whose net promoter score fits: kinds are never merged.
    """

    name: str
    label: Message
    keys: tuple[str, ...]
    preset: str

    def keyed(self, rows: Any, scope: Scope) -> Any | None:
        """A metric's rows with this grain's keys as `_key0`, …; None where the metric does not know them."""
        metric = scope.metric
        if self.name == "ticket":
            return _of_ticket(rows)
        if self.name == "customer":
            return rows.mutate(_key0=rows.customer_id) if "customer_id" in rows.columns else None
        if metric.time is None or "team" not in dimensions(rows, metric):
            return None
        # The column of the team is asked for before local time is joined, which copies the rows.
        team = column(rows, metric, "team")
        local = rows if "week" in rows.columns else scope.local(rows, metric.time, ("week",))
        return local.mutate(_key0=local[team], _key1=local.week.cast("string"))


def _of_ticket(rows: Any) -> Any | None:
    """Tickets name themselves; an answer belongs to the ticket that it is about."""
    if "subject_id" in rows.columns:
        about = (rows.subject == "ticket").fill_null(False)
        return rows.mutate(_key0=when(about, rows.subject_id))
    return rows.mutate(_key0=rows.ticket_id) if "ticket_id" in rows.columns else None


GRAINS: dict[str, Grain] = {
    found.name: found
    for found in (
        Grain("ticket", _("ticket"), ("ticket_id",), "transactional"),
        Grain("customer", _("customer"), ("customer_id",), "relationship"),
        Grain("team_week", _("team and week"), ("team", "week"), "transactional"),
    )
}


def grain(name: str) -> Grain:
    """The grain of this name.

    Raises:
        UnknownNameError: There is none; names the nearest.
    """
    if name not in GRAINS:
        raise UnknownNameError.among(_("grain"), name, GRAINS)
    return GRAINS[name]
