"""What is found about two metrics."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from latido.metrics.units import Variable
    from latido.stats.estimate import Estimate

Untold = Literal["", "linked", "few", "flat"]
LEVEL = 0.05


def stands(estimate: Estimate, q: float) -> bool:
    """Whether a correlation is told: few of its kind are chance, and its own interval leaves out 0."""
    return q <= LEVEL and (estimate.low > 0 or estimate.high < 0)


@dataclass(frozen=True)
class Within:
    """The same two metrics within each value of a dimension, all values together.

    Attributes:
        dimension: Its name.
        estimate: The correlation of ranks less the mean rank of their group.
        groups: How many values of the dimension there are.
    """

    dimension: str
    estimate: Estimate
    groups: int

    def turns(self, pooled: Estimate) -> bool:
        """Whether within the groups it is clearly the other way round (Simpson's paradox)."""
        return self.estimate.high < 0 < pooled.value or pooled.value < 0 < self.estimate.low

    def vanishes(self, pooled: Estimate) -> bool:
        """Whether within the groups most of it is gone, and the rest cannot be told from chance.

        That the interval covers 0 is not enough: fewer units make it wider.
        """
        return self.estimate.low <= 0 <= self.estimate.high and abs(self.estimate.value) < abs(pooled.value) / 2


@dataclass(frozen=True)
class Delay:
    """The correlation with one series moved by some weeks.

    Attributes:
        lag: By how many weeks the second metric comes after the first; negative where it comes before.
        estimate: The correlation.
        p: How often chance alone would make one as strong.
        q: The share of chance to be expected among all pairs and lags that are at least as clear.
    """

    lag: int
    estimate: Estimate
    p: float
    q: float

    @property
    def holds(self) -> bool:
        """Whether it is told, having looked at every lag of every pair."""
        return stands(self.estimate, self.q)


@dataclass(frozen=True)
class Bin:
    """Units with about the same value of the first metric.

    Attributes:
        low: The least value among them.
        high: The greatest.
        at: Their mean.
        mean: The mean of the second metric, with its interval.
    """

    low: float
    high: float
    at: float
    mean: Estimate


@dataclass(frozen=True)
class Pair:
    """Two metrics of the same units.

    Attributes:
        first: One; what was done rather than what came of it.
        second: The other.
        estimate: Spearman's ρ with its interval; n counts the units in which both are known.
        p: How often chance alone would make one as strong.
        q: The share of chance to be expected among all pairs that are at least as clear.
        of: How many units know both; more than n where they were drawn.
        untold: Why nothing is said: `linked` by definition, `few` units, a `flat` metric that does not vary.
        within: The same within channels, topics and the like, for pairs that hold.
        lags: The same with one of them moved by weeks, where that was asked.
        course: The second metric by the first.
    """

    first: Variable
    second: Variable
    estimate: Estimate
    p: float
    q: float
    of: float
    untold: Untold = ""
    within: tuple[Within, ...] = ()
    lags: tuple[Delay, ...] = ()
    course: tuple[Bin, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """Both names."""
        return self.first.name, self.second.name

    @property
    def holds(self) -> bool:
        """Whether it is told as going together."""
        return stands(self.estimate, self.q)

    @property
    def delay(self) -> Delay | None:
        """The clearest lag; None where none was computed."""
        known = [each for each in self.lags if not isnan(each.p)]
        return min(known, key=lambda each: (each.q, each.p, -abs(each.estimate.value), abs(each.lag)), default=None)
