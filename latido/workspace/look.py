"""Closer looks at a metric: what it may be split by, and the values that there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from latido.metrics.query import Query
from latido.metrics.scope import Scope
from latido.metrics.where import dimensions as known_dimensions

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.metric import Metric
    from latido.workspace.question import AsOf
    from latido.workspace.workspace import Workspace


def dimensions(workspace: Workspace, metric: Metric, as_of: AsOf) -> list[str]:
    """What a question about a metric may split and filter by, columns of one's own among them."""
    tables = workspace.tables(as_of)
    scope = Scope(tables, Query(metric.name), workspace.settings, metric, workspace.execute)
    return sorted(known_dimensions(metric.rows(tables[metric.table], scope), metric))


def values(workspace: Workspace, table: str, columns: Sequence[str], as_of: AsOf) -> dict[str, list[str]]:
    """The values of some columns, the most frequent first; a column that is not there has none."""
    found = counts(workspace, workspace.table(table, as_of), columns)
    return {name: list(own) for name, own in found.items() if own}


def counts(workspace: Workspace, rows: Any, columns: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many rows have each value of some columns, the most frequent first; a column of one's own without its `x_`.

    Args:
        workspace: Where they are.
        rows: A table or facts.
        columns: Which; what is not there is left out.
    """
    there = [(name, column) for name in columns for column in (name, f"x_{name}") if column in rows.columns]
    counted = [_counted(rows, name, column) for name, column in there]
    if not counted:
        return {}
    found = workspace.execute(ibis.union(*counted) if len(counted) > 1 else counted[0])
    known = found[found["value"].notna()].sort_values(["n", "value"], ascending=[False, True])
    told = {str(name): dict(zip(map(str, own["value"]), map(int, own["n"]), strict=True))
            for name, own in known.groupby("name")}  # fmt: skip
    return {name: told.get(name, {}) for name, _column in there}


def _counted(rows: Any, name: str, column: str) -> Any:
    counted = rows.group_by(value=rows[column].cast("string")).agg(n=rows.count())
    return counted.mutate(name=ibis.literal(name))


def in_utc(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows; their instants say that they are in UTC."""
    plain = rows.select_dtypes("datetime").columns
    return rows.assign(**{str(column): rows[column].dt.tz_localize("UTC") for column in plain})
