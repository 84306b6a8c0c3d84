"""First-contact resolution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from latido.errors import UsageError
from latido.facts.expr import first_known, flag
from latido.facts.tickets import LONGEST
from latido.i18n import _
from latido.metrics.methods import Duration
from latido.metrics.methods.shares import percent
from latido.metrics.metric import LeftOut, Metric
from latido.metrics.resolution_time import rows as resolution_rows
from latido.metrics.rules import DATELESS, TICKETS
from latido.metrics.scope import Scope
from latido.model.calendar import DAY
from latido.stats.estimate import Estimate
from latido.stats.shares import wilson

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ResolvedAtOnce(Duration):
    """The share, and beside it what a share hides: p90 resolution time and the share unresolved after it."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        return {**super().sums(rows, scope), "at_once": ibis.ifelse(rows.value.notnull(), rows.at_once, 0).sum()}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        curve, days = self.curve(frame, scope), scope.settings.first_contact_days
        return {
            "value": self.main(frame, scope),
            "p90_resolution": curve.quantile(0.9),
            f"unresolved_after_{days}d": percent(curve.at(days * DAY)),
        }

    def main(self, frame: pd.DataFrame, scope: Scope) -> Estimate:
        n, at_once = float(frame["n"].sum()), float(frame["at_once"].sum())
        return percent(wilson(at_once, n, scope.query.confidence))


def rows(tickets: Any, scope: Scope) -> Any:
    """Resolution times, and 1 where it was resolved, stayed so, and the customer did not come back."""
    found = resolution_rows(tickets, scope)
    solved, days = scope.seen(found.solved), scope.settings.first_contact_days
    if days > LONGEST:
        raise UsageError(_("first_contact_days is {days}; it can be {longest} at most.", days=days, longest=LONGEST))
    again = found.next_contact.epoch_seconds() <= solved.epoch_seconds() + days * DAY
    return found.mutate(at_once=flag(solved.notnull() & (found.reopens.fill_null(0) == 0) & ~again.fill_null(False)))


def _too_young(tickets: Any, scope: Scope) -> Any:
    since = first_known(scope.seen(tickets.solved), tickets.created)
    return since.epoch_seconds() + scope.settings.first_contact_days * DAY > scope.end.epoch_seconds()


FIRST_CONTACT_RESOLUTION = Metric(
    name="first_contact_resolution",
    family="service",
    label=_("First-contact resolution"),
    formula=_(
        "Tickets resolved, not reopened, and without a new contact of the same customer on the same topic within 7 "
        "days ÷ tickets old enough to know × 100. Shown with p90 resolution time and the share unresolved."
    ),
    unit="%",
    better="higher",
    range=(0, 100),
    interval=_("Wilson"),
    source=_("SQM Group; ISO 18295-1 (resolution at first contact)"),
    traps=(
        _("A ticket younger than 7 days is unknown, not a success."),
        _("An unresolved ticket is a failure once it is old enough to know."),
    ),
    table="ticket_facts",
    rows=rows,
    method=ResolvedAtOnce(),
    time="created",
    key="ticket_id",
    left_out=(*TICKETS, DATELESS, LeftOut("too_young", _("too young to know"), _too_young)),
    unsettled=True,
)
