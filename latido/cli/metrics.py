"""`latido metrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Argument, Command, Example
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.i18n import _

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.metrics.metric import Metric


def run(session: Session, name: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List all metrics, or explain one."""
    from latido.metrics.catalog import METRICS
    from latido.metrics.catalog import metric as find
    from latido.report.definitions import catalogue, definition
    from latido.report.terminal import show

    del session
    either(as_json=as_json, as_csv=as_csv)
    chosen = list(METRICS.values()) if name is None else [find(name)]
    if as_csv:
        write_csv([record(m) for m in chosen])
    elif as_json:
        write_json([_whole(m) for m in chosen] if name is None else _whole(chosen[0]))
    elif name is None:
        for grid in catalogue(chosen):
            show(grid)
    else:
        click.echo(definition(chosen[0]))


def record(metric: Metric) -> dict[str, Any]:
    """A metric's definition, flat."""
    texts = {"label": metric.label, "formula": metric.formula, "interval": metric.interval, "source": metric.source}
    return {
        "name": metric.name,
        "family": metric.family,
        **{key: str(text) for key, text in texts.items()},
        "unit": metric.unit,
        "better": metric.better,
        "table": metric.table,
        "min_n": metric.min_n,
    }


def _whole(metric: Metric) -> dict[str, Any]:
    from latido.report.definitions import dimensions_of

    return {
        **record(metric),
        "range": metric.range,
        "traps": metric.traps,
        "presets": {p.name: p.meaning for p in metric.presets},
        "left_out": {rule.reason: rule.label for rule in metric.left_out},
        "dimensions": dimensions_of(metric),
    }


COMMAND = Command(
    "metrics",
    text=_("List the metrics by family, or explain one: what it is, its presets and dimensions, its source and traps."),
    run=run,
    params=(
        Argument("name", required=False, value=_("METRIC"), meaning=_("The one to explain")),
        *FORMATS,
    ),
    examples=(
        Example("latido metrics", _("all of them")),
        Example("latido metrics nps", _("what the NPS is here, and how it is easily counted wrongly")),
    ),
)
