"""What moved in a workspace: its last weeks against those before, or any two periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from latido.errors import UsageError
from latido.i18n import _
from latido.insights.moved import Moved
from latido.insights.moved import moved as compared
from latido.insights.moved.moved import BY
from latido.metrics.catalog import METRICS
from latido.metrics.catalog import metric as find
from latido.metrics.measurement import Period
from latido.metrics.periods import floor, local_day, shifted
from latido.workspace import question

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.query import Comparison
    from latido.workspace.question import AsOf, Day, Where
    from latido.workspace.workspace import Workspace

WEEKS = 13


def moved(
    workspace: Workspace,
    metrics: Sequence[str] = (),
    *,
    by: str | Sequence[str] | None = None,
    start: Day = None,
    end: Day = None,
    compare: Comparison = "previous",
    where: Where = None,
    calendar: str | None = None,
    as_of: AsOf = None,
) -> Moved:
    """Compare two periods of a workspace; arguments as for `Workspace.moved`."""
    snapshot = workspace.snapshot(as_of)
    asked = [find(name) for name in metrics] or list(METRICS.values())
    there = [metric for metric in asked if snapshot.rows(metric.table)]
    now = _period(workspace, there, start, end, snapshot.version)
    divided = question.dimensions(by)
    _insist(workspace, there, divided, snapshot.version)
    return compared(
        workspace.tables(snapshot.version), workspace.settings, workspace.execute, now,
        shifted(now, None, compare), metrics=there, by=divided or BY,
        where=question.conditions(where), calendar=calendar or workspace.config.calendar,
    )  # fmt: skip


def _insist(workspace: Workspace, metrics: Sequence[Metric], by: Sequence[str], version: int) -> None:
    """Refuse a dimension that none of the metrics knows; what some of them know, others do without."""
    known = {name for metric in metrics for name in workspace.dimensions(metric, version)} if by else set()
    question.insist(by, known)


def _period(workspace: Workspace, metrics: Sequence[Metric], start: Day, end: Day, version: int) -> Period:
    """The days asked for; the last whole weeks of the data where none are."""
    first, last = question.span(start, end)
    ends = [moment for metric in metrics if (moment := workspace.data_end(metric, version)) is not None]
    if not ends:
        raise UsageError(_("There is nothing to compare yet."), _("Import something first: “latido import --help”."))
    over = local_day(max(ends), workspace.config.time_zone) + timedelta(days=1)
    if first is not None and first >= over:
        raise UsageError(
            _("The data end on {day}: nothing can be compared from {first} on.", day=over - timedelta(days=1),
              first=first),
            _("Choose earlier days, or none."),
        )  # fmt: skip
    whole = floor(over, "week")
    last = last or (whole if first is None or first < whole else first + timedelta(weeks=WEEKS))
    return Period(first or last - timedelta(weeks=WEEKS), last)
