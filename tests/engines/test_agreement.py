"""Every metric and preset has the embedded engine's figures on every engine, or a gap with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import latido
from latido.errors import UsageError
from latido.facts.catalog import FACTS, Derived
from latido.facts.expr import digest
from latido.metrics.agreement import difference
from latido.metrics.catalog import METRICS
from latido.model import TABLES
from latido.store.engine import Engine
from latido.workspace import Workspace
from tests.company import made, write_tickets
from tests.engines.gaps import GAPS

QUESTIONS = [(m.name, preset) for m in METRICS.values() for preset in (None, *(p.name for p in m.presets))]


def asked(workspace: Workspace, metric: str, preset: str | None, **more: Any) -> Any:
    """Month by month, where that can be."""
    try:
        return workspace.measure(metric, preset=preset, period="month", **more)
    except UsageError:
        return workspace.measure(metric, preset=preset, **more)


@pytest.mark.parametrize(("metric", "preset"), QUESTIONS, ids=[f"{m}-{p}" if p else m for m, p in QUESTIONS])
def test_the_figures_are_the_embedded_engine_s(
    embedded: Workspace, elsewhere: Workspace, engine: Engine, metric: str, preset: str | None
) -> None:
    gap = GAPS[engine.name].get(metric)
    if gap:
        with pytest.raises(Exception, match=gap.error):
            asked(elsewhere, metric, preset)
        return
    ours = asked(embedded, metric, preset)
    assert ours.figures
    assert difference(ours, asked(elsewhere, metric, preset)) == ""


@pytest.mark.parametrize("metric", ["first_reply_time", "nps"])
def test_groups_filters_and_calendars_are_too(embedded: Workspace, elsewhere: Workspace, metric: str) -> None:
    question = {"by": ["channel", "weekday"], "where": {"channel": ["email", "chat"]}, "calendar": "24x7"}
    assert difference(embedded.measure(metric, **question), elsewhere.measure(metric, **question)) == ""


def test_the_rows_behind_a_figure_are_too(embedded: Workspace, elsewhere: Workspace) -> None:
    ours, theirs = (w.trace("csat", where={"channel": "email"}).sort_values("answer_id") for w in (embedded, elsewhere))
    assert len(ours) > 0
    assert ours.astype(str).values.tolist() == theirs.astype(str).values.tolist()


@pytest.mark.parametrize("fact", FACTS)
def test_facts_are_derived_there_as_here(embedded: Workspace, elsewhere: Workspace, engine: Engine, fact: str) -> None:
    snapshot = elsewhere.snapshot()
    kept = {n for n in snapshot.tables if n in TABLES or n in FACTS} - {fact}
    derived = FACTS[fact].build(Derived(lambda n: engine.table(snapshot, n) if n in kept else None))
    ours, theirs = embedded.engine.arrow(embedded.table(fact)), engine.arrow(derived)
    names = [n for n in ours.column_names if n in theirs.column_names]
    assert len(names) > 2
    assert rows_of(ours, names, FACTS[fact].key) == rows_of(theirs, names, FACTS[fact].key) != []


def test_an_import_derives_its_facts_there_too(engine: Engine, tmp_path: Path) -> None:
    here, there = (latido.open(made(tmp_path / name)) for name in ("here", "there"))
    there.__dict__["engine"] = engine
    for workspace in (here, there):  # the second import meets facts that stay
        workspace.import_files(write_tickets(tmp_path / "first.csv", 60))
        workspace.import_files(write_tickets(tmp_path / "all.csv", 100))
    ours, theirs = (w.lake.snapshot() for w in (here, there))
    assert ours.rows("ticket_facts") == theirs.rows("ticket_facts") == 100
    found = [here.engine.arrow(here.engine.table(s, "ticket_facts")) for s in (ours, theirs)]
    names = [n for n in found[0].column_names if n != "delivery"]
    assert rows_of(found[0], names, ("ticket_id",)) == rows_of(found[1], names, ("ticket_id",))
    here.close()


def test_no_two_of_many_customers_are_taken_for_one(engine: Engine, tmp_path: Path) -> None:
    path, many = tmp_path / "customers.parquet", 300_000  # with 32 bits about ten pairs would be
    pq.write_table(pa.table({"customer_id": [f"c{i}" for i in range(many)]}), path)
    rows = engine.read([path])
    assert engine.execute(rows.select(customer=digest(rows.customer_id)).distinct().count()) == many


def rows_of(found: pa.Table, names: list[str], key: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows in the order of their key; instants without a zone."""
    cells = [found[n].cast(pa.timestamp("us")) if pa.types.is_timestamp(found[n].type) else found[n] for n in names]
    return pa.table(cells, names=names).sort_by([(k, "ascending") for k in key]).to_pylist()
