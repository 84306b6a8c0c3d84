"""The figures of a chart as a table: for who reads better than looks, and for who has no mouse."""

from __future__ import annotations

from typing import NamedTuple

from latido.metrics.measurement import Measurement
from latido.metrics.present import Grid, grid
from latido.report.charts.chart import Link


class Table(NamedTuple):
    """What stands beneath a chart.

    Attributes:
        grid: Headings and cells.
        links: Address of the rows behind each line of it, None where there is none.
    """

    grid: Grid
    links: tuple[str | None, ...]


def table(measurement: Measurement, link: Link | None = None) -> Table:
    """A measurement as a table.

    Args:
        measurement: What the chart beside it shows.
        link: Gives the address of the rows behind a figure.
    """
    return Table(grid(measurement), tuple(link(figure) if link else None for figure in measurement.figures))
