"""What the metrics mean, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

import ibis

from latido.facts.catalog import Derived
from latido.i18n import _
from latido.metrics.metric import Metric
from latido.metrics.present import Cell, Column, Grid, direction, unit_label
from latido.metrics.query import Query
from latido.metrics.scope import Scope
from latido.metrics.settings import Settings
from latido.metrics.where import dimensions
from latido.report.overview import FAMILIES

WIDTH = 80


def catalogue(metrics: Sequence[Metric]) -> Iterator[Grid]:
    """One grid a family."""
    columns = tuple(Column(str(text), right=False) for text in (_("metric"), _("name"), _("unit"), _("better")))
    for family, label in FAMILIES.items():
        own = [m for m in metrics if m.family == family]
        cells = tuple(tuple(map(Cell, (m.name, str(m.label), unit_label(m.unit), direction(m)))) for m in own)
        if own:
            yield Grid(str(label), "", columns, cells)


def definition(metric: Metric) -> str:
    """All that is declared of a metric, as a page of text."""
    facts = {
        _("Definition"): str(metric.formula),
        _("Unit"): ", ".join(filter(None, (unit_label(metric.unit), direction(metric)))),
        _("Interval"): str(metric.interval),
        _("Source"): str(metric.source),
        _("Reads"): metric.table,
        _("Withheld below"): f"n = {metric.min_n}" if metric.min_n > 1 else "",
        _("Never merged over"): ", ".join(metric.splits),
        _("Dimensions"): ", ".join(dimensions_of(metric)),
    }
    lists = {
        _("Presets"): [f"{p.name}: {p.meaning}" for p in metric.presets],
        _("Left out"): [str(rule.label) for rule in metric.left_out],
        _("Traps"): [str(trap) for trap in metric.traps],
    }
    told = [fill(f"{name}: {text}", WIDTH, subsequent_indent="  ") for name, text in facts.items() if text]
    listed = [f"{name}:\n" + "\n".join(map(_item, items)) for name, items in lists.items() if items]
    return "\n".join((f"{metric.name} · {metric.label}", "", *told, *(f"\n{part}" for part in listed)))


def _item(text: str) -> str:
    return fill(f"- {text}", WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def dimensions_of(metric: Metric) -> list[str]:
    """What a question about the metric may split and filter by, wherever there are no columns of one's own."""
    tables = Derived(lambda _name: None)
    scope = Scope(tables, Query(metric.name), Settings(), metric, ibis.duckdb.connect().execute)
    return sorted(dimensions(metric.rows(tables[metric.table], scope), metric))
