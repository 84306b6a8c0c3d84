"""A survey metric of a workspace, raw and weighted for who did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, get_args

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _
from latido.insights.nonresponse import METRICS, Nonresponse
from latido.insights.nonresponse import nonresponse as computed
from latido.insights.nonresponse.nonresponse import BY, CAP, Whom
from latido.metrics.catalog import metric as find
from latido.metrics.measurement import Period, refuse_protected
from latido.metrics.periods import shifted
from latido.metrics.response_rate import RESPONSE_RATE
from latido.workspace import question

if TYPE_CHECKING:
    from latido.metrics.query import Comparison
    from latido.workspace.question import AsOf, Day, Where
    from latido.workspace.workspace import Workspace


def nonresponse(
    workspace: Workspace,
    metric: str,
    *,
    by: str | Sequence[str] | None = None,
    start: Day = None,
    end: Day = None,
    where: Where = None,
    compare: Comparison | None = None,
    calendar: str | None = None,
    cap: float = CAP,
    whom: Whom = "asked",
    as_of: AsOf = None,
) -> Nonresponse:
    """Weight a metric of a workspace; arguments as for `Workspace.nonresponse`."""
    asked = _known(metric)
    if cap <= 1:
        raise UsageError(_("The cap must be more than 1: a weight of 1 is everybody's own."))
    if whom not in get_args(Whom):
        raise UnknownNameError.among(_("kind of people to weight to"), whom, get_args(Whom))
    version = workspace.snapshot(as_of).version
    divided = question.dimensions(by)
    known = [workspace.dimensions(each, version) for each in (RESPONSE_RATE, find(asked))]
    question.insist(divided, {name for names in known for name in names})
    compute = partial(
        computed, workspace.tables(version), workspace.settings, workspace.execute, find(asked),
        by=divided or BY, where=question.conditions(where), slow=slow_from(workspace),
        calendar=calendar or workspace.config.calendar, cap=cap, whom=whom,
    )  # fmt: skip
    period = _period(workspace, asked, question.span(start, end), version)
    if compare is None:
        return replace(compute(period), version=version)
    if period is None:
        raise UsageError(_("A comparison needs periods."), _("Give a first and a last day."))
    return replace(compute(period), then=compute(shifted(period, None, compare)), version=version)


def slow_from(workspace: Workspace) -> float | None:
    """Seconds beyond which a ticket took long: the target of the resolution time; None where there is none."""
    target = workspace.targets.get("resolution_time")
    return target.value if target and target.part in {None, "median"} else None


def _known(name: str) -> str:
    """The name of a metric whose invitations are kept.

    Raises:
        UnknownNameError: There is no such metric, or customers are not asked for it.
        ProtectedError: It is about what single people said.
    """
    refuse_protected(find(name))
    if name not in METRICS:
        raise UnknownNameError.among(_("survey of customers"), name, METRICS)
    return name


def _period(workspace: Workspace, metric: str, span: tuple[Day, Day], version: int) -> Period | None:
    """The days asked for; open ends are where the data begin and end. None where no day is asked for."""
    if span == (None, None):
        return None
    found = workspace.measure("response_rate", start=span[0], end=span[1], where={"kind": metric}, as_of=version)
    return found.figures[0].period if found.figures else None
