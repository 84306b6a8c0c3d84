"""What goes together, at a stated grain.

Of every pair of metrics: Spearman's ρ over the units in which both are known, with the interval that a
bootstrap of customers tends to, and p. All pairs are one family; a pair is told as going together only
where the share of chance to be expected among all that are as clear is at most one in twenty (Benjamini
& Hochberg) and its own interval leaves out 0. Where nothing goes together, nothing is told in 95 of 100
cases, however many pairs there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.insights.correlation.judged import over_units, over_weeks
from latido.insights.correlation.pair import Pair
from latido.insights.correlation.rows import AT_ONCE, fetched
from latido.insights.correlation.weeks import panel
from latido.metrics.units import units

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Period
    from latido.metrics.query import Condition
    from latido.metrics.settings import Settings
    from latido.metrics.units import Grain, Variable

LEAST = 30  # units of a pair; below it no interval keeps what it promises


@dataclass(frozen=True)
class Correlations:
    """Metrics of the same units, each with each.

    Attributes:
        grain: What one unit is.
        variables: The metrics.
        pairs: Each with each, in their order.
        span: The days that were looked at; None for all.
        after: The days after them, in which those were looked for who left; None where nobody was.
        absent: Metrics that no unit knows beside another.
        calendar: Of durations.
        waiting: Metrics that were left out because what they count comes after the data's end.
    """

    grain: Grain
    variables: tuple[Variable, ...]
    pairs: tuple[Pair, ...]
    span: Period | None = None
    after: Period | None = None
    absent: tuple[Variable, ...] = ()
    calendar: str = "24x7"
    waiting: tuple[Variable, ...] = ()

    @property
    def holding(self) -> tuple[Pair, ...]:
        """The pairs that go together, the strongest first."""
        return tuple(sorted((p for p in self.pairs if p.holds), key=lambda p: (-abs(p.estimate.value), p.names)))

    @property
    def delayed(self) -> tuple[Pair, ...]:
        """The pairs that hold at some delay, having looked at all of them; the clearest first."""
        found = [(pair.delay.q, pair.names, pair) for pair in self.pairs if pair.delay and pair.delay.holds]
        return tuple(pair for _q, _names, pair in sorted(found, key=lambda each: each[:2]))

    @property
    def compared(self) -> int:
        """How many pairs were judged together."""
        return sum(1 for pair in self.pairs if pair.p == pair.p)

    @property
    def compared_lags(self) -> int:
        """How many pairs and lags were judged together."""
        return sum(1 for pair in self.pairs for each in pair.lags if each.p == each.p)

    @property
    def drawn(self) -> bool:
        """Whether some pair has more units than were looked at."""
        return any(pair.of > pair.estimate.n for pair in self.pairs if not pair.untold)

    def pair(self, first: str, second: str) -> Pair | None:
        """Two metrics, in either order; None where they were not compared."""
        return next((pair for pair in self.pairs if set(pair.names) == {first, second}), None)

    def records(self) -> list[dict[str, Any]]:
        """One flat record per pair, and per lag where lags were computed, for tables and exports."""
        return [record for pair in self.pairs for record in _records(pair)]

    def to_pandas(self) -> pd.DataFrame:
        """One row per record."""
        import pandas as pd  # noqa: PLC0415 - needed for this alone

        return pd.DataFrame(self.records())


def correlation(
    tables: Mapping[str, Any],
    settings: Settings,
    execute: Callable[[Any], pd.DataFrame],
    at: Grain,
    variables: Sequence[Variable],
    *,
    span: Period | None = None,
    after: Period | None = None,
    where: tuple[Condition, ...] = (),
    calendar: str = "24x7",
    dimensions: Sequence[str] = (),
    lags: Sequence[int] = (),
) -> Correlations:
    """Put every metric beside every other.

    Args:
        tables: Facts and canonical tables by name.
        settings: The workspace's choices.
        execute: Runs an expression.
        at: What one unit is.
        variables: The metrics.
        span: The days that are looked at; all data unless given.
        after: The days in which those are looked for who left.
        where: Only these rows.
        calendar: Of durations.
        dimensions: Those that all metrics know, within which a pair must go together too.
        lags: Weeks by which one of a pair is moved, where a unit is a team in a week.
    """
    least = max(LEAST, settings.min_n, *(each.metric.min_n for each in variables))
    beside = units(tables, settings, execute, at, variables, span=span, after=after, where=where, calendar=calendar,
                   keep=dimensions)  # fmt: skip
    if at.name == "team_week":
        pairs = over_weeks(panel(beside, execute), at, variables, least, lags)
    else:
        behind = {each.metric.table for each in variables}
        large = sum(_count(tables[name], execute) for name in behind) > AT_ONCE
        pairs = over_units(fetched(beside, execute, dimensions, large=large), at, variables, least)
    there = {name for pair in pairs if pair.of for name in pair.names}
    absent = tuple(each for each in variables if each.name not in there)
    return Correlations(at, tuple(variables), pairs, span, after, absent, calendar)


def _count(table: Any, execute: Callable[[Any], pd.DataFrame]) -> int:
    return int(execute(table.aggregate(n=table.count())).n.iloc[0])


def _record(pair: Pair) -> dict[str, Any]:
    first, second = pair.names
    given = pair.estimate
    return {"first": first, "second": second, "lag": 0, "rho": given.value, "low": given.low, "high": given.high,
            "p": pair.p, "q": pair.q, "n": given.n, "of": pair.of, "holds": pair.holds,
            "untold": pair.untold or None}  # fmt: skip


def _records(pair: Pair) -> list[dict[str, Any]]:
    """A pair; where lags were computed, each of them, judged with all others."""
    same = _record(pair)
    return [
        same | {"lag": each.lag, "rho": each.estimate.value, "low": each.estimate.low, "high": each.estimate.high,
                "p": each.p, "q": each.q, "n": each.estimate.n, "of": each.estimate.n, "holds": each.holds}
        for each in pair.lags
    ] or [same]  # fmt: skip
