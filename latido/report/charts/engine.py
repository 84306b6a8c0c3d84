"""The chart code of the browser in a JavaScript engine of our own."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import current_thread

import quickjs  # type: ignore[import-untyped]

from latido.report.charts import built
from latido.report.charts.chart import Chart
from latido.report.tokens import Theme, chart_theme

# An engine belongs to the thread that began it. One is enough: a chart takes a few hundredths of a second.
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="latido-charts")

_HOVER = re.compile("<style.*?</style>", re.DOTALL)  # what only a mouse would see


def drawn(chart: Chart, theme: Theme, language: str, width: int, height: int) -> str:
    """A chart as SVG of this size, with no ground."""
    colours = {**chart_theme(theme), "font": built.FONT}
    found = str(call("latidoServer.svg", chart.kind, chart.data, colours, language, width, height))
    return _HOVER.sub("", found)


def own_height(chart: Chart) -> int | None:
    """The height that a chart wants: one row a bar; None where any will do."""
    found = call("latidoCharts.height", chart.kind, chart.data)
    return None if found is None else int(str(found))


def call(function: str, *given: object) -> object:
    """Call a function of the chart code with what JSON can carry, and get what JSON can carry."""
    told = ",".join(json.dumps(value, allow_nan=False) for value in given)
    return _THREAD.submit(_evaluate, f"JSON.stringify({function}({told})) ?? 'null'").result()


def _evaluate(source: str) -> object:
    return json.loads(_context(current_thread().name).eval(source))


@cache
def _context(_thread: str) -> quickjs.Context:
    context = quickjs.Context()
    context.eval(built.text("server.js"))
    context.eval(f"latidoServer.learn({built.text('widths.json')})")
    return context
