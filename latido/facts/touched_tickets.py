"""Which tickets an import touched, and the facts of nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from latido.facts.expr import seconds, union_all
from latido.facts.tickets import LONGEST, contacts
from latido.model.calendar import DAY
from latido.store.engine import Engine
from latido.store.writer import Writer

# So many events are derived at a time: they fit into half of the memory that an engine has by default.
EVENTS_AT_ONCE = 2_000_000
_HISTORY = ("tickets", "ticket_events")


class TouchedTickets:
    """The tickets to recompute, kept in the engine while it lasts.

    Args:
        writer: The write.
        engine: Where the tickets are.
        tickets: With `ticket_id`, `customer_id` and `created`.
        neighbours: Contacts of the same customers that stay as they are; None where all tickets are touched.
        named: Tickets that this write names, of which some may be gone.

    Attributes:
        ids: The tickets, where facts of others stay; None where all go.
    """

    def __init__(
        self,
        writer: Writer,
        engine: Engine,
        tickets: Any,
        neighbours: Any | None = None,
        named: Sequence[pa.Table] = (),
    ) -> None:
        self._writer, self._engine = writer, engine
        # Tickets of one customer stay together: each is the other's next contact.
        bucket = ibis.coalesce(tickets.customer_id, tickets.ticket_id).hash()
        self._tickets = engine.keep(tickets.select("ticket_id", "customer_id", "created", bucket=bucket))
        self._neighbours = neighbours
        self.ids: pa.Table | None = None
        if neighbours is not None:
            self.ids = pa.concat_tables([engine.arrow(self._tickets.select("ticket_id")), *named])

    def parts(self) -> Iterator[dict[str, Any]]:
        """The tickets and their events, in so many parts that each has a bearable number of events.

        Every row is read once to be put into its part, and once as a part: the cost stays proportional.
        """
        mine = {name: self._mine(name) for name in _HISTORY}
        every = self._writer.now.rows("ticket_events")  # where all are touched, nothing need be joined to be counted
        events = int(self._engine.execute(mine["ticket_events"].count())) if self.ids is not None else every
        number = max(1, -(-events // EVENTS_AT_ONCE))
        others = {"customers": self._engine.table(self._writer.now, "customers"), **self._unchanged()}
        if number == 1:
            yield {name: self._engine.keep(table.drop("bucket")) for name, table in mine.items()} | others
            return
        folder = self._writer.staging / "parts"
        for name, table in mine.items():
            part = (table.bucket % number + number) % number
            self._engine.write(table.mutate(part=part), folder / name, by="part")
        for i in range(number):
            yield {name: self._read(folder / name / f"part={i}", mine[name]) for name in mine} | others

    def _mine(self, name: str) -> Any:
        """The tickets' rows of a table; events before their ticket's creation count for nothing."""
        rows = self._engine.table(self._writer.now, name, self._since)
        return _lean(rows).inner_join(self._tickets.select("ticket_id", "bucket"), "ticket_id")

    @cached_property
    def _since(self) -> str | None:
        """The month of the oldest of these tickets; None where they are all."""
        first = self._engine.execute(self._tickets.created.min()) if self.ids else None
        return None if pd.isna(first) else f"{first:%Y-%m}"

    def _unchanged(self) -> Mapping[str, Any]:
        if self._neighbours is None:
            return {}
        theirs = self._tickets.select("customer_id").distinct()
        rows = self._neighbours.semi_join(theirs, "customer_id").anti_join(self._tickets, "ticket_id")
        return {"neighbours": self._engine.keep(rows)}

    def _read(self, folder: Path, whole: Any) -> Any:
        """A part, kept; an empty one has no folder."""
        files = sorted(folder.glob("*.parquet"))
        rows = self._engine.read(files) if files else whole.limit(0)
        return self._engine.keep(rows.drop("bucket"))


def touched_tickets(writer: Writer, engine: Engine) -> TouchedTickets | None:
    """Tickets whose facts may have changed; None where there are none."""
    before_and_now = writer.snapshot.rows("ticket_facts"), writer.now.rows("tickets")
    if not any(map(writer.has_changed, (*_HISTORY, "customers"))) or not any(before_and_now):
        return None
    tickets, before = (engine.table(version, "tickets") for version in (writer.now, writer.snapshot))
    if not all(before_and_now):
        return TouchedTickets(writer, engine, tickets)
    facts = engine.table(writer.snapshot, "ticket_facts")
    named = [t for name in _HISTORY if (t := writer.changed(name, "ticket_id")) is not None]
    ids = list(map(ibis.memtable, named))
    changed = [tickets.semi_join(named, "ticket_id") for named in ids]
    # A ticket that passes to another customer is the next contact of neither's tickets any more.
    moved = [before.semi_join(named, "ticket_id") for named in ids]
    if (people := writer.changed("customers", "customer_id")) is not None:
        changed.append(tickets.semi_join(ibis.memtable(people), "customer_id"))
    theirs = union_all([t.select("customer_id", "created") for t in (*changed, *moved)])
    changed.append(tickets.semi_join(_undone(facts, theirs), "ticket_id"))
    touched = union_all([t.select("ticket_id", "customer_id", "created") for t in changed]).distinct()
    return TouchedTickets(writer, engine, touched, contacts(facts), named)


def _undone(facts: Any, changed: Any) -> Any:
    """Tickets of the same customers whose next contact may be one of those that changed."""
    theirs = changed.filter(changed.customer_id.notnull()).group_by(_whose="customer_id")
    theirs = theirs.agg(_first=changed.created.min(), _last=changed.created.max())
    near = facts.inner_join(theirs, facts.customer_id == theirs["_whose"])
    return near.filter((near.created <= near["_last"]) & (seconds(near.solved, near["_first"]) <= LONGEST * DAY))


def _lean(rows: Any) -> Any:
    """Without what was said: it is not needed here, and is most of the bytes."""
    return rows.drop("text") if "text" in rows.columns else rows
