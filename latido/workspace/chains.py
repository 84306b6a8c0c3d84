"""The chain of a workspace, and how a change is written that somebody asks the worth of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from latido.config.values import SettingError, seconds
from latido.errors import UsageError
from latido.i18n import _
from latido.insights.chain import Chained, Source, declaration
from latido.insights.chain import chain as estimated
from latido.metrics.measurement import Period
from latido.metrics.methods import Duration
from latido.metrics.periods import local_day
from latido.metrics.units import variable
from latido.stats.composites import NotConvergedError
from latido.workspace import question

if TYPE_CHECKING:
    from latido.stats.chain import Outer
    from latido.workspace.question import AsOf, Day, Where
    from latido.workspace.workspace import Workspace

HOUR = 3600.0
FIRST, LAST = date(1970, 1, 1), date(2100, 1, 1)
OUTERS: tuple[Outer, ...] = ("unit", "pls")


class Change(NamedTuple):
    """A change as `Chained.worth` takes it: a metric, and how much in its unit."""

    metric: str
    amount: float


def chain(
    workspace: Workspace,
    outer: Outer = "unit",
    *,
    start: Day = None,
    end: Day = None,
    where: Where = None,
    calendar: str | None = None,
    as_of: AsOf = None,
) -> Chained:
    """Estimate a workspace's chain; arguments as for `Workspace.chain`."""
    if outer not in OUTERS:
        raise UsageError(_("Metrics of one link are weighted by “unit” or “pls”, not “{outer}”.", outer=outer))
    snapshot = workspace.snapshot(as_of)
    first, last = question.span(start, end)
    source = Source(
        workspace.tables(snapshot.version), workspace.settings, workspace.execute,
        where=question.conditions(where), calendar=calendar or workspace.config.calendar,
    )  # fmt: skip
    if first or last:
        source = replace(source, span=Period(first or FIRST, last or _day_after(workspace, snapshot.version)))
    try:
        return estimated(source, declaration(workspace.config.chain), outer)
    except NotConvergedError:
        raise UsageError(
            _("Partial least squares finds no weights for these data."),
            _("Weight the metrics of a link alike: “unit”."),
        ) from None


def change(text: str) -> Change:
    """A change as people write it: `first_reply_time=-1h`, `resolution_time=-30min`, `transfer_rate.times=-0.05`.

    Raises:
        UnknownNameError: There is no such metric; names the nearest.
        UsageError: It does not say by how much.
    """
    name, sign, amount = (part.strip() for part in text.partition("="))
    if not sign:
        raise UsageError(_("“{text}” does not say by how much.", text=text), _("Write it as first_reply_time=-1h."))
    return Change(*_read(name, amount.replace("−", "-")))


def _read(name: str, amount: str) -> tuple[str, float]:
    """A span of time is one of hours; a number is in the metric's own unit."""
    found = variable(name)
    try:
        return name, float(amount.replace(",", "."))
    except ValueError:
        if not isinstance(found.metric.method, Duration):
            raise _unread(amount) from None
    less = amount.startswith("-")
    try:
        hours = seconds(amount.lstrip("+-").strip()) / HOUR
    except SettingError:
        raise _unread(amount) from None
    return (name if found.reading == "hours" else f"{name}.hours"), -hours if less else hours


def _unread(amount: str) -> UsageError:
    return UsageError(
        _("“{amount}” is not a change.", amount=amount),
        _("Write a time as -1h or -30min, anything else as a number: -0.1."),
    )


def _day_after(workspace: Workspace, version: int) -> date:
    """The day after the last of the tickets."""
    end = workspace.data_end(variable("ticket_volume").metric, version)
    return local_day(end, workspace.config.time_zone) + timedelta(days=1) if end else LAST
