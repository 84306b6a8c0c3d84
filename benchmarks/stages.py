"""From generated rows, or a CSV, to facts: what happens before the first question."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow.parquet as pq
import tomli_w

import latido
from benchmarks.exports import NAMES, ROWS, exported, tickets_before
from benchmarks.generate import chunk_of, events_of, tickets_of
from benchmarks.questions import OFFICE, ZONE
from latido.cli.main import cli
from latido.facts.refresh import refresh
from latido.model import TABLES
from latido.workspace import Workspace

ORDER = ("customers", "tickets", "ticket_events", "asks", "answers")


def prepare(stage: str, folder: Path) -> Callable[[], dict[str, float]]:
    """`load` fills `folder/workspace` with the generated rows, `import:TABLE` a workspace of its own with a CSV.

    `increment` adds a hundredth of new tickets, with their events, to what `load` filled.
    `export` writes these CSVs beforehand, so that their making does not count as an import's memory.
    """
    name, _colon, table = stage.partition(":")
    if name == "export":
        return partial(_export, folder.parent / "exports")
    if name == "import":
        return partial(_import, *_ready(table, folder.parent / "exports", folder.parent / f"import-{table}"))
    if name == "increment":
        return partial(_increment, latido.open(folder / "workspace"))
    return partial(_load, folder, _workspace(folder / "workspace"))


def _load(folder: Path, workspace: Workspace) -> dict[str, float]:
    """Canonical rows into a new lake and facts from them, by the upsert and the refresh of an import."""
    start = perf_counter()
    with workspace.lake.write("benchmark") as writer:
        for name in ORDER:
            writer.upsert(TABLES[name], sorted((folder / name).glob("*.parquet")))
        stored = perf_counter()
        refresh(writer, workspace.engine)
        derived = perf_counter()
    snapshot = workspace.lake.snapshot()
    rows = {name: snapshot.rows(name) for name in ORDER}
    return {**rows, "store": stored - start, "facts": derived - stored}


def _increment(workspace: Workspace) -> dict[str, float]:
    """What a week brings: tickets of customers old and new, all of the last weeks, and what happened to them."""
    snapshot = workspace.lake.snapshot()
    tickets = snapshot.rows("tickets")
    size = tickets // 100
    chunk = chunk_of(10_000_000, tickets - size, size, tickets)
    chunk = chunk._replace(number=chunk.number + tickets)
    with workspace.lake.write("benchmark") as writer:
        staged = {"tickets": tickets_of(chunk, np.random.default_rng(1)), "ticket_events": events_of(chunk)}
        files = {name: writer.staging / f"new-{name}.parquet" for name in staged}
        for name, rows in staged.items():
            pq.write_table(rows, files[name])
        start = perf_counter()
        for name, path in files.items():
            writer.upsert(TABLES[name], [path])
        stored = perf_counter()
        refresh(writer, workspace.engine)
        derived = perf_counter()
    rows = {name: found.num_rows for name, found in staged.items()}
    return {**rows, "store": stored - start, "facts": derived - stored}


def _export(exports: Path) -> dict[str, float]:
    for table in NAMES:
        exported(table, exports)
    tickets_before(ROWS, exports)
    return {"rows": ROWS}


def _ready(table: str, exports: Path, root: Path) -> tuple[Path, str, Workspace]:
    """The CSV to import, and a workspace; events find their tickets there."""
    workspace = _workspace(root)
    if table == "ticket_events":
        with workspace.lake.write("benchmark") as writer:
            writer.upsert(TABLES["tickets"], [tickets_before(ROWS, exports)])
    return exported(table, exports), table, workspace


def _import(csv: Path, table: str, workspace: Workspace) -> dict[str, float]:
    """`latido import`, in this process so that its memory is measured."""
    words = ["--workspace", str(workspace.root), "import", str(csv), "--as", table, "--yes"]
    with redirect_stdout(sys.stderr):
        code = cli.run(words, debug=True)
    if code:
        raise SystemExit(code)
    return {"rows": workspace.lake.snapshot().rows(table)}


def _workspace(root: Path) -> Workspace:
    shutil.rmtree(root, ignore_errors=True)
    latido.create(root, time_zone=ZONE).close()
    with (root / "latido.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + tomli_w.dumps({"calendars": {"office": OFFICE}}))
    return latido.open(root)
