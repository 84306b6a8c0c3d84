"""Why a total moved: its segments changed, or their shares of it did.

A total may fall while every segment rises, because a segment that was always low has grown
(Simpson's paradox). Two parts add up to the change, without a rest:

* *rate*: what each segment's own change did, at the average of its two shares;
* *mix*: what the change of each segment's share did, at the average of its two rates, measured
  from the average total. Growing above the average lifts, growing below it pulls down.

With shares w, rates r, totals R = Σ w r, 0 before and 1 after:
R₁ − R₀ = Σ (w₀ + w₁)/2 · (r₁ − r₀) + Σ (w₁ − w₀) · ((r₀ + r₁)/2 − (R₀ + R₁)/2).

It is arithmetic, not cause. It holds for shares, means, NPS and ratios (weighted by what they are
divided by), not for medians, which are no sum over segments.

Source: Kitagawa (1955), Journal of the American Statistical Association 50:1168.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isnan, sqrt

from latido.stats.difference import difference
from latido.stats.estimate import Estimate


@dataclass(frozen=True)
class Segment:
    """One segment in both periods.

    Attributes:
        before: Its rate (share, mean, score, ratio) in the period compared with.
        after: Its rate now; may be unknown in a period in which the segment has no weight.
        weight_before: What it counted in the total then (answers, or the ratio's denominator).
        weight_after: What it counts now.
    """

    before: Estimate
    after: Estimate
    weight_before: float
    weight_after: float


@dataclass(frozen=True)
class Contribution:
    """What one segment contributed to the total's change, in the total's unit.

    Attributes:
        rate: By its own change; the interval takes the shares as known. A segment that is new or
            gone has none: it contributes by its share alone.
        mix: By the change of its share.
        share_before: Its share of the total's weight then, 0…1.
        share_after: Its share now.
    """

    rate: Estimate
    mix: float
    share_before: float
    share_after: float

    @property
    def total(self) -> float:
        """Rate and mix together; over all segments these add up to the total's change."""
        return self.rate.value + self.mix


@dataclass(frozen=True)
class Decomposition:
    """A total's change, divided among its segments.

    Attributes:
        before: The total then.
        after: The total now.
        segments: Each one's contribution, in the order given.
        rate: What the segments' own changes did together, with its interval.
        mix: What the changes of their shares did together.
    """

    before: float
    after: float
    segments: tuple[Contribution, ...]
    rate: Estimate
    mix: float

    @property
    def change(self) -> float:
        """The total's change: `rate.value + mix`."""
        return self.after - self.before


def decompose(segments: Sequence[Segment]) -> Decomposition:
    """Divide the change of a total among its segments.

    Args:
        segments: All of them, none twice: the total is their weighted mean.

    Raises:
        ValueError: A period has no weight at all, so that it has no total.
    """
    before, after = _shares([s.weight_before for s in segments]), _shares([s.weight_after for s in segments])
    then = fsum(w * s.before.value for s, w in zip(segments, before, strict=True) if w)
    now = fsum(w * s.after.value for s, w in zip(segments, after, strict=True) if w)
    middle = (then + now) / 2
    parts = tuple(_contribution(s, w0, w1, middle) for s, w0, w1 in zip(segments, before, after, strict=True))
    return Decomposition(then, now, parts, _sum([p.rate for p in parts]), fsum(p.mix for p in parts))


def _shares(weights: Sequence[float]) -> list[float]:
    whole = fsum(weights)
    if not whole > 0:
        raise ValueError("A period without any weight has no total.")
    return [weight / whole for weight in weights]


def _contribution(segment: Segment, before: float, after: float, middle: float) -> Contribution:
    if not (before or after):
        return Contribution(_nothing(segment), 0.0, 0.0, 0.0)
    # Without weight in one period it has no rate there: then the other period's, so that it is all mix.
    first = segment.before.value if before else segment.after.value
    last = segment.after.value if after else segment.before.value
    mix = (after - before) * ((first + last) / 2 - middle)
    change = difference(segment.after, segment.before) if before and after else _nothing(segment)
    return Contribution(change.scaled((before + after) / 2), mix, before, after)


def _nothing(segment: Segment) -> Estimate:
    return Estimate(0.0, 0.0, 0.0, segment.before.n + segment.after.n, method="mover")


def _sum(parts: Sequence[Estimate]) -> Estimate:
    """The sum of independent estimates by MOVER: reaches add up as squares."""
    value = fsum(p.value for p in parts)
    low = value - sqrt(fsum((p.value - p.low) ** 2 for p in parts))
    high = value + sqrt(fsum((p.high - p.value) ** 2 for p in parts))
    confidence = next((p.confidence for p in parts if not isnan(p.value)), 0.95)
    return Estimate(value, low, high, fsum(p.n for p in parts), confidence=confidence, method="mover")
