"""A measurement by hour and weekday as a map of the week."""

from __future__ import annotations

from dataclasses import dataclass

from babel.dates import get_day_names

from latido.i18n import _, language
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.present import quantity
from latido.report.charts.by_group import COUNTS
from latido.report.charts.chart import Chart, Json, Link, plain, point

HOURS, DAYS = 24, 7


@dataclass(frozen=True)
class Cell:
    """One hour of one weekday."""

    day: int
    hour: int
    v: float | None
    n: float | None
    href: str | None = None


def heat(measurement: Measurement, link: Link | None = None) -> Chart:
    """A measurement by hour and weekday.

    Args:
        measurement: Asked with `by="weekday,hour"`.
        link: Gives the address of the rows behind a figure.
    """
    metric = measurement.metric
    cells = [_cell(figure, link) for figure in measurement.figures if _told(figure)]
    data: dict[str, Json] = {
        "label": str(metric.label),
        "unit": metric.unit,
        "zero": metric.unit in COUNTS,
        "days": plain(weekdays()),
        "hours": [f"{hour:02}" for hour in range(HOURS)],
        "cells": plain(cells),
    }
    return Chart("heat", data, _label(measurement, cells))


def weekdays() -> list[str]:
    """Monday to Sunday, short."""
    names = get_day_names("abbreviated", locale=language())
    return [str(names[i]) for i in range(DAYS)]


def _told(figure: Figure) -> bool:
    return figure.keys.get("weekday") is not None and figure.keys.get("hour") is not None


def _cell(figure: Figure, link: Link | None) -> Cell:
    found = point(figure, None, link)
    day, hour = (int(str(figure.keys[name])) for name in ("weekday", "hour"))
    return Cell(day - 1, hour, found.v, found.n, found.href)


def _label(measurement: Measurement, cells: list[Cell]) -> str:
    """The hour with most."""
    known = [(cell.v, cell) for cell in cells if cell.v is not None]
    if not known:
        return str(measurement.metric.label)
    value, most = max(known, key=lambda pair: pair[0])
    told = _("highest on {day} at {hour}:00, {value}", day=weekdays()[most.day], hour=f"{most.hour:02}",
             value=quantity(value, measurement.metric.unit))  # fmt: skip
    return f"{measurement.metric.label}: {told}"
