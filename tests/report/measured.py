"""Measurements made by hand: figures as a metric could have given them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import nan

from latido.metrics.catalog import METRICS
from latido.metrics.measurement import Figure, Measurement, Period
from latido.metrics.query import Query
from latido.stats.estimate import Estimate


def month(number: int, year: int = 2025) -> Period:
    """A month of 2025."""
    return Period(date(year, number, 1), date(year + number // 12, number % 12 + 1, 1))


def figure(
    value: float, low: float = nan, high: float = nan, n: float = 100, period: Period | None = None, **keys: str | None
) -> Figure:
    """A figure with one part."""
    return Figure(keys, period, {"value": Estimate(value, low, high, n)})


def measured(metric: str, figures: Sequence[Figure], period: str | None = None) -> Measurement:
    """What the metric said."""
    by = tuple(figures[0].keys) if figures else ()
    return Measurement(METRICS[metric], Query(metric, by=by, period=period), tuple(figures), "Europe/Madrid")
