"""What lists of tickets, customers and comments have in common: a period, filters, choices, a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import ibis

from latido.errors import UsageError
from latido.facts.expr import union_all
from latido.metrics.periods import instant
from latido.metrics.ticket_volume import TICKET_VOLUME
from latido.metrics.where import filtered
from latido.workspace.question import conditions

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.query import Condition
    from latido.workspace.workspace import Workspace

PAGE = 50
DEEPEST = 10_000  # rows that can be paged to; further ones are found by narrowing the search
CHOICES = 60


@dataclass(frozen=True)
class Span:
    """A half-open stretch of time; open where None.

    Attributes:
        since: First instant, UTC and naive as in the engine.
        until: The one after the last.
    """

    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of_days(cls, start: date | None, end: date | None, zone: str) -> Span:
        """From one local day to the one after the last."""
        return cls(*(_naive(instant(day, zone)) if day else None for day in (start, end)))

    def of(self, rows: Any, time: str) -> Any:
        """The rows that lie in it."""
        rows = rows.filter(rows[time] >= literal(self.since)) if self.since else rows
        return rows.filter(rows[time] < literal(self.until)) if self.until else rows


def _naive(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)


def literal(moment: datetime) -> Any:
    """An instant in the engine."""
    return ibis.literal(moment).cast("timestamp(6)")


def data_end(workspace: Workspace, metric: Metric, version: int | None = None) -> datetime:
    """Instant up to which the data speak of a metric; UTC, naive. A stamp in the future is a slip."""
    now = datetime.now(UTC).replace(tzinfo=None)
    end = workspace.data_end(metric, version)
    return min(end.replace(tzinfo=None), now) if end else now


def narrowed(rows: Any, what: str, where: Sequence[Condition]) -> Any:
    """The rows for which all conditions hold.

    Args:
        rows: Facts or a canonical table.
        what: What they are, for who names a dimension that they lack.
        where: The conditions.

    Raises:
        UnknownNameError: They have no such dimension.
    """
    return filtered(rows, replace(TICKET_VOLUME, name=what, time=None), tuple(where))


def fitting(rows: Any, segments: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Names of the saved segments that such rows can be filtered by.

    Args:
        rows: Facts or a canonical table.
        segments: Filters as people write them, by name.
    """
    return tuple(name for name, texts in segments.items() if _fits(rows, conditions(texts)))


def _fits(rows: Any, where: Sequence[Condition]) -> bool:
    try:
        narrowed(rows, "", where)
    except UsageError:
        return False
    return True


def sayable(text: str) -> str:
    """A text that an engine can be asked for: the sign NUL stands in none, and ends a query early."""
    return text.replace("\0", "\ufffd")


def choices(rows: Any, dimensions: Iterable[str]) -> Any:
    """The commonest values of dimensions: `dimension`, `value`, `n`."""
    return union_all([_counted(rows, name) for name in dimensions])


def _counted(rows: Any, name: str) -> Any:
    known = rows.filter(rows[name].notnull()).group_by(value=rows[name].cast("string"))
    counted = known.agg(n=lambda t: t.count()).order_by(ibis.desc("n"), "value").limit(CHOICES)
    return counted.select(dimension=ibis.literal(name), value=counted.value, n=counted.n)


def by_dimension(found: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Values by dimension, the commonest first."""
    told: dict[str, list[tuple[int, str]]] = {}
    for row in found:
        told.setdefault(row["dimension"], []).append((-row["n"], row["value"]))
    return {name: tuple(value for _n, value in sorted(values)) for name, values in told.items()}
