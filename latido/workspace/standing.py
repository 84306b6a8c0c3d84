"""Whether a ticket counts in each figure, with which value, and why not: the metrics' own rules, on its rows alone."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeAlias

import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable

from latido.facts.catalog import FACTS
from latido.metrics.catalog import METRICS
from latido.metrics.measure import population, scope_of
from latido.metrics.query import Query
from latido.workspace.listing import literal

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.workspace.answers import Answers
    from latido.workspace.ticket import Facts
    from latido.workspace.workspace import Workspace

Rows: TypeAlias = Mapping[str, pa.Table]

TABLES = ("ticket_facts", "status_facts", "cycle_facts", "reply_facts")
MOST = 200  # rows of one metric
FEW = 2  # versions of the data whose rules are kept: the last one, and one that a page may still be about
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


def alone(workspace: Workspace, facts: Facts, version: int | None = None) -> Rows:
    """The rows of one ticket, by table; only files of the months in which it lived are read."""
    tables = workspace.tables(version)
    return {name: workspace.engine.arrow(_of(tables[name], FACTS[name].time, facts)) for name in TABLES}


def _of(rows: Any, time: str | None, facts: Facts) -> Any:
    lived = rows[time].between(literal(facts.created), literal(facts.last_event))
    return rows.filter((rows.ticket_id == facts.ticket_id) & lived)


class Judge:
    """The metrics' rules in one version of the data, made into queries once, for the rows of any ticket.

    To make a query takes a hundred times as long as to run it over a ticket's few rows. These are judged in this
    process, whichever engine has all of them.

    Args:
        workspace: Where the tickets are.
        version: Of the data; None for the last.
    """

    def __init__(self, workspace: Workspace, version: int | None = None) -> None:
        self._workspace, self._tables = workspace, workspace.tables(version)
        self._bench: Any = ibis.duckdb.connect(threads=1)
        self._places = {self._tables[name].op(): self._place(name) for name in TABLES}
        self._queries: dict[tuple[str, str], str] = {}
        self._beside: list[tuple[str, pa.Table]] = []
        self._lock = RLock()

    def prepare(self, metric: Metric, calendar: str) -> None:
        """Make the query of a metric; whoever calls it holds the workspace's engine.

        Args:
            metric: The metric.
            calendar: The business calendar of durations.
        """
        if (metric.name, calendar) in self._queries:
            return
        query, space = Query(metric.name, calendar=calendar), self._workspace
        found, _groups = population(scope_of(query, self._tables, space.settings, space.execute))
        shown = found.select([name for name in _SHOWN if name in found.columns]).limit(MOST)
        with self._lock:
            placed = shown.op().replace({**self._places, **self._laid(shown)}).to_expr()
            self._queries[metric.name, calendar] = self._bench.compile(placed)

    def standings(self, rows: Rows, calendar: str) -> Mapping[str, tuple[Standing, ...]]:
        """The rows that a ticket is in the figures that are prepared, equal ones once, by metric.

        Args:
            rows: The ticket's rows, as `alone` gives them.
            calendar: The business calendar of durations.
        """
        with self._lock:
            for name, table in rows.items():
                self._bench.insert(name, ibis.memtable(table), overwrite=True)
            return {metric: self._run(query) for (metric, name), query in self._queries.items() if name == calendar}

    def _run(self, query: str) -> tuple[Standing, ...]:
        found = self._bench.raw_sql(query).fetchdf()
        return tuple(dict.fromkeys(_standing(row) for row in found.to_dict("records")))

    def _place(self, name: str) -> Any:
        """Where the rows of a ticket are laid."""
        return self._bench.create_table(name, schema=self._tables[name].schema()).op()

    def _laid(self, rows: Any) -> dict[Any, Any]:
        """What a query looks up besides, such as the hours of a calendar: laid beside the rows, equal ones once."""
        return {table: self._lay(table.data.to_pyarrow(table.schema)) for table in rows.op().find(InMemoryTable)}

    def _lay(self, table: pa.Table) -> Any:
        name = next((name for name, there in self._beside if there.equals(table)), "")
        if not name:
            name = f"beside_{len(self._beside)}"
            self._bench.create_table(name, table)
            self._beside.append((name, table))
        return self._bench.table(name).op()


def prepared(answers: Answers, calendar: str) -> Judge:
    """The rules of all metrics in the version that is asked about; nobody waits for more than one of them.

    Args:
        answers: The workspace's.
        calendar: The business calendar of durations.
    """
    judge = _judge(answers)
    for metric in metrics():
        with answers.engine:
            judge.prepare(metric, calendar)
    return judge


def _judge(answers: Answers) -> Judge:
    kept: OrderedDict[int, Judge] = answers.once("judges", OrderedDict)
    version = answers.version()
    with answers.engine:
        if version not in kept:
            kept[version] = Judge(answers.workspace, version)
        while len(kept) > FEW:
            kept.popitem(last=False)
        return kept[version]


def _standing(row: Mapping[str, Any]) -> Standing:
    why, value = _text(row["left_out"]), _number(row["value"])
    # First-contact resolution waits like a duration, and is a yes or no.
    value = _number(row.get("at_once")) if value is not None and "at_once" in row else value
    return Standing(not why and value is not None, why, value, _text(row.get("clock")), _number(row.get("target")))


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
