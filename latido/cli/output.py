"""Machine formats: JSON and CSV with dots, ISO dates and empty cells for what is not known."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from latido.cli.grammar import Option
from latido.errors import UsageError
from latido.i18n import Message, _

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.measurement import Change, Figure, Measurement, Period
    from latido.stats.estimate import Estimate

FORMATS = (
    Option("--json", "as_json", is_flag=True, meaning=_("Print JSON")),
    Option("--csv", "as_csv", is_flag=True, meaning=_("Print CSV")),
)


def either(*, as_json: bool, as_csv: bool) -> None:
    """Refuse both at once."""
    if as_json and as_csv:
        raise UsageError(_("--json and --csv exclude each other."))


def write_json(value: Any) -> None:
    """Print a value as JSON; what is not known is null."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def write_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as CSV with the columns of all of them."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: plain(value) for name, value in row.items()} for row in rows)


def write_frame(frame: pd.DataFrame, *, as_json: bool) -> None:
    """Print a data frame as JSON records or CSV."""
    if as_json:
        click.echo(frame.to_json(orient="records", date_format="iso", force_ascii=False, indent=2))
    else:
        frame.to_csv(sys.stdout, index=False, lineterminator="\n", date_format="%Y-%m-%dT%H:%M:%S%z")


def plain(value: Any) -> Any:
    """What JSON can say: no NaN, no infinity, ISO dates, texts for messages."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(v) for v in value]
    return str(value) if isinstance(value, Message) else value


def measurement(found: Measurement, **more: Mapping[int, Any]) -> dict[str, Any]:
    """A measurement for JSON: definition, question, figures.

    Args:
        found: The measurement.
        **more: Further fields of its figures, by the figure's number.
    """
    figures = [figure(f) | {k: v.get(i) for k, v in more.items()} for i, f in enumerate(found.figures)]
    return {
        "metric": found.metric.name,
        "unit": found.metric.unit,
        "better": found.metric.better,
        "query": asdict(found.query),
        "time_zone": found.time_zone,
        "data_end": found.data_end,
        "version": found.version,
        "figures": figures,
    }


def figure(one: Figure) -> dict[str, Any]:
    """A figure for JSON."""
    return {
        "period": _period(one.period),
        "keys": one.keys,
        "parts": {name: asdict(estimate) for name, estimate in one.parts.items()},
        "left_out": one.left_out,
        "withheld": one.withheld,
        "change": _change(one.change),
    }


def _period(period: Period | None) -> dict[str, Any] | None:
    return {"start": period.start, "end": period.end} if period else None


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    estimates: dict[str, Estimate] = {"difference": change.difference, "baseline": change.baseline}
    told = {name: asdict(e) for name, e in estimates.items()}
    return {**told, "period": _period(change.period), "noise": change.noise}
