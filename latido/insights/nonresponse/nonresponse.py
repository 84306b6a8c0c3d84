"""Who does not answer, and what a score would be if they had: raw, weighted, and how wrong that would have to be.

Everybody who was asked is known by what they lived before, whether or not they answered. Answers are
weighted until those who gave them look like all who were asked (raking, with a cap); a second method
that models both who answers and what (AIPW) stands beside it. Neither knows what silence itself hides:
`Scored.shifted` and `Scored.tipping` say how much that would have to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd

from latido.insights.nonresponse.behaviour import DAYS, Before, slow_from
from latido.insights.nonresponse.cells import SPLITS, VALUES, Cells, asked_metric, cells
from latido.insights.nonresponse.everybody import everybody
from latido.insights.nonresponse.scores import SCORES, Score
from latido.insights.nonresponse.traits import (
    Coded,
    Trait,
    asked_shares,
    coded,
    customer_shares,
    features,
    told,
)
from latido.metrics.measure import scope_of
from latido.metrics.query import Query
from latido.stats.difference import difference
from latido.stats.estimate import Estimate, unknown
from latido.stats.means import clip
from latido.stats.nonresponse import Tipping, aipw, shifted, tipping
from latido.stats.raking import Raked, rake
from latido.stats.shares import wilson

if TYPE_CHECKING:
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.metrics.query import Condition
    from latido.metrics.settings import Settings
    from latido.stats.moments import Floats

BY = ("channel", "segment", "country")
CAP = 5.0
LEAST = 30  # answers; fewer cannot speak for others
METRICS = tuple(VALUES)

Whom = Literal["asked", "customers"]


@dataclass(frozen=True, eq=False)
class Scored:
    """A score of one survey kind or scale, raw and weighted.

    Attributes:
        keys: What it is never merged over: kind of survey, or scale.
        asked: Invitations that arrived.
        people: Whom the weighted score speaks for: those asked, or all customers.
        answered: Answers to the metric's question.
        response: Share of the invitations answered, per cent.
        raw: The score of those who answered.
        weighted: The score with weights that make them look like `people`; unknown below 30 answers.
        robust: The same by augmented inverse probability weighting, for those asked.
        raked: The weights and how well they do; None where there are none.
        traits: Who answered, by what they lived and who they are, what tells most first.
        scale: Lowest and highest possible score.
    """

    keys: Mapping[str, str | None]
    asked: float
    people: float
    answered: float
    response: Estimate
    raw: Estimate
    weighted: Estimate
    robust: Estimate
    raked: Raked | None
    traits: tuple[Trait, ...]
    scale: tuple[float, float]

    @property
    def heard(self) -> float:
        """Share of the people who answered, 0…1."""
        return self.answered / self.people if self.people else 0.0

    def shifted(self, by: float) -> Estimate:
        """The score if the silent differ by so much from people like them who answered."""
        return _on_scale(shifted(self.weighted, by, self.heard), self.scale)

    def tipping(self, threshold: float) -> Tipping:
        """How different the silent would have to be to bring the score to a threshold."""
        return tipping(self.weighted, threshold, self.heard, self.scale)


@dataclass(frozen=True, eq=False)
class Nonresponse:
    """A survey metric, raw and weighted for who did not answer.

    Attributes:
        metric: The metric.
        period: The days in which people were asked; None for all.
        before: How far back their behaviour is looked at, and what is a slow ticket.
        cap: No weight is more than so many times the mean one.
        whom: Whom the weighted score speaks for.
        groups: One score per kind of survey or scale, the one with the most answers first.
        bounced: Invitations that never arrived.
        then: The same of the period to compare with.
        version: Version of the lake that was read; None outside a workspace.
    """

    metric: Metric
    period: Period | None
    before: Before
    cap: float
    whom: Whom
    groups: tuple[Scored, ...]
    bounced: int
    then: Nonresponse | None = None
    version: int | None = None

    @property
    def main(self) -> Scored | None:
        """The group with the most answers; None where nobody was asked."""
        return self.groups[0] if self.groups else None

    def change(self, group: Scored) -> Estimate | None:
        """The weighted score against the one before; None where there is none."""
        others = self.then.groups if self.then else ()
        before = next((other for other in others if other.keys == group.keys), None)
        if before is None or not (before.weighted.known and group.weighted.known):
            return None
        return difference(group.weighted, before.weighted)

    def records(self) -> list[dict[str, Any]]:
        """One flat record per group, for tables and exports."""
        return [_record(self, group) for group in self.groups]

    def levels(self) -> list[dict[str, Any]]:
        """One flat record per group, trait and level: how many were asked, how many answered."""
        return [
            {"metric": self.metric.name, **group.keys, "trait": trait.name, "level": level.value, "asked": level.asked,
             "answered": level.answered, "response": level.rate.value, "low": level.rate.low, "high": level.rate.high}
            for group in self.groups for trait in group.traits for level in trait.levels
        ]  # fmt: skip

    def to_pandas(self) -> pd.DataFrame:
        """One row per group."""
        return pd.DataFrame(self.records())


def nonresponse(
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Callable[[Any], pd.DataFrame],
    metric: Metric,
    period: Period | None = None,
    *,
    by: Sequence[str] = BY,
    where: tuple[Condition, ...] = (),
    calendar: str = "24x7",
    slow: float | None = None,
    days: int = DAYS,
    cap: float = CAP,
    whom: Whom = "asked",
) -> Nonresponse:
    """Weight a survey metric for who did not answer.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        metric: One of `METRICS`.
        period: The days in which people were asked; None for all.
        by: Dimensions to tell people apart by, besides what they lived.
        where: Only these invitations.
        calendar: Business calendar of durations.
        slow: Seconds of that calendar beyond which a ticket took long; None for those that a quarter of all exceed.
        days: How far to look back from the invitation.
        cap: No weight above so many times the mean.
        whom: Weight to those who were asked, or to all customers there are at the period's end.
    """
    splits = tuple(name for name in metric.splits if name in SPLITS)
    query = Query("response_rate", by=splits, where=where, calendar=calendar,
                  start=period.start if period else None, end=period.end if period else None)  # fmt: skip
    scope = asked_metric(scope_of(query, tables, settings, execute), metric.name)
    before = Before(days, slow if slow is not None else slow_from(scope), calendar)
    found = cells(scope, before, by)
    all_ = everybody(scope, before, found.dimensions) if whom == "customers" else None
    keyed = found.frame.groupby(list(splits), dropna=False, sort=False) if len(found.frame) else ()
    limits = _Limits(cap, max(1, settings.min_n, metric.min_n))
    groups = [_scored(metric, found, frame, all_, limits) for _key, frame in keyed]
    order = sorted(groups, key=lambda group: (-group.answered, -group.asked, str(group.keys)))
    return Nonresponse(metric, period, before, cap, whom, tuple(order), found.bounced)


class _Limits(NamedTuple):
    """What weights and figures are held to: the cap, and the least answers for a figure to be shown."""

    cap: float
    least: int


def _scored(metric: Metric, found: Cells, frame: pd.DataFrame, all_: pd.DataFrame | None, limits: _Limits) -> Scored:
    """One kind of survey or scale."""
    keys = {name: None if pd.isna(frame[name].iloc[0]) else str(frame[name].iloc[0]) for name in found.splits}
    asked, answered = (frame[name].to_numpy(dtype=float) for name in ("asked", "n"))
    deff, coming = found.effects.get(tuple(keys.values()), (1.0, 1.0))
    score, n = SCORES[metric.name](keys), float(answered.sum())
    traits = coded(frame, found.dimensions)
    targets = asked_shares(traits, asked) if all_ is None else customer_shares(traits, all_)
    enough = n >= max(LEAST, limits.least) and bool(targets)
    raked = _raked(targets, answered, limits.cap) if enough else None
    shown = [told(trait, asked, answered, coming) for trait in traits]
    return Scored(
        keys=keys,
        asked=float(asked.sum()),
        people=float((frame if all_ is None else all_)["asked"].sum()),
        answered=n,
        response=wilson(n, float(asked.sum()), deff=coming).scaled(100),
        raw=score.raw(frame, deff) if n >= limits.least else unknown(n),
        weighted=score.weighted(raked.weights, frame[answered > 0], deff) if raked else unknown(n),
        robust=_robust(traits, frame, deff, score) if enough else unknown(n),
        raked=raked,
        traits=tuple(sorted(shown, key=lambda trait: -trait.tells)),
        scale=score.scale,
    )


def _raked(targets: Sequence[tuple[Coded, Floats]], answered: Floats, cap: float) -> Raked:
    """Weights of the cells in which somebody answered."""
    there = answered > 0
    return rake([trait.codes[there] for trait, _shares in targets], [shares for _trait, shares in targets],
                answered[there], cap=cap)  # fmt: skip


def _robust(traits: Sequence[Coded], frame: pd.DataFrame, deff: float, score: Score) -> Estimate:
    """By a model of who answers and one of what, wider where people answered more than once."""
    asked, n, total, squares = (frame[name].to_numpy(dtype=float) for name in ("asked", "n", "total", "squares"))
    found = aipw(features(traits, asked, n), asked, n, total, squares).estimate
    value, wider = found.value, sqrt(deff)
    low, high = value - (value - found.low) * wider, value + (found.high - value) * wider
    return clip(replace(found, low=low, high=high).scaled(score.unit), *score.scale)


def _on_scale(estimate: Estimate, scale: tuple[float, float]) -> Estimate:
    """The same, not beyond the ends of the scale."""
    return clip(replace(estimate, value=min(max(estimate.value, scale[0]), scale[1])), *scale)


def _record(found: Nonresponse, group: Scored) -> dict[str, Any]:
    raked, change = group.raked, found.change(group)
    ends = {"raw": group.raw, "weighted": group.weighted, "robust": group.robust}
    return {
        "metric": found.metric.name,
        **({"start": found.period.start, "end": found.period.end} if found.period else {}),
        **group.keys, "asked": group.asked, "answered": group.answered, "response": group.response.value,
        **{f"{name}{end}": getattr(one, field) for name, one in ends.items()
           for end, field in (("", "value"), ("_low", "low"), ("_high", "high"))},
        "effective": raked.effective if raked else None, "cap": found.cap, "capped": raked.capped if raked else None,
        "uncovered": raked.uncovered if raked else None, "change": change.value if change else None,
        "change_low": change.low if change else None, "change_high": change.high if change else None,
    }  # fmt: skip
