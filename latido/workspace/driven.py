"""The drivers of an outcome in a workspace: what stands behind the names, and which days are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta
from typing import TYPE_CHECKING

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _
from latido.insights.drivers import Asked, Explained, Missing, candidates, fitting_grain
from latido.insights.drivers import drivers as explained
from latido.metrics.measurement import Period
from latido.metrics.periods import local_day
from latido.metrics.units import Variable, variable
from latido.metrics.units import grain as find_grain
from latido.metrics.units.variable import QUESTION
from latido.workspace import question

if TYPE_CHECKING:
    from latido.store.snapshot import Snapshot
    from latido.workspace.question import AsOf, Day, Where
    from latido.workspace.workspace import Workspace

FOLLOW = 183  # days: half a year
RULES: tuple[Missing, ...] = ("complete", "mean")


def drivers(
    workspace: Workspace,
    outcome: str,
    of: str | Sequence[str] = (),
    *,
    grain: str | None = None,
    by: str | None = None,
    what_if: Mapping[str, float] | None = None,
    missing: str = "complete",
    start: Day = None,
    end: Day = None,
    follow: int = FOLLOW,
    where: Where = None,
    calendar: str | None = None,
    as_of: AsOf = None,
) -> Explained:
    """The drivers of an outcome, from all data unless days are given.

    Args:
        workspace: Whose.
        outcome: A metric as it counts in one row: `nps.score` (0–10), `nps` (points), `csat.score`, `ces`,
            `churn_rate`, `clv`, `question:<wording>`, or any other.
        of: Drivers, likewise: `"ces,first_reply_time"` or a list; where none is named, the work on tickets, what
            customers felt before, and ratings, as far as half of the outcome's rows know them. A duration counts in
            doublings of 1 hour + the wait; `.hours` in hours.
        grain: What one row is: `ticket`, `customer`, `team_week`; else the ticket where it knows the outcome.
        by: A dimension: whether drivers weigh differently by it.
        what_if: Driver → by how much it changes; `{"first_reply_time.hours": -1}`.
        missing: `complete` leaves out rows in which a driver is not known, `mean` sets what is missing to the mean.
        start: First local day.
        end: Local day after the last; of an outcome that follows (churn), the day on which following begins.
        follow: For how many days; half a year unless said.
        where: Filters, as for `measure`; all columns must know them.
        calendar: Of durations; None for the workspace's.
        as_of: The data as they were.

    Raises:
        UsageError: More than 20 drivers, too few rows, or something that the grain does not know.
    """
    if missing not in RULES:
        raise UnknownNameError.among(_("rule for what is missing"), missing, RULES)
    snapshot = workspace.snapshot(as_of)
    tables = workspace.tables(snapshot.version)
    texts = names(of)
    at = find_grain(grain) if grain else fitting_grain(outcome, texts, tables, workspace.settings, workspace.execute)
    wanted = variable(outcome, at)
    drivers = [variable(text, at) for text in texts] or candidates(wanted, at, tables, workspace.execute)
    conditions = question.conditions(where)
    asked_of = {*(each.dimension for each in conditions), *([by] if by else [])}
    question.insist(asked_of, workspace.dimensions(wanted.metric, snapshot.version))
    known = drivers if texts else [each for each in drivers if _knows(workspace, each, asked_of, snapshot)]
    span, after = _days(workspace, wanted, question.span(start, end), follow, snapshot.version)
    return explained(
        tables, workspace.settings, workspace.execute, wanted, known, at=at,
        asked=Asked(_rule(missing), what_if, by), named_by_person=bool(texts), span=span, after=after,
        where=conditions, calendar=calendar or workspace.config.calendar,
    )  # fmt: skip


def _knows(workspace: Workspace, each: Variable, dimensions: Set[str], snapshot: Snapshot) -> bool:
    """Whether there are rows of a driver, and it knows what is filtered and compared by."""
    if not snapshot.rows(each.metric.table):
        return False
    return not dimensions or dimensions <= set(workspace.dimensions(each.metric, snapshot.version))


def names(of: str | Sequence[str]) -> list[str]:
    """Drivers as people write them: `"ces,first_reply_time"` or a list; the wording of a question may have commas."""
    texts = [of] if isinstance(of, str) else of
    parts = [[text] if text.strip().startswith(QUESTION) else text.split(",") for text in texts]
    return [part.strip() for each in parts for part in each if part.strip()]


def changes(texts: Sequence[str]) -> dict[str, float]:
    """Drivers and by how much they change: `first_reply_time.hours=-1`.

    Raises:
        UsageError: A text that does not say by how much.
    """
    told: dict[str, float] = {}
    for text in texts:
        driver, _sign, by = text.rpartition("=")
        try:
            told[driver.strip()] = float(by)
        except ValueError:
            driver = ""
        if not driver:
            raise UsageError(
                _("“{text}” does not say by how much.", text=text),
                _("Write it as first_reply_time.hours=-1, and the driver's name as after --of."),
            )
    return told


def _rule(text: str) -> Missing:
    return "mean" if text == "mean" else "complete"


def _days(
    workspace: Workspace, outcome: Variable, asked: tuple[date | None, date | None], follow: int, version: int
) -> tuple[Period | None, Period | None]:
    """The days that are looked at, and those that follow them, within the data."""
    start, end = asked
    if not outcome.follows:
        return (Period(start or date(1970, 1, 1), end or date(2100, 1, 1)), None) if start or end else (None, None)
    moment = workspace.data_end(outcome.metric, version)
    if moment is None:
        raise UsageError(_("There are no contracts: who left is not known."), _("Import subscriptions first."))
    fits = local_day(moment, workspace.config.time_zone) + timedelta(days=1 - follow)
    last = end or fits
    if last > fits or (start and start >= last):
        raise UsageError(
            _("Who leaves is looked for in the {days} days that follow, and the data end too soon.", days=follow),
            _("Let the days that are looked at end by {day}, or follow for a shorter time.", day=fits),
        )
    return Period(start or date(1970, 1, 1), last), Period(last, last + timedelta(days=follow))
