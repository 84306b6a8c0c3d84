"""What goes together in a workspace: tickets, customers, or teams week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from latido.errors import UsageError
from latido.i18n import _
from latido.insights.correlation import Correlations, correlation, usual
from latido.insights.correlation.usual import WITHIN
from latido.metrics.measurement import Period
from latido.metrics.periods import floor, local_day
from latido.metrics.units import grain as find_grain
from latido.metrics.units import variable
from latido.stats.lags import WEEKS
from latido.workspace import question

if TYPE_CHECKING:
    from latido.metrics.query import Condition
    from latido.metrics.units import Grain, Variable
    from latido.workspace.question import AsOf, Day, Where
    from latido.workspace.workspace import Workspace

FOLLOWED = timedelta(weeks=13)  # for so long those are looked for who leave
FEWEST_FOLLOWED = timedelta(weeks=4)
_YEARS = timedelta(weeks=104)  # of teams week by week
_FIRST = date(1970, 1, 1)


def correlate(
    workspace: Workspace,
    metrics: Sequence[str] = (),
    *,
    grain: str = "ticket",
    start: Day = None,
    end: Day = None,
    where: Where = None,
    calendar: str | None = None,
    as_of: AsOf = None,
    lags: bool | Sequence[int] = False,
) -> Correlations:
    """Put metrics side by side, each with each.

    Args:
        workspace: The workspace.
        metrics: Their names, with readings (`csat.score`, `first_reply_time.hours`); the usual ones that there are
            data for where none is named.
        grain: What one row is: `ticket`, `customer`, or `team_week`.
        start: First local day; without days all data, of teams the last two years.
        end: Local day after the last one. Who left is looked for in the 13 weeks after it.
        where: Filters, as for `measure`; usual metrics that do not know one are left out.
        calendar: Business calendar of durations; else the workspace's.
        as_of: The state of the data.
        lags: Weeks by which the second of a pair is moved, at the grain `team_week`; True for −8…8.

    Raises:
        UnknownNameError: There is no such metric, reading or grain.
        UsageError: One metric alone, one that the grain does not know, lags at a grain without weeks, or no data.
    """
    at = find_grain(grain)
    version = workspace.snapshot(as_of).version
    conditions = question.conditions(where)
    moved = _lags(at, lags)
    asked = [variable(name, at) for name in dict.fromkeys(metrics)]
    if len(asked) == 1:
        raise UsageError(_("One metric alone goes with nothing: name at least two, or none for the usual ones."))
    there = asked or _there(workspace, at, conditions, version)
    if len(there) < 2:
        raise UsageError(_("There is nothing to compare yet."), _("Import something first: “latido import --help”."))
    span, after = _spans(workspace, at, there, question.span(start, end), version)
    waiting = () if after else tuple(each for each in there if each.follows)
    if waiting and asked:
        raise UsageError(
            _("Who left is looked for in the 13 weeks after the days that are looked at, and the data end too soon."),
            _("Let the days end earlier."),
        )
    there = [each for each in there if each not in waiting]
    found = correlation(
        workspace.tables(version), workspace.settings, workspace.execute, at, there, span=span, after=after,
        where=conditions, calendar=calendar or workspace.config.calendar, lags=moved,
        dimensions=[name for name in WITHIN[at.name] if _all_know(workspace, there, name, version)],
    )  # fmt: skip
    return replace(found, waiting=waiting)


def _lags(at: Grain, lags: bool | Sequence[int]) -> tuple[int, ...]:
    moved = WEEKS if lags is True else tuple(lags or ())
    if moved and at.name != "team_week":
        raise UsageError(
            _("Only weeks come one after another: {grain} has no lags.", grain=at.label),
            _("Choose the grain team_week."),
        )
    return moved


def _there(workspace: Workspace, at: Grain, where: Sequence[Condition], version: int) -> list[Variable]:
    """The usual metrics that the data have, and that know all filters."""
    snapshot = workspace.snapshot(version)
    usually = [variable(name, at) for name in usual(at)]
    return [
        each
        for each in usually
        if snapshot.rows(each.metric.table)
        and all(condition.dimension in workspace.dimensions(each.metric, version) for condition in where)
    ]


def _all_know(workspace: Workspace, variables: Sequence[Variable], name: str, version: int) -> bool:
    return all(name in workspace.dimensions(each.metric, version) for each in variables)


def _spans(
    workspace: Workspace, at: Grain, variables: Sequence[Variable], asked: tuple[date | None, date | None], version: int
) -> tuple[Period | None, Period | None]:
    """The days that are looked at, and those after them; none where the data do not reach so far."""
    first, last = asked
    ends = [moment for each in variables if (moment := workspace.data_end(each.metric, version)) is not None]
    if not ends:
        raise UsageError(_("There is nothing to compare yet."), _("Import something first: “latido import --help”."))
    over = local_day(max(ends), workspace.config.time_zone) + timedelta(days=1)
    if at.name == "team_week":
        whole = floor(last or over, "week")
        return Period(_monday(first) if first else whole - _YEARS, whole), None
    follows = any(each.follows for each in variables)
    if not (first or last or follows):
        return None, None
    early = over - FOLLOWED  # the latest days after which who left can be counted
    last = last or (early if follows and not (first and first >= early) else over)
    after = Period(last, min(last + FOLLOWED, over)) if follows and last + FEWEST_FOLLOWED <= over else None
    return Period(first or _FIRST, last), after


def _monday(day: date) -> date:
    """The first Monday from a day on."""
    begun = floor(day, "week")
    return begun if begun == day else begun + timedelta(weeks=1)
