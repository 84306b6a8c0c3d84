"""The scan floor: reading the columns that the definition cannot do without and adding them up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from benchmarks.questions import QUESTIONS
from latido.store import Lake

SUM = {"VARCHAR": "sum(strlen({}))", "TIMESTAMP WITH TIME ZONE": "sum(epoch_us({}))", "BOOLEAN": "count_if({})"}


def prepare(question: str, folder: Path) -> Callable[[], list[list[object]]]:
    """The files are known; what is timed is one pass over the columns of the facts."""
    asked = QUESTIONS[question]
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    files = Lake(folder / "workspace" / "lake").snapshot().files(asked.facts)
    rows = con.read_parquet(files, hive_partitioning=False)
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    sums = ", ".join(SUM.get(types[c], "sum({})").format(c) for c in asked.columns)
    return partial(_pass, con, rows.aggregate(sums).sql_query())


def _pass(con: duckdb.DuckDBPyConnection, query: str) -> list[list[object]]:
    return [list(row) for row in con.execute(query).fetchall()]
