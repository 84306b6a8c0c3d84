"""Bringing the facts up to date with what an import touched, and with nothing else."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from latido.facts.catalog import FACTS, Derived, Fact
from latido.facts.touched_customers import TouchedCustomers
from latido.facts.touched_tickets import TouchedTickets, touched_tickets
from latido.store.engine import Engine
from latido.store.writer import Writer

TICKETS = tuple(f for f in FACTS.values() if f.follows == "ticket_id")
OTHERS = tuple(f for f in FACTS.values() if f.follows != "ticket_id")


def refresh(writer: Writer, engine: Engine) -> None:
    """Recompute the facts of the tickets and customers that this write touched, and write those that changed."""
    with engine.deriving():
        if touched := touched_tickets(writer, engine):
            _refresh_tickets(writer, touched, engine)
        for fact in OTHERS:
            if any(map(writer.has_changed, fact.needs)):
                _refresh(fact, writer, engine)


def _refresh_tickets(writer: Writer, touched: TouchedTickets, engine: Engine) -> None:
    files: dict[str, list[Path]] = {f.name: [] for f in TICKETS}
    for number, part in enumerate(touched.parts()):
        tables = Derived(part.get, engine.keep)
        for fact in TICKETS:
            files[fact.name] += engine.write(tables[fact.name], writer.staging / f"{fact.name}-{number}.parquet")
    # What the engine kept is let go before the rows are put in order.
    del part, tables
    rmtree(writer.staging / "parts", ignore_errors=True)
    for fact in TICKETS:
        writer.replace(fact.name, files[fact.name], ("ticket_id",), touched.ids, fact.time)


def _refresh(fact: Fact, writer: Writer, engine: Engine) -> None:
    """A fact of customers, of those touched only; the whole of it where it has other columns than so far."""
    path = writer.staging / f"{fact.name}.parquet"
    if fact.follows and writer.snapshot.rows(fact.name):
        touched = TouchedCustomers(fact, writer, engine)
        rows = fact.build(touched.tables)
        if set(rows.columns) == set(writer.snapshot.schema(fact.name).names):
            writer.replace(fact.name, engine.write(rows, path), fact.key, touched.keys, fact.time)
            return
    tables = Derived(lambda name: engine.table(writer.now, name) if name in writer.versions else None, engine.keep)
    writer.replace(fact.name, engine.write(fact.build(tables), path), fact.key, None, fact.time)
