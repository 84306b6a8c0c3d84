"""How much each segment contributed to the change of the whole: its own change, and its larger or smaller part.

Only where the whole is a sum over segments: shares, means, scores, rates and counts. A median is none,
so nothing is said of waiting times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.insights.moved.comparing import counted_by_day, weights
from latido.insights.moved.figures import Figures
from latido.insights.moved.move import Move, written
from latido.insights.moved.segments import NOW, THEN
from latido.stats.decomposition import Contribution, Segment, decompose
from latido.stats.estimate import unknown

if TYPE_CHECKING:
    from latido.insights.moved.comparing import Comparing
    from latido.stats.estimate import Estimate

Told = Mapping[tuple[str, frozenset[tuple[str, str | None]]], Move]


@dataclass(frozen=True)
class Part:
    """What one segment contributed.

    Attributes:
        value: The segment: its value of the dimension; None for what has none.
        now: Its figure.
        then: What it is compared with.
        contribution: By its own change, and by its larger or smaller part of the whole, in the whole's unit.
        holds: Whether its own change is told as one.
    """

    value: str | None
    now: Estimate
    then: Estimate
    contribution: Contribution
    holds: bool


@dataclass(frozen=True)
class Breakdown:
    """The change of a whole, divided among the segments of one dimension.

    Attributes:
        total: The whole.
        dimension: The dimension.
        parts: Its segments, what contributed most first; together they are the change.
    """

    total: Move
    dimension: str
    parts: tuple[Part, ...]

    @property
    def mix(self) -> float:
        """What the changes of the segments' parts of the whole did together."""
        return sum(part.contribution.mix for part in self.parts)

    @property
    def leading(self) -> tuple[Part, ...]:
        """The segments whose own change is told, and which moved the whole the way in which it went."""
        change = self.total.difference.value
        return tuple(part for part in self.parts if part.holds and part.contribution.total * change > 0)

    def records(self) -> Iterator[dict[str, Any]]:
        """One flat record per segment."""
        for part in self.parts:
            own = part.contribution
            yield {
                "metric": self.total.metric.name, "where": written(self.total.where),
                "total_change": self.total.difference.value, "dimension": self.dimension, "segment": part.value,
                "contribution": own.total, "own": own.rate.value, "own_low": own.rate.low, "own_high": own.rate.high,
                "mix": own.mix, "share_before": own.share_before, "share": own.share_after,
                "before": part.then.value, "now": part.now.value, "holds": part.holds,
            }  # fmt: skip


def breakdowns(of: Comparing, totals: Sequence[Move], told: Told) -> Iterator[Breakdown]:
    """What the segments contributed to the change of each total, by each dimension.

    Args:
        of: The metric in two periods.
        totals: Those of its totals to divide.
        told: The changes that are told, by metric and segment.
    """
    for dimension in of.found.dimensions if totals and _adds_up(of) else ():
        grouping = of.found.grouping((dimension,), unknown=True)
        figures = Figures(of, grouping)
        for total in totals:
            own = [i for i in range(len(grouping)) if total.where.items() <= grouping.where(i).items()]
            if len(own) > 1:
                yield _broken_down(figures, total, dimension, own, told)


def key(metric: str, where: Mapping[str, str | None]) -> tuple[str, frozenset[tuple[str, str | None]]]:
    """By what a change is found again."""
    return metric, frozenset(where.items())


def _adds_up(of: Comparing) -> bool:
    return counted_by_day(of.method) or weights(of.method, of.found.grouping(()).sums) is not None


def _broken_down(figures: Figures, total: Move, dimension: str, own: Sequence[int], told: Told) -> Breakdown:
    grouping, name = figures.grouping, total.metric.name
    pairs = [figures.both(i) for i in own]
    least = figures.of.shown_from
    parts = [
        Part(
            grouping.where(i)[dimension],
            _shown(now, least),
            _shown(then, least),
            contribution,
            key(name, grouping.where(i)) in told,
        )
        for i, (now, then), contribution in zip(own, pairs, _contributions(figures, own, pairs), strict=True)
    ]
    return Breakdown(total, dimension, tuple(sorted(parts, key=lambda part: -abs(part.contribution.total))))


def _shown(figure: Estimate, least: int) -> Estimate:
    """A figure of enough values; of fewer it is withheld, as where it is measured."""
    return figure if figure.n >= least else unknown(figure.n)


def _contributions(
    figures: Figures, own: Sequence[int], pairs: Sequence[tuple[Estimate, Estimate]]
) -> Sequence[Contribution]:
    weight = weights(figures.of.method, figures.grouping.sums)
    if weight is None:
        return _counted(figures, own, pairs)
    w = weight[list(own)]
    segments = [
        Segment(then, now, float(before), float(after))
        for (now, then), after, before in zip(pairs, w[:, NOW], w[:, THEN], strict=True)
    ]
    return decompose(segments).segments


def _counted(figures: Figures, own: Sequence[int], pairs: Sequence[tuple[Estimate, Estimate]]) -> list[Contribution]:
    """A count is the sum of its segments' counts: each contributed its own change, and there is no mix."""
    now, then = (sum(pair[side].value for pair in pairs) or 1.0 for side in (NOW, THEN))
    return [
        Contribution(figures.change(i, a, b), 0.0, b.value / then, a.value / now)
        for i, (a, b) in zip(own, pairs, strict=True)
    ]
