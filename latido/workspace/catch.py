"""How many rows of each table filters catch, so that somebody who writes them sees whether they mean anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.errors import UnknownNameError
from latido.metrics.catalog import METRICS
from latido.metrics.query import Condition, Query
from latido.metrics.scope import Scope
from latido.metrics.where import asked
from latido.workspace import reach
from latido.workspace.look import counts

if TYPE_CHECKING:
    from latido.metrics.metric import Metric
    from latido.workspace.question import AsOf
    from latido.workspace.workspace import Workspace

TABLES = (
    "ticket_facts", "answer_facts", "ask_facts", "activity_facts", "mention_facts", "subscription_facts",
    "customer_facts",
)  # fmt: skip


class Caught(NamedTuple):
    """Rows of one table.

    Attributes:
        table: Its name.
        rows: How many the filters catch; None where the table does not know all of their dimensions.
        all: How many there are.
    """

    table: str
    rows: int | None
    all: int


def catch(
    workspace: Workspace, where: tuple[Condition, ...], as_of: AsOf = None, names: Sequence[str] = TABLES
) -> list[Caught]:
    """The rows that filters catch, by table; empty tables are left out. What employees answered is nobody's to count.

    Args:
        workspace: The workspace.
        where: The filters.
        as_of: Version of the data.
        names: Tables to look at.

    Raises:
        UsageError: A filter that no column could be compared with.
    """
    tables = workspace.tables(as_of)
    there = workspace.snapshot(as_of)
    found = [_caught(workspace, tables, name, where) for name in names if there.rows(name)]
    return [one for one in found if one.all]


def _caught(workspace: Workspace, tables: Any, name: str, where: tuple[Condition, ...]) -> Caught:
    metric = _metric(name)
    rows = _rows(tables, name)
    whole = _count(workspace, rows)
    scope = Scope(tables, Query(metric.name, where=where), workspace.settings, metric, workspace.execute)
    try:
        return Caught(name, _count(workspace, asked(rows, scope)), whole)
    except UnknownNameError:
        return Caught(name, None, whole)


def values(workspace: Workspace, table: str, columns: Sequence[str], as_of: AsOf = None) -> dict[str, dict[str, int]]:
    """How many rows of a table have each value of some columns, the most frequent first."""
    if not workspace.snapshot(as_of).rows(table):
        return {}
    return counts(workspace, _rows(workspace.tables(as_of), table), columns)


def _rows(tables: Any, name: str) -> Any:
    return reach.answers(tables) if name == "answer_facts" else tables[name]


def _metric(table: str) -> Metric:
    """A metric that reads a table, for what it calls its dimensions."""
    fitting = [metric for metric in METRICS.values() if metric.table == table and not metric.protected]
    plain = (metric for metric in fitting if metric.time and not metric.aliases and metric.name != "sla_attainment")
    return next(plain, fitting[0])


def _count(workspace: Workspace, rows: Any) -> int:
    found: Any = workspace.execute(rows.aggregate(n=rows.count())).iloc[0, 0]
    return int(found)
