"""How many values it takes, whatever the kind of figure, in the figure's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan, sqrt
from typing import TYPE_CHECKING, Protocol

from latido.errors import UsageError
from latido.i18n import _
from latido.metrics.ces import Effort
from latido.metrics.first_contact_resolution import ResolvedAtOnce
from latido.metrics.methods import Curve, Mean, Points, Share
from latido.stats import power
from latido.stats.difference import difference

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.stats.design import Design, SampleSize
    from latido.stats.estimate import Estimate

_SHARES = (Share, ResolvedAtOnce)
_LEVELS = (Mean, Effort)
_HALF = 0.5
_LEAST = 30  # values; from fewer no interval of a median is to be foreseen


class Yardstick(Protocol):
    """What n values of a figure can show."""

    def needed(self, difference: float, design: Design) -> SampleSize | None:
        """Values in each group to see a difference; None where there can be no such difference."""

    def seen(self, n: float, design: Design) -> float:
        """The smallest difference that n values in each group show; NaN where they show none."""

    def for_margin(self, reach: float, design: Design) -> SampleSize:
        """Values for an interval of ± so much."""

    def margin(self, n: float, design: Design) -> float:
        """How far the interval reaches with n values."""


@dataclass(frozen=True)
class Formula:
    """Shares, scores and means, by the formulas of `stats.power`.

    Attributes:
        outcome: What is measured on one answer.
        unit: What one unit of it is in the figure's: 100 for a share in per cent.
    """

    outcome: power.Outcome
    unit: float = 1

    def needed(self, difference: float, design: Design) -> SampleSize | None:
        """By the formula of the outcome's kind."""
        step = self._towards(abs(difference) / self.unit)
        return power.sample_size(self.outcome, step, design) if abs(step) <= self.outcome.room(step) else None

    def seen(self, n: float, design: Design) -> float:
        """By the formula of the outcome's kind."""
        return abs(power.smallest_difference(self.outcome, n, design, self._towards(1))) * self.unit if n > 0 else nan

    def for_margin(self, reach: float, design: Design) -> SampleSize:
        """By the variance of one answer."""
        return power.sample_size_for_margin(self.outcome, reach / self.unit, design)

    def margin(self, n: float, design: Design) -> float:
        """By the variance of one answer."""
        return power.margin(self.outcome, n, design) * self.unit if n > 0 else nan

    def _towards(self, size: float) -> float:
        """A share is harder to tell from one nearer to a half: that way lies what is enough for both."""
        high = isinstance(self.outcome, power.Share) and self.outcome.value > _HALF
        return -size if high else size


@dataclass(frozen=True)
class Measured:
    """Medians and points of a curve: by the interval that so many values have given, which narrows with √n.

    Attributes:
        now: The figure; n counts its values.
    """

    now: Estimate

    def needed(self, difference: float, design: Design) -> SampleSize | None:
        """By the interval of the difference of two such figures."""
        n = power.needed(self._change(design), difference, design) / design.groups
        return design.asking(max(n, _LEAST))

    def seen(self, n: float, design: Design) -> float:
        """By the interval of the difference of two such figures."""
        worth = design.independent(n)
        return power.visible(self._change(design), design) * sqrt(self.now.n / worth) if worth > 0 else nan

    def for_margin(self, reach: float, design: Design) -> SampleSize:
        """By its own interval."""
        return design.asking(max(self.now.n * (self._half / reach) ** 2, _LEAST))

    def margin(self, n: float, design: Design) -> float:
        """By its own interval."""
        worth = design.independent(n)
        return self._half * sqrt(self.now.n / worth) if worth > 0 else nan

    @property
    def _half(self) -> float:
        return (self.now.high - self.now.low) / 2

    def _change(self, design: Design) -> Estimate:
        """The difference of two such figures; the figure itself where it is held against a fixed one."""
        return difference(self.now, self.now) if design.groups == 2 else self.now


def yardstick(metric: Metric, now: Estimate, sd: float) -> Yardstick | None:
    """The yardstick of a group; None where its values do not say how much they vary.

    Raises:
        UsageError: The metric is no share, score, mean or duration.
    """
    method = metric.method
    if isinstance(method, Points):
        return Formula(power.Score(sd**2)) if sd > 0 else None
    if isinstance(method, _SHARES):
        share = now.value / 100
        return Formula(power.Share(share), 100) if 0 < share < 1 else None
    if isinstance(method, _LEVELS):
        return Formula(power.Mean(sd)) if sd > 0 else None
    if isinstance(method, Curve):
        return Measured(now) if isfinite(now.low) and isfinite(now.high) and now.high > now.low else None
    raise unplannable(metric)


def plannable(metric: Metric) -> bool:
    """Whether it can be said of a metric how many values it takes: shares, scores, means and durations."""
    methods = (Points, *_SHARES, *_LEVELS, Curve)
    return isinstance(metric.method, methods) and metric.time is not None and not metric.protected


def unplannable(metric: Metric) -> UsageError:
    """What is said where it cannot."""
    return UsageError(
        _("How many values {metric} needs cannot be planned.", metric=metric.label),
        _("Shares, scores, means and durations can: nps, csat, ces, reopen_rate, first_reply_time …"),
    )
