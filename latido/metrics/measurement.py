"""The typed answer to a query: figures with their intervals, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from latido.errors import ProtectedError, UsageError
from latido.i18n import Message, _
from latido.metrics.query import Query
from latido.stats.estimate import Estimate

if TYPE_CHECKING:
    from latido.metrics.metric import Metric


@dataclass(frozen=True)
class Period:
    """A span of local days, half-open."""

    start: date
    end: date


@dataclass(frozen=True)
class Change:
    """The difference to the comparison period, in the metric's unit.

    Attributes:
        difference: This minus that, with its interval (MOVER).
        baseline: The figure it is compared with.
        period: Span of the baseline.
    """

    difference: Estimate
    baseline: Estimate
    period: Period | None

    @property
    def noise(self) -> bool:
        """Whether the interval of the difference covers zero: such a difference is not called a change."""
        return not (self.difference.low > 0 or self.difference.high < 0)


@dataclass(frozen=True)
class Figure:
    """One figure of a measurement.

    Attributes:
        keys: Value of each dimension in `by`; None where the rows have none.
        period: Span it covers; None without `period` and dates.
        parts: Estimates by name, the main one first: (`median`, `p90`, `mean`) of a duration,
            (`value`,) of most others.
        left_out: Rows not counted, by reason.
        withheld: Why no value is shown, where it is not.
        change: Against the comparison period, for the main part.
    """

    keys: Mapping[str, str | None]
    period: Period | None
    parts: Mapping[str, Estimate]
    left_out: Mapping[str, int] = field(default_factory=dict)
    withheld: Message | None = None
    change: Change | None = None

    @property
    def main(self) -> str:
        """Name of the main part."""
        return next(iter(self.parts))

    @property
    def estimate(self) -> Estimate:
        """The main part."""
        return self.parts[self.main]


@dataclass(frozen=True)
class Measurement:
    """A query's answer.

    Prints as a table, shows as HTML in a notebook, converts to pandas, Arrow and Polars.

    Attributes:
        metric: The declaration it was computed with.
        query: What was asked.
        figures: The figures, by period and then by dimension.
        time_zone: IANA name of the zone that days belong to.
        data_end: Instant up to which the data speak; what is open then is censored.
        version: Version of the lake that was read; None outside a workspace.
        tracer: Gives the rows behind the figures; None where there are none to give.
    """

    metric: Metric
    query: Query
    figures: tuple[Figure, ...]
    time_zone: str = "UTC"
    data_end: datetime | None = None
    version: int | None = None
    tracer: Callable[..., pd.DataFrame] | None = field(default=None, repr=False, compare=False)

    @property
    def figure(self) -> Figure:
        """The figure, where there is exactly one."""
        (only,) = self.figures
        return only

    @property
    def value(self) -> float:
        """The main value, where there is exactly one figure."""
        return self.figure.estimate.value

    def __len__(self) -> int:
        return len(self.figures)

    def records(self) -> list[dict[str, Any]]:
        """One flat record per figure and part, for tables and exports."""
        return [_record(self, figure, part, e) for figure in self.figures for part, e in figure.parts.items()]

    def to_pandas(self) -> pd.DataFrame:
        """One row per figure and part."""
        return pd.DataFrame(self.records())

    def to_arrow(self) -> pa.Table:
        """One row per figure and part."""
        return pa.Table.from_pylist(self.records())

    def to_polars(self) -> Any:
        """One row per figure and part (needs polars)."""
        import polars as pl  # noqa: PLC0415 — an extra

        return pl.from_arrow(self.to_arrow())

    def trace(self, **keys: str | None) -> pd.DataFrame:
        """The rows behind the figures, each with the reason it is in or out.

        Args:
            **keys: Restrict to one group, e.g. `channel="chat"`.
        """
        refuse_protected(self.metric)
        if self.tracer is None:
            raise UsageError(_("These figures were not computed from rows that can be shown."))
        return self.tracer(**keys)

    def __str__(self) -> str:
        from latido.metrics.present import text_table  # noqa: PLC0415 — it shows what stands here

        return text_table(self)

    def _repr_html_(self) -> str:
        from latido.metrics.present import html_table  # noqa: PLC0415

        return html_table(self)


@dataclass(frozen=True)
class TracePage:
    """Some of the rows behind a figure.

    Attributes:
        rows: They, each with the reason it is in or out.
        all: How many rows there are.
        counted: How many of them count.
    """

    rows: pd.DataFrame
    all: int
    counted: int


def refuse_protected(metric: Metric) -> None:
    """Keep what single people said to themselves.

    Raises:
        ProtectedError: The metric's rows are that.
    """
    if metric.protected:
        raise ProtectedError(_("The rows of {metric} are what single people said.", metric=metric.label))


def refuse_past(metric: Metric, as_of: object) -> None:
    """Keep who answered in between to themselves: two states of the data side by side would show it.

    Args:
        metric: What is asked for.
        as_of: The state of the data that is asked about; nothing for the last.

    Raises:
        ProtectedError: The metric is about what single people said, and is asked for as it was.
    """
    if metric.protected and as_of:
        raise ProtectedError(_("{metric} is shown as it is known now only.", metric=metric.label))


def _record(measurement: Measurement, figure: Figure, part: str, estimate: Estimate) -> dict[str, Any]:
    change = figure.change if part == next(iter(figure.parts)) else None
    return {
        "metric": measurement.metric.name,
        **({"start": figure.period.start, "end": figure.period.end} if figure.period else {}),
        **figure.keys,
        "part": part,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "unit": measurement.metric.unit,
        "method": estimate.method,
        "left_out": sum(figure.left_out.values()),
        "withheld": str(figure.withheld) if figure.withheld else None,
        **(_changed(change) if measurement.query.compare else {}),
    }


def _changed(change: Change | None) -> dict[str, Any]:
    if change is None:
        return dict.fromkeys(("baseline", "change", "change_low", "change_high", "noise"))
    d = change.difference
    return {
        "baseline": change.baseline.value,
        "change": d.value,
        "change_low": d.low,
        "change_high": d.high,
        "noise": change.noise,
    }
