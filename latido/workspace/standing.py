"""Whether a ticket counts in each figure, with which value, and why not: the metrics' own rules, on its rows alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from latido.metrics.catalog import METRICS
from latido.metrics.measure import population, scope_of
from latido.metrics.query import Query
from latido.workspace.tickets import data_end

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.metrics.settings import Settings
    from latido.workspace.workspace import Workspace

TABLES = ("ticket_facts", "status_facts", "cycle_facts", "reply_facts")
MOST = 200  # rows of one metric
_SHOWN = ("value", "at_once", "left_out", "clock", "target")


@dataclass(frozen=True)
class Standing:
    """One row of a metric.

    Attributes:
        counts: Whether it counts.
        why_not: The reason's short name; empty where it counts.
        value: Its value; None where it has none.
        clock: Which promise it is, where the metric judges several.
        target: The promised seconds, where there is a promise.
    """

    counts: bool
    why_not: str
    value: float | None
    clock: str = ""
    target: float | None = None


def metrics() -> list[Metric]:
    """The metrics that have a row for a ticket, whichever the period; of several with the same rows, the first."""
    mine = [m for m in METRICS.values() if m.key == "ticket_id" and m.table in TABLES and m.time is not None]
    return list({m.rows: m for m in reversed(mine)}.values())[::-1]


def alone(workspace: Workspace, ticket_id: str, version: int | None = None) -> Mapping[str, pa.Table]:
    """The rows of one ticket, by table."""
    tables = workspace.tables(version)
    return {name: workspace.engine.arrow(tables[name].filter(lambda t: t.ticket_id == ticket_id)) for name in TABLES}


def settings(workspace: Workspace, version: int | None = None) -> Settings:
    """The workspace's settings for one ticket: its own last event is not where the data end."""
    return replace(workspace.settings, data_end=data_end(workspace, version))


def standings(metric: Metric, rows: Mapping[str, pa.Table], chosen: Settings, calendar: str) -> tuple[Standing, ...]:
    """The rows that a ticket is in a figure, equal ones once; none where it has nothing that the figure looks at.

    Args:
        metric: The metric.
        rows: The ticket's rows, as `alone` gives them.
        chosen: As `settings` gives them.
        calendar: The business calendar of durations.
    """
    # A ticket's few rows are judged in this process, whichever engine has all of them.
    tables = {name: ibis.memtable(table) for name, table in rows.items()}
    scope = scope_of(Query(metric.name, calendar=calendar), tables, chosen, None)
    found, _groups = population(scope)
    shown = found.select([name for name in _SHOWN if name in found.columns]).limit(MOST)
    return tuple(dict.fromkeys(_standing(row) for row in scope.execute(shown).to_dict("records")))


def _standing(row: Mapping[str, Any]) -> Standing:
    why, value = _text(row["left_out"]), _number(row["value"])
    # First-contact resolution waits like a duration, and is a yes or no.
    value = _number(row.get("at_once")) if value is not None and "at_once" in row else value
    return Standing(not why and value is not None, why, value, _text(row.get("clock")), _number(row.get("target")))


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
