"""How many values it takes to see a difference, to describe, to test, to tell that a target is reached.

Everything is per group and period, and comes from the metric's own present level, spread and repeat
respondents; where there are no data, from what somebody assumes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import inf, isnan, nan, sqrt
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from latido.insights.plan.present import Keys, Present, customers, present
from latido.insights.plan.yardstick import Yardstick, plannable, unplannable, yardstick
from latido.metrics.measure import scope_of
from latido.metrics.methods import Points
from latido.metrics.periods import rolling_days
from latido.stats.allocation import shared, worth
from latido.stats.design import Design, SampleSize
from latido.stats.estimate import NAN, Estimate

if TYPE_CHECKING:
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.metrics.query import Query
    from latido.metrics.settings import Settings

Kind = Literal["change", "survey", "test", "target"]
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
POWER, LEVEL = 0.8, 0.05


@dataclass(frozen=True)
class Wanted:
    """What is to be decided, and how surely.

    Attributes:
        kind: `change` between two periods, `survey` (a figure ± so much), `test` of two groups side by side,
            or whether a figure has reached its `target`.
        size: The difference to see, or how far the interval may reach; None to only say what can be seen now. A
            target's is its distance from the present figure.
        period: Over which values are collected.
        power: Chance of seeing the difference where it is.
        level: Chance of seeing one where there is none.
        share: Share of a test's values that go to the smaller group.
        population: How many there are in all of each group, or `customers` to count them; None where that is many.
        goals: Gives the target of a group; of a target alone.
    """

    kind: Kind = "change"
    size: float | None = None
    period: str = "month"
    power: float = POWER
    level: float = LEVEL
    share: float = 0.5
    population: int | Literal["customers"] | None = None
    goals: Callable[[Mapping[str, str | None]], float | None] | None = None


@dataclass(frozen=True)
class Assumed:
    """What somebody assumes, instead of what the data say.

    Attributes:
        value: The figure.
        sd: Standard deviation of one value.
        n: Values in a group and period.
        response: Share of the invitations that are answered, 0…1.
        deff: Design effect of repeat respondents.
    """

    value: float | None = None
    sd: float | None = None
    n: float | None = None
    response: float | None = None
    deff: float | None = None


@dataclass(frozen=True)
class Need:
    """What one group needs, and has.

    Attributes:
        present: The group as it is now.
        have: Values a period.
        needed: Values (and invitations) that it takes in a period; of a test in both groups together, of a target
            in all. None where no size was asked for or there can be no such difference.
        seen: The smallest difference, or the interval's reach, that a period shows now; NaN where none.
        parts: Sizes of a test's two groups.
        goal: The target.
        told: Whether the figure's interval leaves its target out already.
        population: How many there are in all; None for many.
    """

    present: Present
    have: float
    needed: SampleSize | None
    seen: float
    parts: tuple[int, int] | None = None
    goal: float | None = None
    told: bool = False
    population: int | None = None

    @property
    def periods(self) -> float:
        """How many periods it takes at the present pace; infinite where nothing comes."""
        if self.needed is None:
            return nan
        return self.needed.n / self.have if self.have else inf

    @property
    def enough(self) -> bool:
        """Whether one period suffices."""
        return self.needed is not None and self.periods <= 1


@dataclass(frozen=True)
class Plan:
    """How many values it takes.

    Attributes:
        metric: The metric.
        wanted: What is to be decided.
        needs: One per group, the one with the most values first.
        whole: The same for all groups together; None without dimensions, or where figures are never merged.
        longer: Longer periods, with how many groups have enough in each.
        span: The days whose level and pace are taken for the present ones; None where all is assumed.
        by: The dimensions.
        version: Version of the lake that was read; None outside a workspace.
    """

    metric: Metric
    wanted: Wanted
    needs: tuple[Need, ...]
    whole: Need | None
    longer: tuple[tuple[str, int], ...]
    span: Period | None
    by: tuple[str, ...] = ()
    version: int | None = None

    @property
    def enough(self) -> int:
        """How many groups have enough in a period."""
        return sum(need.enough for need in self.needs)

    def records(self) -> list[dict[str, Any]]:
        """One flat record per group, for tables and exports."""
        return [_record(self, need) for need in self.needs]

    def to_pandas(self) -> pd.DataFrame:
        """One row per group."""
        return pd.DataFrame(self.records())


def plan(
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Callable[[Any], pd.DataFrame],
    query: Query,
    *,
    wanted: Wanted,
    assumed: Assumed | None = None,
) -> Plan:
    """How many values a metric needs by group and period.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        query: The metric, its dimensions, and the days whose level and pace are taken for the present ones.
        wanted: What is to be decided.
        assumed: What takes the place of what the data say.

    Raises:
        UsageError: The metric is no share, score, mean or duration.
    """
    scope = scope_of(query, tables, settings, execute)
    metric, span = scope.metric, scope.span
    if not plannable(metric):
        raise unplannable(metric)
    given, days = assumed or Assumed(), (span.end - span.start).days if span else 0.0
    ours = {None, settings.brand}
    groups = _told([_with(one, given) for one in present(scope) if one.keys.get("rated_brand") in ours], metric)
    counted = customers(scope) if wanted.population == "customers" else {}
    needs = [_need(metric, one, wanted, _pace(one, given, wanted, days), _people(one, wanted, counted))
             for one in groups]  # fmt: skip
    undivided = replace(query, by=())
    whole = plan(tables, settings, execute, undivided, wanted=wanted, assumed=assumed) if query.by else None
    return Plan(
        metric=metric, wanted=wanted, needs=tuple(needs),
        whole=whole.needs[0] if whole and len(whole.needs) == 1 else None,
        longer=_longer(needs, wanted), span=span, by=query.by,
    )  # fmt: skip


def _told(groups: list[Present], metric: Metric) -> list[Present]:
    """The groups without splits over which there is only one value: they say nothing."""
    mute = {name for name in metric.splits if len({one.keys.get(name) for one in groups}) <= 1}
    return [replace(one, keys={k: v for k, v in one.keys.items() if k not in mute}) for one in groups]


def imagined(metric: Metric, wanted: Wanted, assumed: Assumed) -> Plan:
    """The plan of a metric without data: one group, of what is assumed.

    Raises:
        UsageError: The metric is no share, score, mean or duration.
    """
    if not plannable(metric):
        raise unplannable(metric)
    nothing = Present({}, Estimate(NAN, NAN, NAN, 0), nan, 0, 1.0)
    one = _with(nothing, replace(assumed, sd=assumed.sd or _widest(metric, assumed.value)))
    people = wanted.population if isinstance(wanted.population, int) else None
    need = _need(metric, one, wanted, assumed.n or 0.0, people)
    return Plan(metric, wanted, (need,), None, _longer([need], wanted), None)


def _widest(metric: Metric, value: float | None) -> float:
    """The largest spread that a score can have at its level; NaN for what is no score."""
    return sqrt(10_000 - value**2) if isinstance(metric.method, Points) and value is not None else nan


def _with(one: Present, assumed: Assumed) -> Present:
    """A group with what is assumed in the place of what is known."""
    value = assumed.value
    now = one.now if value is None else Estimate(value, NAN, NAN, one.now.n, confidence=one.now.confidence)
    return replace(
        one, now=now, sd=assumed.sd or one.sd, deff=assumed.deff or one.deff,
        response=one.response if assumed.response is None else assumed.response,
    )  # fmt: skip


def _pace(one: Present, assumed: Assumed, wanted: Wanted, days: float) -> float:
    """Values a period."""
    return assumed.n if assumed.n is not None else one.n * length(wanted.period) / days if days else 0.0


def length(period: str) -> float:
    """Days of a period."""
    return DAYS.get(period) or float(rolling_days(period) or nan)


def _people(one: Present, wanted: Wanted, counted: Mapping[Keys, int]) -> int | None:
    """How many there are in all in a group."""
    if wanted.population != "customers":
        return wanted.population
    keys = next(iter(counted), ())
    return counted.get(tuple((name, one.keys.get(name)) for name, _value in keys))


def _need(metric: Metric, one: Present, wanted: Wanted, have: float, people: int | None) -> Need:
    """What a group needs."""
    goal = wanted.goals(one.keys) if wanted.goals and wanted.kind == "target" else None
    need = Need(one, have, None, nan, goal=goal, population=people)
    rule = yardstick(metric, one.now, one.sd)
    if rule is None:
        return need
    design = _design(one, wanted, people)
    if wanted.kind == "survey":
        needed = rule.for_margin(wanted.size, design) if wanted.size else None
        return replace(need, needed=needed, seen=rule.margin(have, design))
    if wanted.kind == "test":
        return _tested(need, rule, design, wanted)
    size = wanted.size if wanted.kind == "change" else _distance(one.now, goal)
    told = goal is not None and not isnan(one.now.low) and not one.now.low <= goal <= one.now.high
    needed = rule.needed(size, design) if size else None
    return replace(need, needed=needed, seen=rule.seen(have, design), told=told)


def _design(one: Present, wanted: Wanted, people: int | None) -> Design:
    groups = 1 if wanted.kind in {"survey", "target"} else 2
    return Design(alpha=wanted.level, power=wanted.power, groups=groups, deff=one.deff, population=people,
                  response=one.response or 1.0)  # fmt: skip


def _distance(now: Estimate, goal: float | None) -> float | None:
    return None if goal is None or isnan(now.value) else abs(goal - now.value)


def _tested(need: Need, rule: Yardstick, design: Design, wanted: Wanted) -> Need:
    """Two groups side by side, in which a period's values are shared out."""
    seen = rule.seen(worth(need.have, wanted.share), design)
    each = rule.needed(wanted.size, design) if wanted.size else None
    if each is None:
        return replace(need, seen=seen)
    parts = shared(each.n, wanted.share)
    invitations = sum(-(-part // design.response) for part in parts)
    return replace(need, needed=SampleSize(sum(parts), int(invitations), design), seen=seen, parts=parts)


def _longer(needs: list[Need], wanted: Wanted) -> tuple[tuple[str, int], ...]:
    """Longer periods, with how many groups have enough in each."""
    own = length(wanted.period)
    periods = [(name, days / own) for name, days in DAYS.items() if days > own]
    return tuple((name, sum(need.periods <= times for need in needs)) for name, times in periods)


def _record(found: Plan, need: Need) -> dict[str, Any]:
    size = need.needed
    return {
        "metric": found.metric.name, "kind": found.wanted.kind, **need.present.keys, "period": found.wanted.period,
        "size": found.wanted.size, "now": need.present.now.value, "sd": need.present.sd, "deff": need.present.deff,
        "response": need.present.response, "have": need.have, "needed": size.n if size else None,
        "invitations": size.invitations if size and need.present.response else None, "seen": need.seen,
        "periods": need.periods, "enough": need.enough, "goal": need.goal, "told": need.told,
        "first": need.parts[0] if need.parts else None, "second": need.parts[1] if need.parts else None,
        "population": need.population,
    }  # fmt: skip
