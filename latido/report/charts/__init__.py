"""Charts: what a measurement becomes (plain data), and how it is drawn where there is no browser.

A `Chart` is the same data for the browser and for the server; latido/web/assets/charts draws it in both places.
"""

from latido.report.charts.by_group import bars, composition
from latido.report.charts.chart import Chart
from latido.report.charts.over_time import trend
from latido.report.charts.spark import Spark, sparkline_svg
from latido.report.charts.spread import distribution, waits
from latido.report.charts.table import Table, table
from latido.report.charts.waiting import survival
from latido.report.charts.watch import watch_chart
from latido.report.charts.week import heat

__all__ = [
    "Chart",
    "Spark",
    "Table",
    "bars",
    "composition",
    "distribution",
    "heat",
    "sparkline_svg",
    "survival",
    "table",
    "trend",
    "waits",
    "watch_chart",
]
