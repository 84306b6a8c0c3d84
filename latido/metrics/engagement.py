"""Engagement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import digest
from latido.i18n import _
from latido.metrics.methods.shares import known
from latido.metrics.metric import Method, Metric
from latido.metrics.scope import Scope
from latido.stats.counts import poisson
from latido.stats.estimate import Estimate
from latido.stats.means import mean

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Period

WEEK = 7
COUNTED = ("k", "days", "weeks")  # of each active customer
ENDS = (("activity_facts", "occurred"),)


@dataclass(frozen=True)
class Active(Method):
    """Active customers; how often they came; the share of days and weeks on which they did."""

    def folded(self, rows: Any, by: list[str]) -> Any:
        """One row per customer: interactions, days and weeks with any.

        Step by step, since a count of distinct days keeps a set of them for every customer.
        """
        counted = rows.filter(rows.value.notnull()).mutate(_customer=digest(rows.customer_id))
        daily = counted.group_by([*by, "_customer", "day_number", "week_number"]).agg(k=lambda t: t.count())
        weekly = daily.group_by([*by, "_customer", "week_number"]).agg(k=daily.k.sum(), days=daily.count())
        return weekly.group_by([*by, "_customer"]).agg(
            k=weekly.k.sum(), days=weekly["days"].sum(), weeks=weekly.count()
        )

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        powers = {f"{c}_{power}": rows[c].cast("float64") ** power for c in COUNTED for power in (1, 2, 3)}
        return {"n": rows.count(), **{name: power.sum() for name, power in powers.items()}}

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        row, confidence = frame.iloc[0], scope.query.confidence
        n = float(row["n"])
        sums = {c: [known(row[f"{c}_{power}"]) for power in (1, 2, 3)] for c in COUNTED}
        often = {c: mean(n, s, squares, confidence, cubes=cubes) for c, (s, squares, cubes) in sums.items()}
        length = _days(frame, scope)
        return {
            "value": poisson(n, confidence),
            "interactions": often["k"],
            "active_days": often["days"].scaled(100 / length),
            "active_weeks": often["weeks"].scaled(100 * WEEK / max(length, WEEK)),
        }


def _days(frame: pd.DataFrame, scope: Scope) -> int:
    """Days of the period that the group lies in."""
    spans: tuple[Period, ...] = scope.periods
    if "period" in frame.columns and len(frame):
        first = frame["period"].iloc[0]
        start = first.date() if hasattr(first, "date") else first
        spans = tuple(p for p in spans if p.start == start)
    if not spans:
        return max((scope.data_end.date() - scope.first_day).days + 1, 1)
    return (spans[0].end - spans[0].start).days


def rows(activities: Any, scope: Scope) -> Any:
    """Every interaction, with its local day and week."""
    found = activities.filter(activities.occurred <= scope.end)
    found = scope.local(found, "occurred", ("day", "week"))
    found = found.mutate(day_number=found.day, week_number=found.week).drop("day", "week")
    return found.mutate(value=ibis.literal(1).cast("int64"))


ENGAGEMENT = Metric(
    name="engagement",
    family="interaction",
    label=_("Engagement"),
    formula=_(
        "Active customers of the period; interactions per active customer; the mean share of days and of weeks on "
        "which an active customer came (daily ÷ monthly active customers)."
    ),
    unit="customers",
    better="higher",
    range=(0, float("inf")),
    interval=_("Poisson, exact; t-interval of the means"),
    source=_("Garwood (1936), Biometrika 28:437"),
    traps=(_("Visitors whom nobody knows are not customers."), _("One customer on three channels is one customer.")),
    table="activity_facts",
    rows=rows,
    method=Active(),
    time="occurred",
    key="activity_id",
    ends=ENDS,
)
