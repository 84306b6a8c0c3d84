"""How many answers it takes: to see a difference, to meet a target, to draw an interval narrow enough.

Three kinds of outcome, `Share`, `Mean` and `Score` (NPS), and one `Design`: how sure one wants to be,
of how many groups. From them `sample_size`, `power`, `smallest_difference`; `sample_size_for_margin`
and `margin` for a survey that only describes; `visible` and `needed` for a difference already measured.

Formulas with z the normal quantiles of α/sides and of the power, d the difference, n in each group:
a share, R's `power.prop.test`: √n |d| = z_α √(2 p̄ (1 − p̄)) + z_β √(p₁(1 − p₁) + p₂(1 − p₂));
a mean, R's `power.t.test`, by the non-central t distribution;
a score, n = groups · (z_α + z_β)² · variance / d², the variance of one answer from the counts.

Source: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, chapter 4; Cohen
(1988), Statistical Power Analysis; Abramowitz & Stegun (1964), 26.7.10, for Student's t far out.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, copysign, inf, isnan, sqrt
from typing import Protocol

from scipy.special import nctdtr, ndtr, stdtrit

from latido.stats.critical import normal
from latido.stats.design import USUAL, Design, SampleSize
from latido.stats.estimate import NAN, Estimate
from latido.stats.nps import moments
from latido.stats.roots import reaches

_MOST = 1e12
# Beyond so many degrees of freedom t is the normal, and its non-central form loses digits.
_MANY = 1e5


class Outcome(Protocol):
    """What is measured on one answer."""

    @property
    def variance(self) -> float:
        """Variance of one answer, in the outcome's unit squared."""

    def power(self, difference: float, n: float, design: Design) -> float:
        """Chance of seeing the difference with `n` independent answers in each group."""

    def room(self, direction: float) -> float:
        """The largest difference there can be in a direction (its sign)."""


@dataclass(frozen=True)
class Share:
    """A share, 0…1 (CSAT, reopen rate).

    Attributes:
        value: What it is before, or the target that it is compared with.
    """

    value: float

    @property
    def variance(self) -> float:
        """Of an answer that is 1 or 0: p (1 − p)."""
        return self.value * (1 - self.value)

    def power(self, difference: float, n: float, design: Design) -> float:
        """With the pooled variance under no difference, and each group's own under the difference."""
        after = self.value + difference
        own = self.variance + after * (1 - after) if design.groups == 2 else after * (1 - after)
        pooled = (self.value + after) / 2
        none = 2 * pooled * (1 - pooled) if design.groups == 2 else self.variance
        beyond = sqrt(n) * abs(difference) - design.z_alpha * sqrt(none)
        return float(ndtr(beyond / sqrt(own))) if own > 0 else float(beyond >= 0)

    def room(self, direction: float) -> float:
        """Up to 0 or 1."""
        return 1 - self.value if direction > 0 else self.value


@dataclass(frozen=True)
class Mean:
    """A mean (effort, minutes).

    Attributes:
        sd: Standard deviation of one value.
    """

    sd: float

    def __post_init__(self) -> None:
        _refuse_none(self.sd)

    @property
    def variance(self) -> float:
        """The standard deviation squared."""
        return self.sd**2

    def power(self, difference: float, n: float, design: Design) -> float:
        """Of Student's t test; 0 where there is no degree of freedom."""
        degrees = design.groups * (n - 1)
        if degrees <= 0:
            return 0.0
        away = sqrt(n / design.groups) * abs(difference) / self.sd
        if degrees > _MANY:
            return float(ndtr(away - design.z_alpha))
        critical = float(stdtrit(degrees, 1 - design.alpha / design.sides))
        missed = float(nctdtr(degrees, away, critical))
        if isnan(missed):  # SciPy's is lost far out; there its approximation by the normal holds (26.7.10)
            missed = float(ndtr((critical * (1 - 1 / (4 * degrees)) - away) / sqrt(1 + critical**2 / (2 * degrees))))
        return 1 - missed

    def room(self, direction: float) -> float:  # noqa: ARG002 - no direction ends
        """Without end."""
        return inf


@dataclass(frozen=True)
class Score:
    """A Net Promoter Score in points.

    Attributes:
        variance: Variance of one answer in points squared; at most 10,000. It is taken to be the same
            with and without the difference.
    """

    variance: float

    def __post_init__(self) -> None:
        _refuse_none(self.variance)

    @classmethod
    def of(cls, promoters: float, passives: float, detractors: float) -> Score:
        """With the variance that these counts (or shares) have: 10,000 ((p + d) − (p − d)²).

        >>> Score.of(42, 36, 22).variance
        6000.0
        """
        _mean, variance = moments(promoters, passives, detractors)
        return cls(round(10_000 * float(variance), 6))

    def power(self, difference: float, n: float, design: Design) -> float:
        """Of the normal test."""
        return float(ndtr(sqrt(n / (design.groups * self.variance)) * abs(difference) - design.z_alpha))

    def room(self, direction: float) -> float:  # noqa: ARG002 - the same either way
        """From −100 to 100."""
        return 200.0


def power(outcome: Outcome, difference: float, n: float, design: Design = USUAL) -> float:
    """Chance of seeing a difference with `n` answers in each group.

    The chance of seeing it the wrong way round is not counted (R's `strict = FALSE`).
    """
    independent = design.independent(n)
    return 1.0 if independent == inf else outcome.power(difference, independent, design)


def sample_size(outcome: Outcome, difference: float, design: Design = USUAL) -> SampleSize:
    """How many answers it takes in each group to see a difference.

    Args:
        outcome: What is measured.
        difference: In its unit; its sign matters to a share only.
        design: How surely.

    Raises:
        ValueError: The difference is 0, or larger than there can be.

    >>> sample_size(Share(0.5), 0.25, Design(power=0.9)).n
    77
    >>> sample_size(Score.of(42, 36, 22), 12).n, sample_size(Score.of(42, 36, 22), 5).n
    (655, 3768)
    """
    if not 0 < abs(difference) <= outcome.room(difference):
        raise ValueError("There is no such difference to see.")
    return design.asking(reaches(lambda n: outcome.power(difference, n, design), design.power, 1, _MOST))


def smallest_difference(outcome: Outcome, n: float, design: Design = USUAL, direction: float = 1.0) -> float:
    """The smallest difference, with the direction's sign, that `n` answers in each group show.

    Returns:
        NaN where not even the largest there can be would show.
    """
    independent, room = design.independent(n), outcome.room(direction)
    if independent == inf:
        return 0.0
    room = room if room < inf else 1e6 * sqrt(outcome.variance)

    def seen(size: float) -> float:
        return outcome.power(copysign(size, direction), independent, design)

    return copysign(reaches(seen, design.power, 0, room), direction) if seen(room) >= design.power else NAN


def sample_size_for_margin(outcome: Outcome, margin: float, design: Design = USUAL) -> SampleSize:
    """How many answers it takes in each group for an interval of ± `margin` around its figure: z² variance / margin².

    >>> sample_size_for_margin(Share(0.5), 0.05).n
    385
    >>> sample_size_for_margin(Share(0.5), 0.05, Design(population=1000, response=0.2)).invitations
    1390
    """
    return design.asking(outcome.variance * (normal(1 - design.alpha) / margin) ** 2)


def margin(outcome: Outcome, n: float, design: Design = USUAL) -> float:
    """How far the interval of a figure from `n` answers reaches, about."""
    return normal(1 - design.alpha) * sqrt(outcome.variance / design.independent(n))


def visible(change: Estimate, design: Design = USUAL) -> float:
    """The smallest difference that evidence like this would show: (z_α + z_β) standard errors of `change`.

    Args:
        change: A difference with its interval; its standard error is read off the width.
        design: Power and α; the rest is in the interval already.

    Returns:
        In the change's unit; NaN where it has no finite interval.
    """
    error = (change.high - change.low) / 2 / normal(change.confidence)
    return (design.z_alpha + design.z_power) * error if error < inf else NAN


def needed(change: Estimate, difference: float, design: Design = USUAL) -> float:
    """How many answers a comparison would have needed to show a difference: n · (visible / difference)².

    Returns:
        Both sides together, as `change.n` counts them, in the same proportion; NaN without an interval.
    """
    seen = visible(change, design)
    return NAN if isnan(seen) else float(ceil(change.n * (seen / difference) ** 2))


def _refuse_none(spread: float) -> None:
    if not spread > 0:
        raise ValueError("Values that are all alike do not say how many are needed.")
