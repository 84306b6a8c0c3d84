"""The chain: from what happens in a contact to who stays, link by link, each from the rows that know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from latido.insights.chain.levels import Present, present
from latido.insights.chain.links import Rows, fewer, in_points, sides, stacks
from latido.insights.chain.occasions import Source, customers
from latido.insights.chain.worth import Worth, worth
from latido.stats.chain import Chain, Effect, Outer, chain_of_links
from latido.stats.path_model import Construct, PathModel

if TYPE_CHECKING:
    import pandas as pd

    from latido.insights.chain.declaration import Declaration, Part
    from latido.stats.estimate import Estimate


@dataclass(frozen=True)
class Path:
    """One arrow.

    Attributes:
        source: Where it comes from.
        target: Where it leads.
        effect: What one unit more of the source goes with in the target, whatever else leads there held.
        strength: The same in standard deviations, −1…1.
        n: The rows that it was estimated from.
    """

    source: Part
    target: Part
    effect: Estimate
    strength: Estimate
    n: float

    @property
    def holds(self) -> bool:
        """Whether it can be told from zero."""
        return self.effect.low > 0 or self.effect.high < 0


@dataclass(frozen=True)
class Chained:
    """The chain of a workspace. Association, not cause.

    Attributes:
        declared: The chain as it is declared.
        used: What of it the data know: a construct that nothing measures is skipped over.
        left: Paths for which too few rows know both ends.
        outer: How several metrics of one construct are weighted.
        found: The estimates; None where nothing leads to anything.
        now: Each construct's present level by its metrics.
        wrote: How many customers wrote in the last half-year.
        calendar: Whose open time durations count.
    """

    declared: Declaration
    used: Declaration
    left: tuple[tuple[str, str], ...]
    outer: Outer
    found: Chain | None
    now: Mapping[str, tuple[Present, ...]]
    wrote: int
    calendar: str

    @property
    def missing(self) -> tuple[Part, ...]:
        """The constructs that nothing measures."""
        there = {part.name for part in self.used.parts}
        return tuple(part for part in self.declared.parts if part.name not in there)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The arrows, in the order of the flow."""
        return tuple(self._path(*pair) for pair in self.used.paths) if self.found else ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Of every construct on all that it leads to: direct, over others, and both together."""
        names = {part.name for part in self.used.parts}
        every = self.found.effects if self.found else ()
        return tuple(effect for effect in every if effect.target in names)

    def worth(self, name: str, change: float) -> Worth:
        """What a change of one metric goes with further down.

        Args:
            name: The metric as it is declared, `first_reply_time.hours` for a time in hours.
            change: How much, in its unit: `-1` is an hour less.

        Raises:
            UnknownNameError: The chain has no such metric before others.
            UsageError: Nothing of it changes by so much.
        """
        return worth(self.found, self.used, self.now, name, change, wrote=self.wrote)

    def records(self) -> list[dict[str, Any]]:
        """One flat record per effect, for tables and exports."""
        return [_record(effect) for effect in self.effects]

    def to_pandas(self) -> pd.DataFrame:
        """One row per effect."""
        import pandas as pd  # noqa: PLC0415 - needed for this alone

        return pd.DataFrame(self.records())

    def _path(self, source: str, target: str) -> Path:
        assert self.found is not None  # noqa: S101 - only what was estimated is asked for
        natural, level = (self.found.effect(source, target, standardized=each).direct for each in (False, True))
        return Path(self.used.part(source), self.used.part(target), natural, level, natural.n)


def chain(source: Source, declared: Declaration, outer: Outer = "unit") -> Chained:
    """Estimate the chain.

    Args:
        source: Where rows come from, and which.
        declared: The chain as it is declared.
        outer: How several metrics of one construct are weighted: alike (`unit`), or by partial least squares (`pls`).

    Raises:
        NotConvergedError: Partial least squares found no weights.
    """
    rows, there = sides(source, declared)
    used, left = fewer(rows, there)
    found = _estimated(rows, used, outer)
    now = {part.name: present(source, rows, part) for part in used.parts}
    return Chained(declared, used, left, outer, found, now, customers(source), source.calendar)


def _estimated(rows: Rows, used: Declaration, outer: Outer) -> Chain | None:
    if not used.paths:
        return None
    linked = {name for pair in used.paths for name in pair}
    constructs, paths = [], list(used.paths)
    for part in used.parts:
        if part.name in linked:
            constructs.append(part.construct())
        if used.before(part.name) and (points := in_points(part)) != part.name:
            constructs.append(Construct(points, (points,)))
            paths += [(name, points) for name in used.before(part.name)]
    model = PathModel(tuple(constructs), tuple(paths))
    mixed = [part.name for part in used.parts if part.mixed]
    return chain_of_links(stacks(rows, used), model, outer, scaled=mixed)


def _record(effect: Effect) -> dict[str, Any]:
    parts = {name: getattr(effect, name) for name in ("direct", "indirect", "total")}
    ends = ("value", "low", "high")
    told = {f"{name}_{end}": getattr(part, end) for name, part in parts.items() for end in ends}
    return {"source": effect.source, "target": effect.target, **told, "n": effect.total.n}
