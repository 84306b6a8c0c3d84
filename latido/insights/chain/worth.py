"""What a change at the one end goes with at the other: an hour less of waiting, in points and in customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite, log2
from typing import TYPE_CHECKING

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _, number
from latido.insights.chain.links import in_points
from latido.metrics.methods import Duration

if TYPE_CHECKING:
    from latido.insights.chain.declaration import Declaration, Part
    from latido.insights.chain.levels import Present
    from latido.metrics.units import Variable
    from latido.stats.chain import Chain
    from latido.stats.estimate import Estimate

HOURS = ".hours"


@dataclass(frozen=True)
class Gain:
    """What a change goes with in one construct.

    Attributes:
        part: Which construct.
        unit: `points` for a net promoter score, else its metric's.
        effect: By how much it is higher.
    """

    part: Part
    unit: str
    effect: Estimate

    @property
    def holds(self) -> bool:
        """Whether it can be told from zero."""
        return self.effect.low > 0 or self.effect.high < 0


@dataclass(frozen=True)
class Worth:
    """What a change of one metric goes with. Association, not cause.

    Attributes:
        variable: The metric, as it is declared.
        name: As it was asked for.
        part: The construct that it measures.
        asked: By how much it was asked to change.
        change: By how much it can: a wait not by more than there is, a share not beyond its ends.
        unit: That unit.
        present: Median of a time in hours: how much an hour counts depends on it; None for what is no time.
        doublings: What the change is in the unit of the chain.
        gains: What it goes with, in the order of the flow.
        wrote: How many customers wrote in the last half-year.
    """

    variable: Variable
    name: str
    part: Part
    asked: float
    change: float
    unit: str
    present: float | None
    doublings: float
    gains: tuple[Gain, ...]
    wrote: int

    def records(self) -> list[dict[str, object]]:
        """One flat record per construct, for tables and exports."""
        return [
            {"metric": self.name, "change": self.change, "unit": self.unit, "target": gain.part.name,
             "in": gain.unit, "value": gain.effect.value, "low": gain.effect.low, "high": gain.effect.high,
             "n": gain.effect.n}
            for gain in self.gains
        ]  # fmt: skip

    @property
    def points(self) -> Gain | None:
        """The net promoter score furthest down."""
        return next((gain for gain in reversed(self.gains) if gain.unit == "points"), None)

    @property
    def kept(self) -> Gain | None:
        """Customers kept, of 1,000 that wrote: what fewer leave in the half-year after."""
        found = next((gain for gain in self.gains if gain.part.leaves), None)
        return None if found is None else Gain(found.part, "customers", found.effect.scaled(-10))

    @property
    def kept_of_all(self) -> Estimate | None:
        """The same of all customers that wrote in the last half-year."""
        kept = self.kept
        return None if kept is None else kept.effect.scaled(self.wrote / 1000)


def worth(
    found: Chain | None,
    used: Declaration,
    now: Mapping[str, tuple[Present, ...]],
    name: str,
    change: float,
    *,
    wrote: int = 0,
) -> Worth:
    """What a change of one metric goes with; see `Chained.worth`."""
    offered = asked_of(used) if found else {}
    if name not in offered or found is None:
        raise UnknownNameError.among(_("metric that leads to others in the chain"), name, offered)
    if not isfinite(change) or not change:
        raise UsageError(_("Say by how much it changes: -1 is one less."))
    part, variable = offered[name]
    hours = name.endswith(HOURS) and variable.reading != "hours"
    possible = change
    level = next(each for each in now[part.name] if each.variable.metric == variable.metric)
    if isinstance(variable.metric.method, Duration) and (hours or variable.reading == "hours"):
        possible = _possible(change, level.hours)
    elif (ends := _ENDS.get(variable.unit)) is not None:
        possible = _within(change, level.value, ends)
    step = log2(1 + level.hours + possible) - log2(1 + level.hours) if hours else possible
    gains = tuple(
        Gain(after, "points" if after.points else after.variables[0].unit, estimate.scaled(step))
        for after in used.parts
        if (estimate := found.by_indicator.get((part.key(variable), in_points(after)))) is not None
    )
    unit = "h" if hours else variable.unit
    present = level.hours if level.unit == "s" else None
    return Worth(variable, name, part, change, possible, unit, present, step, gains, wrote)


def asked_of(used: Declaration) -> dict[str, tuple[Part, Variable]]:
    """The metrics whose change can be asked for, by name; times by the hour, too."""
    found: dict[str, tuple[Part, Variable]] = {}
    leads = {source for source, _target in used.paths}
    for part in used.parts:
        for each in part.variables if part.name in leads else ():
            found.setdefault(each.name, (part, each))
            if each.unit == "doublings":
                found.setdefault(f"{each.name}{HOURS}", (part, each))
    return found


# What a reading cannot leave; of a score on a scale that surveys choose themselves nothing is known.
_ENDS: Mapping[str, tuple[float, float]] = {
    "%": (0, 100), "times": (0, inf), "touches": (0, inf),
}  # fmt: skip


def _within(change: float, level: float, ends: tuple[float, float]) -> float:
    """The change, at most to the end of what there can be."""
    possible = min(max(change, ends[0] - level), ends[1] - level)
    if not possible:
        raise UsageError(_("It is at the end of its scale already: {level}.", level=number(level)))
    return possible


def _possible(change: float, hours: float) -> float:
    """The change, at most down to nothing."""
    if not isfinite(hours):
        raise UsageError(_("More than half of the tickets wait still: there is no median to count from."))
    if hours <= 0 and change < 0:
        raise UsageError(_("The median is {hours} h: there is nothing to take away.", hours=number(hours)))
    return max(change, -hours)
