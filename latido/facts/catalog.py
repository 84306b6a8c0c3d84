"""All facts, once, in the order in which one builds on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import ibis
import pyarrow as pa

from latido.facts.answers import answer_facts, ask_facts
from latido.facts.customers import customer_facts, order_facts, subscription_facts
from latido.facts.employment import employment_facts
from latido.facts.expr import conform, in_utc
from latido.facts.interactions import activity_facts, mention_facts
from latido.facts.spells import cycle_facts, reply_facts
from latido.facts.tickets import ticket_facts
from latido.facts.timeline import status_facts
from latido.model import TABLES


@dataclass(frozen=True)
class Fact:
    """One derived table.

    Attributes:
        name: Its name.
        build: Tables (canonical ones conformed, and facts that come before) → Ibis expression.
        needs: Canonical tables and facts that it reads.
        key: Columns that identify a row.
        time: Instant by which it is partitioned.
        of: Canonical tables whose rows it is made of: without any of them it is empty; None for the first in `needs`.
        follows: Whose rows are recomputed together when any of theirs changed: those of a `ticket_id` or a
            `customer_id`; None where the whole table is rebuilt when something that it needs changed.
    """

    name: str
    build: Callable[[Any], Any]
    needs: tuple[str, ...]
    key: tuple[str, ...]
    time: str | None = None
    follows: str | None = None
    of: tuple[str, ...] | None = None

    @property
    def made_of(self) -> tuple[str, ...]:
        """Canonical tables without which there is nothing to derive."""
        return self.of or self.needs[:1]


_TICKET = ("tickets", "ticket_events", "customers")

FACTS: dict[str, Fact] = {
    f.name: f
    for f in (
        Fact("status_facts", status_facts, _TICKET, ("ticket_id", "seq"), "began", "ticket_id"),
        Fact("ticket_facts", ticket_facts, (*_TICKET, "status_facts"), ("ticket_id",), "created", "ticket_id"),
        Fact("cycle_facts", cycle_facts, (*_TICKET, "ticket_facts"), ("ticket_id", "cycle"), "began", "ticket_id"),
        Fact("reply_facts", reply_facts, (*_TICKET, "ticket_facts"), ("ticket_id", "reply"), "asked", "ticket_id"),
        Fact("answer_facts", answer_facts, ("answers", "customers", "ticket_facts"), ("answer_id",), "answered",
             "customer_id"),
        Fact("ask_facts", ask_facts, ("asks", "customers", "ticket_facts", "answer_facts"), ("ask_id",), "asked",
             "customer_id"),
        Fact("subscription_facts", subscription_facts, ("subscriptions", "customers"), ("customer_id", "spell"), None,
             "customer_id"),
        Fact("order_facts", order_facts, ("orders", "customers"), ("order_id",), "ordered", "customer_id"),
        Fact("customer_facts", customer_facts, ("orders", "customers"), ("customer_id", "currency"), None,
             "customer_id"),
        Fact("mention_facts", mention_facts, ("mentions",), ("mention_id",), "occurred", "customer_id"),
        Fact("activity_facts", activity_facts, ("touchpoints", "tickets", "orders", "mentions", "customers"),
             ("activity_id",), "occurred", "customer_id", of=("touchpoints", "tickets", "orders", "mentions")),
        Fact("employment_facts", employment_facts, ("agents",), ("agent_id", "began")),
    )
}  # fmt: skip


class Derived(Mapping[str, Any]):
    """Tables by name: facts are taken where they are kept, else derived from the canonical tables.

    Args:
        get: Name → Ibis table, or None where there is none.
        keep: Computes rows once and keeps them; None for the way of the backend that they belong to.
        drop: Lets go of what was kept; None likewise.
    """

    def __init__(
        self,
        get: Callable[[str], Any | None],
        keep: Callable[[Any], Any] | None = None,
        drop: Callable[[Any], None] | None = None,
    ) -> None:
        self._get = get
        self._kept_by = keep or _cached
        self._dropped_by = drop or _dropped
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*TABLES, *FACTS))

    def __len__(self) -> int:
        return len(TABLES) + len(FACTS)

    def keep(self, rows: Any) -> Any:
        """Compute rows once, for whatever builds on them."""
        return self._kept_by(rows)

    @contextmanager
    def passing(self, rows: Any) -> Iterator[Any]:
        """Compute rows once, for whatever is asked of them inside the block."""
        kept = self.keep(rows)
        try:
            yield kept
        finally:
            self._dropped_by(kept)

    def _find(self, name: str) -> Any:
        kept = self._get(name)
        if name in TABLES:
            return conform(kept, TABLES[name])
        if kept is not None:
            return in_utc(kept)
        if all(self._get(table) is None for table in FACTS[name].made_of):
            return ibis.memtable(_nothing(name))
        # Kept once: facts that build on facts would otherwise be one expression without end.
        return self.keep(FACTS[name].build(self))


def _cached(rows: Any) -> Any:
    return rows.cache()


def _dropped(kept: Any) -> None:
    kept.release()


@cache
def _nothing(name: str) -> pa.Table:
    """The fact's columns without rows; deriving them from nothing would take a second of compilation."""
    expression = FACTS[name].build(Derived(lambda _name: None))
    empty: pa.Table = expression.schema().to_pyarrow().empty_table()
    return empty
