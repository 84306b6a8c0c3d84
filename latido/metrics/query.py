"""What is asked of a metric."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Operator = Literal["=", "!=", ">=", "<=", ">", "<"]
Comparison = Literal["previous", "last_year"]


@dataclass(frozen=True)
class Condition:
    """A filter on one dimension: `channel = email or chat`."""

    dimension: str
    operator: Operator
    values: tuple[str | float | bool | None, ...]


@dataclass(frozen=True)
class Query:
    """One question.

    Attributes:
        metric: Its name.
        by: Dimensions to split by, several at once.
        period: `day`, `week` (ISO), `month`, `quarter`, `year`, or `28d` for windows of 28 days
            that end on each day; None for one figure over everything asked.
        start: First local day, included.
        end: Local day after the last (half-open).
        where: Filters, all of which must hold.
        compare: Against the `previous` period of the same length or the same one `last_year`.
        calendar: Business calendar's name for durations; `24x7` is the calendar with no gaps.
        preset: Named reading of the definition (`zendesk`, `all_losses`, …).
        min_n: Below it a value is withheld; None for the metric's own.
        confidence: Coverage of the intervals.
    """

    metric: str
    by: tuple[str, ...] = ()
    period: str | None = None
    start: date | None = None
    end: date | None = None
    where: tuple[Condition, ...] = ()
    compare: Comparison | None = None
    calendar: str = "24x7"
    preset: str | None = None
    min_n: int | None = None
    confidence: float = 0.95
