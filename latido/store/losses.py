"""What did not come in, counted in rows of the delivered files: a row with several things wrong is one row."""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from latido.store.rejects import REJECTS
from latido.store.step import Layout, Step


@dataclass(frozen=True)
class Lost:
    """Rows of files, each by its file and number.

    Attributes:
        rejected: Rows that did not come in, or not with all that they hold.
        emptied: Rows that came in with a value left empty.
    """

    rejected: int = 0
    emptied: int = 0


@dataclass(frozen=True)
class Losses:
    """What an import lost.

    Attributes:
        tables: Table → rows that were meant for it.
        rows: All of them; a row that was meant for several tables is one.
    """

    tables: Mapping[str, Lost] = field(default_factory=dict)
    rows: Lost = field(default_factory=Lost)


_COUNTS = "count(*) FILTER (left_out), count(*) FILTER (NOT left_out)"


def losses(connection: duckdb.DuckDBPyConnection, rejected: Sequence[Path]) -> Losses:
    """Count staged rejects.

    Args:
        connection: The write's.
        rejected: Staged rejects.
    """
    if not rejected:
        return Losses()
    step = Step(connection, "losses", Layout(REJECTS.schema(), REJECTS.key, None))
    step.files("rejected", rejected)
    step.keep(
        "rows",
        f'SELECT "table", delivery, "row", bool_or(NOT kept) AS left_out FROM {step["rejected"]} GROUP BY ALL',
    )
    tables = connection.execute(f'SELECT "table", {_COUNTS} FROM {step["rows"]} GROUP BY "table"').fetchall()
    whole = f'SELECT bool_or(left_out) AS left_out FROM {step["rows"]} GROUP BY delivery, "row"'
    (rows,) = connection.execute(f"SELECT {_COUNTS} FROM ({whole})").fetchall()
    return Losses({name: Lost(*counts) for name, *counts in tables}, Lost(*rows))
