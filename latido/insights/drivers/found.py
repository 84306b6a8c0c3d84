"""What was found out about the drivers of an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Period
    from latido.metrics.units import Grain, Variable
    from latido.stats.drivers import Driver
    from latido.stats.estimate import Estimate

Missing = Literal["complete", "mean"]
Place = Literal["improve", "keep", "next", "fine", "against", "unclear", ""]
ALIKE = 5.0  # VIF from which a driver can hardly be told from the others


@dataclass(frozen=True)
class Level:
    """How a company does on one driver: where its mean lies between worst and best.

    Attributes:
        mean: The mean, in the driver's unit.
        worst: What counts as worst: the scale's end where there is a scale, else the level of the worst tenth.
        best: What counts as best, likewise.
        scale: Whether worst and best are the ends of a scale.
    """

    mean: float
    worst: float
    best: float
    scale: bool

    @property
    def position(self) -> float:
        """0 at the worst, 100 at the best; NaN where they are one."""
        width = self.best - self.worst
        return min(max(100 * (self.mean - self.worst) / width, 0.0), 100.0) if width else float("nan")


@dataclass(frozen=True)
class Ranked:
    """One driver in its place.

    Attributes:
        variable: Which.
        driver: Its share of what is explained, its coefficient, its VIF.
        level: How the company does on it; None where neither more nor less of it is better.
        known: In how many of the units whose outcome is known it is known too.
    """

    variable: Variable
    driver: Driver
    level: Level | None
    known: int

    @property
    def alike(self) -> bool:
        """Whether it can hardly be told from the other drivers."""
        return self.driver.vif >= ALIKE


@dataclass(frozen=True)
class Change:
    """One driver, as it might be.

    Attributes:
        variable: The driver.
        by: By how much it changes, in `unit`.
        unit: Its own unit, or `h` for a wait that counts in doublings.
        mean: By how much that changes a unit's driver on average, in the driver's own unit.
    """

    variable: Variable
    by: float
    unit: str
    mean: float


@dataclass(frozen=True)
class Effect:
    """What would be expected of one reading of the outcome.

    Attributes:
        outcome: The outcome, or what its answers count (the points of a score from 0 to 10).
        now: Its mean.
        line: The expected change by the straight line: least squares on all rows.
        answers: The expected change by the model of single answers: proportional odds.
    """

    outcome: Variable
    now: float
    line: Estimate
    answers: Estimate


@dataclass(frozen=True)
class WhatIf:
    """What would be expected if drivers were otherwise, if going together were causing.

    Attributes:
        changes: The drivers that change.
        effects: The outcome, and what its answers count where that is another thing.
        rows: Rows that the model of single answers was made from.
        converged: Whether that model was found.
    """

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    rows: int
    converged: bool


@dataclass(frozen=True)
class Difference:
    """One driver in one segment against everybody else.

    Attributes:
        variable: The driver.
        segment: The dimension's value.
        here: Its coefficient there.
        elsewhere: Its coefficient in all other rows.
        difference: The one less the other.
        p: How surprising that is where there is none.
        q: The share of chance to be expected among all that are at least as clear.
        holds: Whether it is told as a difference.
    """

    variable: Variable
    segment: str
    here: Estimate
    elsewhere: Estimate
    difference: Estimate
    p: float
    q: float
    holds: bool


@dataclass(frozen=True)
class Segments:
    """Whether drivers weigh differently in parts of the company.

    Attributes:
        by: The dimension.
        differences: All that were compared, the clearest first.
        small: Segments with too few rows to be compared.
    """

    by: str
    differences: tuple[Difference, ...]
    small: tuple[str, ...]

    @property
    def told(self) -> tuple[Difference, ...]:
        """Those that chance does not explain among so many."""
        return tuple(each for each in self.differences if each.holds)


@dataclass(frozen=True)
class Explained:
    """What an outcome goes with. Association, not cause.

    Attributes:
        outcome: What is explained.
        grain: What one row is.
        mean: The outcome's mean.
        ranked: The drivers, the largest share first.
        r2: Share of the outcome's variance that goes with all of them together, 0…1.
        adjusted: R² less what so many drivers would explain by chance.
        n: Rows that count.
        asked: Rows in which the outcome is known.
        missing: What became of rows in which a driver is not known: left out (`complete`), or set to the mean.
        passed: Drivers that were not named and are known in too few rows to be taken.
        span: The days that are looked at; None for all data.
        after: The days in which those are looked for that follow; None where the outcome does not follow.
        samples: Bootstrap samples behind the intervals.
        what_if: What would be expected of changes; None where none were asked about.
        segments: Where drivers differ; None where it was not asked.
    """

    outcome: Variable
    grain: Grain
    mean: float
    ranked: tuple[Ranked, ...]
    r2: Estimate
    adjusted: float
    n: int
    asked: int
    missing: Missing
    passed: tuple[Variable, ...] = ()
    span: Period | None = None
    after: Period | None = None
    samples: int = 0
    what_if: WhatIf | None = None
    segments: Segments | None = None

    def named(self, name: str) -> Ranked:
        """One driver."""
        return next(each for each in self.ranked if each.variable.name == name)

    @property
    def equal(self) -> float:
        """The share that each driver would have if all weighed the same, %."""
        return 100 / len(self.ranked)

    @property
    def usual(self) -> float:
        """How the company does on its drivers on average, 0…100."""
        known = [each.level.position for each in self.ranked if each.level and not isnan(each.level.position)]
        return sum(known) / len(known) if known else float("nan")

    def against(self, each: Ranked) -> bool:
        """Whether more of what is better goes with a worse outcome: worth a look before anything is done."""
        if not (each.variable.better and self.outcome.better and each.driver.holds):
            return False
        return (each.variable.better == self.outcome.better) != bool(each.driver.coefficient.value > 0)

    def place(self, each: Ranked) -> Place:
        """Its quarter of the map of importance and level; empty where it has no level."""
        if each.level is None or isnan(each.level.position):
            return ""
        if not each.driver.holds:
            return "unclear"
        if self.against(each):
            return "against"
        important, good = each.driver.share.value >= self.equal, each.level.position >= self.usual
        return ("keep" if good else "improve") if important else ("fine" if good else "next")

    def records(self) -> list[dict[str, Any]]:
        """One flat record per driver, for tables and exports."""
        return [_record(self, rank, each) for rank, each in enumerate(self.ranked, 1)]

    def to_pandas(self) -> pd.DataFrame:
        """One row per driver."""
        import pandas as pd  # noqa: PLC0415 - needed for this alone

        return pd.DataFrame(self.records())


def _record(found: Explained, rank: int, each: Ranked) -> dict[str, Any]:
    driver, level = each.driver, each.level
    return {
        "rank": rank, "driver": each.variable.name, "unit": each.variable.unit,
        "share": driver.share.value, "share_low": driver.share.low, "share_high": driver.share.high,
        "r2_part": driver.part.value, "coefficient": driver.coefficient.value, "low": driver.coefficient.low,
        "high": driver.coefficient.high, "holds": driver.holds, "against": found.against(each),
        "standardized": driver.standardized, "correlation": driver.correlation, "vif": driver.vif,
        "johnson": driver.approximation, "mean": driver.mean, "deviation": driver.deviation,
        "level": level.position if level else None, "worst": level.worst if level else None,
        "best": level.best if level else None, "place": found.place(each),
        "known": each.known, "unknown": found.asked - each.known, "n": found.n, "r2": found.r2.value,
    }  # fmt: skip
