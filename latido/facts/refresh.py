"""Bringing the facts up to date with what an import touched, and with nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from typing import Any

import ibis
import pyarrow as pa

from latido.facts.catalog import FACTS, Derived, Fact
from latido.facts.expr import union_all
from latido.store.engine import Engine
from latido.store.writer import Writer

# So many events are derived at a time: they fit into half of the memory that an engine has by default.
EVENTS_AT_ONCE = 2_000_000
TICKETS = tuple(f for f in FACTS.values() if f.follows == "ticket_id")
OTHERS = tuple(f for f in FACTS.values() if f.follows is None)
_HISTORY = ("tickets", "ticket_events")


def refresh(writer: Writer, engine: Engine) -> None:
    """Recompute the facts of the tickets that this write touched, and the other facts that read what changed.

    A ticket is touched with all tickets of its customer: a new one is the older one's next contact.
    """
    rebuilt: set[str] = set()
    with engine.deriving():
        if touched := _touched(writer, engine):
            _refresh_tickets(writer, engine, touched)
            rebuilt |= {f.name for f in TICKETS}
        for fact in OTHERS:
            if any(name in rebuilt or writer.has_changed(name) for name in fact.needs):
                _rebuild(fact, writer, engine)
                rebuilt.add(fact.name)


def _touched(writer: Writer, engine: Engine) -> Touched | None:
    """Tickets whose facts may have changed; None where there are none."""
    if not any(map(writer.has_changed, (*_HISTORY, "customers"))) or not writer.now.rows("tickets"):
        return None
    tickets, before = (engine.table(version, "tickets") for version in (writer.now, writer.snapshot))
    if not writer.snapshot.rows("ticket_facts"):
        return Touched(engine, tickets)
    ids = [t for name in _HISTORY if (t := writer.changed(name, "ticket_id")) is not None]
    people = writer.changed("customers", "customer_id")
    named = [tickets.semi_join(ibis.memtable(t), "ticket_id") for t in ids]
    # A ticket that passes to another customer is the next contact of neither's tickets any more.
    named += [before.semi_join(ibis.memtable(t), "ticket_id") for t in ids]
    owned = [tickets.semi_join(ibis.memtable(people), "customer_id")] if people is not None else []
    both = union_all([t.select("ticket_id", "customer_id") for t in (*named, *owned)])
    owners = both.filter(both.customer_id.notnull()).select("customer_id").distinct()
    theirs = tickets.semi_join(owners, "customer_id").select("ticket_id", "customer_id")
    mine = tickets.semi_join(both, "ticket_id").select("ticket_id", "customer_id")
    return Touched(engine, ibis.union(mine, theirs).distinct(), some=True)


class Touched:
    """The tickets to recompute, kept in the engine while it lasts.

    Args:
        engine: Where the tickets are.
        tickets: With `ticket_id` and `customer_id`.
        some: Whether there are facts of others too, which stay.

    Attributes:
        ids: The tickets, where facts of others stay; None where all go.
    """

    def __init__(self, engine: Engine, tickets: Any, *, some: bool = False) -> None:
        self._engine = engine
        # Tickets of one customer stay together: each is the other's next contact.
        bucket = ibis.coalesce(tickets.customer_id, tickets.ticket_id).hash()
        self._tickets = engine.keep(tickets.select("ticket_id", bucket=bucket))
        self.ids: pa.Table | None = engine.arrow(self._tickets.select("ticket_id")) if some else None

    def parts(self, rows: Mapping[str, Any], folder: Path) -> Iterator[dict[str, Any]]:
        """The tickets and their events, in so many parts that each has a bearable number of events.

        Every row is read once to be put into its part, and once as a part: the cost stays proportional.

        Args:
            rows: Tables with `ticket_id`; all rows of them, without what is not needed.
            folder: For the parts.
        """
        mine = {name: self._mine(table) for name, table in rows.items()}
        events = int(self._engine.execute(mine["ticket_events"].count()))
        number = max(1, -(-events // EVENTS_AT_ONCE))
        if number == 1:
            yield {name: self._engine.keep(table.drop("bucket")) for name, table in mine.items()}
            return
        for name, table in mine.items():
            part = (table.bucket % number + number) % number
            self._engine.write(table.mutate(part=part), folder / name, by="part")
        for i in range(number):
            yield {name: self._read(folder / name / f"part={i}", mine[name]) for name in mine}

    def _mine(self, table: Any) -> Any:
        return table.inner_join(self._tickets, "ticket_id")

    def _read(self, folder: Path, whole: Any) -> Any:
        """A part, kept; an empty one has no folder."""
        files = sorted(folder.glob("*.parquet"))
        rows = self._engine.read(files) if files else whole.limit(0)
        return self._engine.keep(rows.drop("bucket"))


def _refresh_tickets(writer: Writer, engine: Engine, touched: Touched) -> None:
    files = _derived(writer, engine, touched)
    rmtree(writer.staging / "parts", ignore_errors=True)
    for fact in TICKETS:
        writer.replace(fact.name, files[fact.name], ("ticket_id",), touched.ids, fact.time)


def _derived(writer: Writer, engine: Engine, touched: Touched) -> dict[str, list[Path]]:
    """Files of the tickets' facts; what the engine kept meanwhile is let go with the end of this."""
    files: dict[str, list[Path]] = {f.name: [] for f in TICKETS}
    customers = engine.table(writer.now, "customers")
    rows = {name: _lean(engine.table(writer.now, name)) for name in _HISTORY}
    for number, part in enumerate(touched.parts(rows, writer.staging / "parts")):
        tables = Derived({**part, "customers": customers}.get)
        for fact in TICKETS:
            files[fact.name] += engine.write(tables[fact.name], writer.staging / f"{fact.name}-{number}.parquet")
    return files


def _lean(rows: Any) -> Any:
    """Without what was said: it is not needed here, and is most of the bytes."""
    return rows.drop("text") if "text" in rows.columns else rows


def _rebuild(fact: Fact, writer: Writer, engine: Engine) -> None:
    tables = Derived(lambda name: engine.table(writer.now, name) if name in writer.versions else None)
    files = engine.write(fact.build(tables), writer.staging / f"{fact.name}.parquet")
    writer.replace(fact.name, files, fact.key, None, fact.time)
