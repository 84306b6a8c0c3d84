"""How a metric is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Any, Literal

from latido.errors import UnknownNameError
from latido.i18n import Message, _
from latido.stats.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.scope import Scope

Family = Literal["service", "experience", "interaction", "employee"]


@dataclass(frozen=True)
class Method:
    """The statistic of a metric: which sums it wants from the engine, and what it makes of them.

    Attributes:
        cluster: Column of the customer, where one may count several times.
    """

    cluster: str | None = None

    def keys(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        """Columns to group by besides the query's own (the waiting time of a survival curve)."""
        return {}

    def folded(self, rows: Any, by: list[str]) -> Any:
        """The rows, made fewer before they are summed: one per customer, where customers are what counts.

        Left-out rows are gone then, so a metric whose method folds has no rules to leave rows out.
        """
        return rows

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        """Aggregates over the rows that count; left-out rows have null in `value`."""
        raise NotImplementedError

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        """Estimates by part, the main one first, from the aggregates of one group."""
        raise NotImplementedError

    def main(self, frame: pd.DataFrame, scope: Scope) -> Estimate:
        """The main part's estimate alone, where nobody asks for the others."""
        return next(iter(self.estimates(frame, scope).values()))

    def aligned(self, parts: Sequence[Mapping[str, Estimate]], confidence: float) -> list[Mapping[str, Estimate]]:
        """The parts of all groups under the same names in the same order."""
        return list(parts)


@dataclass(frozen=True)
class LeftOut:
    """A rule by which rows are not counted.

    Attributes:
        reason: Short name of the rule, the same in exports of every language.
        label: The reason for people.
        applies: Rows and scope → condition.
    """

    reason: str
    label: Message
    applies: Callable[[Any, Scope], Any]


@dataclass(frozen=True)
class Preset:
    """A named reading of the definition: what it means and what it replaces."""

    name: str
    meaning: Message
    changes: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric, declared.

    Attributes:
        name: Its identifier, in the field's terms.
        family: Which table of the definitions it stands in.
        label: Its name for people.
        formula: What is divided by what.
        unit: `%`, `points`, `s`, `tickets`, …
        better: Whether higher or lower is better; None where neither is.
        interval: The interval's method, for people.
        source: Who defined it.
        traps: What is easily counted wrongly.
        table: Facts that it reads.
        rows: Facts and scope → the metric's population with what its method reads (`value`, …).
        method: The statistic.
        time: Instant that decides a row's period; None where `rows` assigns `period` itself.
        key: Column that names a row in a trace.
        left_out: Rules, the first that applies gives the reason.
        splits: Dimensions over which figures are never merged silently: they are split by these
            where more than one value occurs.
        aliases: Dimension → column, where the dimension is the one at the time of the event.
        range: Bounds that no interval leaves.
        min_n: Least evidence for a value to be shown.
        protected: Small groups must not be identifiable, not even by subtraction.
        presets: Named readings.
        long_run: It needs a long follow-up: what began in the last quarter says nothing yet, so an
            overview shows it over all data.
        unsettled: What is not finished yet counts in it, and otherwise than it will in the end, so that the latest
            weeks differ from earlier ones though nothing changed.
        calendar: The calendar that it is always in, whatever is asked for; None for the one asked for.
        ends: (table, column) whose latest instant is the data's end.
    """

    name: str
    family: Family
    label: Message
    formula: Message
    unit: str
    better: Literal["higher", "lower"] | None
    interval: Message
    source: Message
    table: str
    rows: Callable[[Any, Scope], Any]
    method: Method
    time: str | None
    key: str
    traps: tuple[Message, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    splits: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    range: tuple[float, float] = (-inf, inf)
    min_n: int = 1
    protected: bool = False
    presets: tuple[Preset, ...] = ()
    long_run: bool = False
    unsettled: bool = False
    calendar: str | None = None
    ends: tuple[tuple[str, str], ...] = (("ticket_facts", "last_event"),)

    def preset(self, name: str | None) -> Metric:
        """The metric as the named preset reads it; itself for None."""
        if name is None:
            return self
        known = {p.name: p for p in self.presets}
        if name not in known:
            raise UnknownNameError.among(_("preset of {metric}", metric=self.name), name, known)
        return replace(self, **known[name].changes)
