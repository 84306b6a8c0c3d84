"""What is found: one difference, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf, nan
from typing import TYPE_CHECKING, Any, Literal

from latido.insights.moved.comparing import counted_by_day
from latido.stats import power

if TYPE_CHECKING:
    import pandas as pd

    from latido.insights.moved.contributing import Breakdown
    from latido.metrics.measurement import Period
    from latido.metrics.metric import Metric
    from latido.stats.estimate import Estimate

POINTS = (5.0, 12.0)  # differences of a share or a score, for which people ask
PARTS = (0.10, 0.25)  # of the value before, of whatever has no scale of its own
_SCALES = frozenset({"%", "points"})

Reason = Literal["protected", "long_run", "unsettled", "untestable", "incomplete", "unfiltered"]


@dataclass(frozen=True)
class Move:
    """One segment of a metric in two periods.

    Attributes:
        metric: The metric.
        where: What the segment is, by dimension; empty for all rows. A metric's own splits are among them.
        now: The figure.
        then: What it is compared with.
        difference: Now minus then, with its interval.
        p: How surprising a difference like this is where there is none.
        q: The share of chance to be expected among all that are at least as clear.
        holds: Whether it is told as a change.
    """

    metric: Metric
    where: Mapping[str, str | None]
    now: Estimate
    then: Estimate
    difference: Estimate
    p: float
    q: float
    holds: bool

    @property
    def visible(self) -> float:
        """The smallest difference that would have been seen four times in five, looked at by itself.

        NaN where the interval has an end missing, and for counts: what comes is no sample of anything.
        """
        return nan if counted_by_day(self.metric.method) else power.visible(self.difference)

    @property
    def sizes(self) -> tuple[float, float]:
        """A small and a large difference to ask about: 5 and 12 points, or 10 and 25 % of the value before."""
        if self.metric.unit in _SCALES:
            return POINTS
        before = abs(self.then.value)
        return (PARTS[0] * before, PARTS[1] * before) if 0 < before < inf else (nan, nan)

    @property
    def needed(self) -> tuple[float, float]:
        """How many values this period would have needed to show either of `sizes`, and the other as many more.

        In the proportion that the two have; looked at by itself, and seen four times in five. NaN as `visible`.
        """
        small, large = (self._needed(size) for size in self.sizes)
        return small, large

    def _needed(self, size: float) -> float:
        if not (self.visible > 0 and size > 0):
            return nan
        return float(ceil(power.needed(self.difference, size) * self.now.n / self.difference.n))


@dataclass(frozen=True)
class Untested:
    """A metric of which nothing was compared.

    Attributes:
        metric: The metric.
        reason: `protected`: people of a small group could be told from it; `long_run`: what began in a
            period says nothing of it yet; `unsettled`: what is not finished yet makes the latest differ from what was
            before; `untestable`: a census, a composition or a model, whose segments
            have no test of their own; `incomplete`: it counts what comes, and the data do not cover both periods;
            `unfiltered`: it does not know what is filtered by.
    """

    metric: Metric
    reason: Reason


@dataclass(frozen=True)
class Moved:
    """What moved between two periods.

    Attributes:
        now: The period.
        then: What it is compared with.
        moves: The differences that are told, the clearest first.
        totals: Each metric as a whole, told or not.
        compared: How many differences were judged together.
        small: How many segments had too few values to be compared.
        metrics: How many metrics were compared.
        untested: Metrics of which nothing was compared.
        breakdowns: Of each total that is told, what the segments of each dimension contributed to its change.
    """

    now: Period
    then: Period
    moves: tuple[Move, ...]
    totals: tuple[Move, ...]
    compared: int
    small: int
    metrics: int
    untested: tuple[Untested, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()

    @property
    def leading(self) -> tuple[Move, ...]:
        """Of each metric the clearest segments, without those that contain one of these or lie within it."""
        told: list[Move] = []
        for move in self.moves:
            if not any(_echoes(move, other) for other in told):
                told.append(move)
        return tuple(told)

    def records(self, moves: Sequence[Move] | None = None) -> list[dict[str, Any]]:
        """One flat record per change that is told, or per one of those given, for tables and exports."""
        return [record(move) for move in (self.moves if moves is None else moves)]

    def contributions(self) -> list[dict[str, Any]]:
        """One flat record per segment of each total that is told: what it contributed to the change."""
        return [one for breakdown in self.breakdowns for one in breakdown.records()]

    def to_pandas(self) -> pd.DataFrame:
        """One row per change that is told."""
        import pandas as pd  # noqa: PLC0415 - needed for this alone

        return pd.DataFrame(self.records())


def record(move: Move) -> dict[str, Any]:
    """A difference as a flat record."""
    change, (small, large), (few, many) = move.difference, move.sizes, move.needed
    return {
        "metric": move.metric.name, "where": written(move.where), "before": move.then.value, "now": move.now.value,
        "change": change.value, "low": change.low, "high": change.high, "p": move.p, "q": move.q, "holds": move.holds,
        "n_before": move.then.n, "n": move.now.n, "visible": move.visible,
        "small": small, "needed_small": few, "large": large, "needed_large": many,
    }  # fmt: skip


def written(where: Mapping[str, str | None]) -> str:
    """A segment as one text."""
    return " ".join(f"{name}={'' if value is None else value}" for name, value in where.items())


def _echoes(move: Move, clearer: Move) -> bool:
    """Whether a move repeats a clearer one of the same metric: one's segment lies within the other's."""
    mine, other = (set(each.where.items()) for each in (move, clearer))
    return move.metric.name == clearer.metric.name and (mine <= other or other <= mine)
