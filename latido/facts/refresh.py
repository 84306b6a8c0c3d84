"""Bringing the facts up to date with what an import touched, and with nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from latido.facts.catalog import FACTS, Derived, Fact
from latido.facts.expr import union_all
from latido.model import TABLES
from latido.store.engine import Engine
from latido.store.writer import Writer

# So many events are derived at a time: about 1 GB of memory.
EVENTS_AT_ONCE = 4_000_000
TICKETS = tuple(f for f in FACTS.values() if f.follows == "ticket_id")
OTHERS = tuple(f for f in FACTS.values() if f.follows is None)


def refresh(writer: Writer, engine: Engine) -> None:
    """Recompute the facts of the tickets that this write touched, and the other facts that read what changed.

    A ticket is touched with all tickets of its customer: a new one is the older one's next contact.
    """
    rebuilt: set[str] = set()
    if touched := _touched(writer, engine):
        _refresh_tickets(writer, engine, touched)
        rebuilt |= {f.name for f in TICKETS}
    for fact in OTHERS:
        if any(name in rebuilt or writer.changed(name, *_key_of(name)) is not None for name in fact.needs):
            _rebuild(fact, writer, engine)
            rebuilt.add(fact.name)


def _key_of(name: str) -> tuple[str, ...]:
    return TABLES[name].key if name in TABLES else FACTS[name].key


def _touched(writer: Writer, engine: Engine) -> Touched | None:
    """Tickets whose facts may have changed; None where there are none."""
    ids = [t for name in ("tickets", "ticket_events") if (t := writer.changed(name, "ticket_id")) is not None]
    people = writer.changed("customers", "customer_id")
    if not ids and people is None:
        return None
    tickets, before = (engine.table(version, "tickets") for version in (writer.now, writer.snapshot))
    named = [tickets.semi_join(ibis.memtable(t), "ticket_id") for t in ids]
    # A ticket that passes to another customer is the next contact of neither's tickets any more.
    named += [before.semi_join(ibis.memtable(t), "ticket_id") for t in ids]
    owned = [tickets.semi_join(ibis.memtable(people), "customer_id")] if people is not None else []
    both = union_all([t.select("ticket_id", "customer_id") for t in (*named, *owned)])
    owners = both.filter(both.customer_id.notnull()).select("customer_id").distinct()
    theirs = tickets.semi_join(owners, "customer_id").select("ticket_id", "customer_id")
    mine = tickets.semi_join(both, "ticket_id").select("ticket_id", "customer_id")
    return Touched(engine, ibis.union(mine, theirs).distinct())


class Touched:
    """The tickets to recompute, kept in the engine while it lasts."""

    def __init__(self, engine: Engine, tickets: Any) -> None:
        # Tickets of one customer stay together: each is the other's next contact.
        bucket = ibis.coalesce(tickets.customer_id, tickets.ticket_id).hash()
        self.tickets = tickets.mutate(bucket=bucket).cache()
        self.ids: pa.Table = engine.con.to_pyarrow(self.tickets.select("ticket_id"))

    def parts(self, events: int) -> Iterator[Any]:
        """The tickets in so many parts that each has a bearable number of events."""
        number = max(1, -(-events // EVENTS_AT_ONCE))
        for i in range(number):
            mine = self.tickets.filter((self.tickets.bucket % number + number) % number == i)
            yield mine.select("ticket_id") if number > 1 else self.tickets.select("ticket_id")


def _refresh_tickets(writer: Writer, engine: Engine, touched: Touched) -> None:
    files: dict[str, list[Path]] = {f.name: [] for f in TICKETS}
    whole = engine.table(writer.now, "ticket_events")
    mine = whole.semi_join(touched.tickets, "ticket_id").count()
    number = count()
    for part in touched.parts(int(engine.con.execute(mine))):
        tables = _part(writer, engine, part)
        for fact in TICKETS:
            path = writer.staging / f"{fact.name}-{next(number)}.parquet"
            engine.con.to_parquet(tables[fact.name], path)
            files[fact.name].append(path)
    everything = not writer.snapshot.rows("ticket_facts")
    for fact in TICKETS:
        keys = None if everything else touched.ids
        writer.replace(fact.name, files[fact.name], ("ticket_id",), keys, fact.time)


def _part(writer: Writer, engine: Engine, tickets: Any) -> Derived:
    """Canonical tables cut down to some tickets, and the facts derived from them."""
    known: dict[str, Any] = {"customers": engine.table(writer.now, "customers")}
    for name in ("tickets", "ticket_events"):
        rows = engine.table(writer.now, name)
        # What was said is not needed here, and is most of the bytes.
        lean = rows.drop("text") if "text" in rows.columns else rows
        known[name] = lean.semi_join(tickets, "ticket_id").cache()
    return Derived(known.get)


def _rebuild(fact: Fact, writer: Writer, engine: Engine) -> None:
    tables = Derived(lambda name: engine.table(writer.now, name) if name in writer.versions else None)
    path = writer.staging / f"{fact.name}.parquet"
    engine.con.to_parquet(fact.build(tables), path)
    writer.replace(fact.name, [path], fact.key, None, fact.time)
