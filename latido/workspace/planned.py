"""How many values a metric of a workspace needs, and how many it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING, Literal

from latido.config.values import SettingError, seconds
from latido.errors import UsageError
from latido.i18n import _
from latido.insights.plan import Assumed, Plan, Wanted, imagined
from latido.insights.plan import plan as computed
from latido.insights.plan.plan import LEVEL, POWER, Kind
from latido.metrics.catalog import metric as find
from latido.metrics.measure import scope_of
from latido.metrics.measurement import Period, refuse_protected
from latido.metrics.periods import check, floor, local_day
from latido.metrics.query import Query
from latido.workspace import question

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.workspace.question import AsOf, Day, Where
    from latido.workspace.workspace import Workspace

WEEKS = 52

Amount = float | str | None
Goals = Callable[[Mapping[str, str | None]], float | None]


def plan(
    workspace: Workspace,
    metric: str,
    *,
    difference: Amount = None,
    margin: Amount = None,
    goal: Amount = None,
    share: float | None = None,
    by: str | Sequence[str] | None = None,
    period: str = "month",
    power: float = POWER,
    level: float = LEVEL,
    population: int | Literal["customers"] | None = None,
    assumed: Assumed | None = None,
    start: Day = None,
    end: Day = None,
    where: Where = None,
    calendar: str | None = None,
    as_of: AsOf = None,
) -> Plan:
    """Plan for a metric of a workspace; arguments as for `Workspace.plan`."""
    known = find(metric)
    refuse_protected(known)
    check(period)
    _sure(power, level)
    kind = _kind(difference, margin, goal, share)
    size = _size(margin if kind == "survey" else difference)
    if kind == "test":
        share = _smaller(share)
    wanted = Wanted(kind, None if kind == "target" else size, period, power, level, share or 0.5, population)
    wanted = replace(wanted, goals=_goals(workspace, known, goal)) if kind == "target" else wanted
    version = workspace.snapshot(as_of).version
    span = _span(workspace, known, start, end, version)
    if span is None:
        return replace(imagined(known, wanted, _stated(known, assumed)), version=version)
    query = Query(metric, by=question.dimensions(by), start=span.start, end=span.end,
                  where=question.conditions(where), calendar=calendar or workspace.config.calendar)  # fmt: skip
    found = computed(workspace.tables(version), workspace.settings, workspace.execute, query,
                     wanted=wanted, assumed=assumed)  # fmt: skip
    return replace(found, version=version)


def _kind(difference: Amount, margin: Amount, goal: Amount, share: float | None) -> Kind:
    asked: dict[Kind, object] = {"survey": margin, "target": goal, "test": share}
    kinds = [kind for kind, value in asked.items() if value is not None]
    if len(kinds) > 1 or (difference is not None and kinds in (["survey"], ["target"])):
        raise UsageError(
            _("A margin, a target and a test exclude each other."), _("Ask for one of them, or for a difference alone.")
        )
    return kinds[0] if kinds else "change"


def _size(given: Amount) -> float | None:
    size = None if given is None else amount(given)
    if size is not None and not 0 < size < inf:
        raise UsageError(_("The size to see must be more than 0, not {size}.", size=size))
    return size


def amount(given: float | str) -> float:
    """A number, or a span of time in seconds: 3, `"2.5"`, `"30min"`.

    Raises:
        UsageError: It is neither.
    """
    try:
        return float(given)
    except ValueError:
        pass
    try:
        return seconds(given)
    except SettingError as error:
        raise UsageError(error.rule, error.hint) from None


def _smaller(share: float | None) -> float:
    """The share of a test's first group."""
    if share is None or not 0 < share < 1:
        raise UsageError(_("Each group of a test needs somebody: the first one's share lies between 0 and 1."))
    return share


def _sure(power: float, level: float) -> None:
    if not 0 < level < 0.5 <= power < 1:
        raise UsageError(
            _("Nothing can be planned with a power of {power} and a level of {level}.", power=power, level=level),
            _("A power from 0.5 up to 0.99, and a level below 0.5: usual are 0.8 and 0.05."),
        )


def _goals(workspace: Workspace, metric: Metric, goal: Amount) -> Goals:
    """Gives each group's target: the one that is said, or the settings'."""
    if goal is not None and goal != "target":
        named = amount(goal)
        return lambda _keys: named
    target = workspace.targets.get(metric.name)
    if target is None:
        raise UsageError(
            _("{metric} has no target.", metric=metric.label),
            _("Name one, or write it into {file}, under [targets].", file="latido.toml"),
        )
    return target.of


def _stated(metric: Metric, assumed: Assumed | None) -> Assumed:
    """What is assumed where there are no data; enough of it.

    Raises:
        UsageError: Without data, neither level nor spread is known.
    """
    if assumed is None or (assumed.value is None and assumed.sd is None):
        raise UsageError(
            _("There are no data from which the present level of {metric} could be taken.", metric=metric.label),
            _("Assume one: “--value”, and for means “--sd”; or import something first."),
        )
    return assumed


def _span(workspace: Workspace, metric: Metric, start: Day, end: Day, version: int) -> Period | None:
    """The days asked for; the last whole year of weeks where none are. None where there are no data."""
    first, last = question.span(start, end)
    latest = workspace.data_end(metric, version)
    if latest is None:
        return None
    whole = floor(local_day(latest, workspace.config.time_zone) + timedelta(days=1), "week")
    last = last or whole
    if first is not None and first >= last:
        raise UsageError(
            _("There are no data of {metric} from {first} on: they end on {last}.", metric=metric.label, first=first,
              last=last - timedelta(days=1)),
            _("Choose earlier days, or none."),
        )  # fmt: skip
    begun = first or max(last - timedelta(weeks=WEEKS), _begun(workspace, metric, version))
    return Period(min(begun, last - timedelta(days=1)), last)


def _begun(workspace: Workspace, metric: Metric, version: int) -> date:
    """The first day of the metric's rows: before it nothing came, which says nothing of the pace."""
    return scope_of(Query(metric.name), workspace.tables(version), workspace.settings, workspace.execute).first_day
