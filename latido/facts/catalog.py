"""All facts, once, in the order in which one builds on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from latido.facts.answers import answer_facts, ask_facts
from latido.facts.customers import customer_facts, order_facts, subscription_facts
from latido.facts.employment import employment_facts
from latido.facts.expr import conform, in_utc
from latido.facts.interactions import activity_facts, mention_facts
from latido.facts.spells import cycle_facts, reply_facts, status_facts
from latido.facts.tickets import ticket_facts
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
        follows: The entity whose touched members are recomputed: `ticket_id`, or None where the
            whole table is rebuilt when something that it needs changed.
    """

    name: str
    build: Callable[[Mapping[str, Any]], Any]
    needs: tuple[str, ...]
    key: tuple[str, ...]
    time: str | None = None
    follows: str | None = None


_TICKET = ("tickets", "ticket_events", "customers")

FACTS: dict[str, Fact] = {
    f.name: f
    for f in (
        Fact("ticket_facts", ticket_facts, _TICKET, ("ticket_id",), "created", "ticket_id"),
        Fact("status_facts", status_facts, _TICKET, ("ticket_id", "seq"), "began", "ticket_id"),
        Fact("cycle_facts", cycle_facts, (*_TICKET, "ticket_facts"), ("ticket_id", "cycle"), "began", "ticket_id"),
        Fact("reply_facts", reply_facts, (*_TICKET, "ticket_facts"), ("ticket_id", "reply"), "asked", "ticket_id"),
        Fact("answer_facts", answer_facts, ("answers", "customers", "ticket_facts"), ("answer_id",), "answered"),
        Fact("ask_facts", ask_facts, ("asks", "customers", "ticket_facts", "answer_facts"), ("ask_id",), "asked"),
        Fact("subscription_facts", subscription_facts, ("subscriptions", "customers"), ("customer_id",)),
        Fact("order_facts", order_facts, ("orders", "customers"), ("order_id",), "ordered"),
        Fact("customer_facts", customer_facts, ("orders", "customers"), ("customer_id", "currency")),
        Fact("mention_facts", mention_facts, ("mentions",), ("mention_id",), "occurred"),
        Fact("activity_facts", activity_facts, ("touchpoints", "tickets", "orders", "mentions", "customers"),
             ("activity_id",), "occurred"),
        Fact("employment_facts", employment_facts, ("agents",), ("agent_id", "began")),
    )
}  # fmt: skip


class Derived(Mapping[str, Any]):
    """Tables by name: facts are taken where they are kept, else derived from the canonical tables.

    Args:
        get: Name → Ibis table, or None where there is none.
    """

    def __init__(self, get: Callable[[str], Any | None]) -> None:
        self._get = get
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*TABLES, *FACTS))

    def __len__(self) -> int:
        return len(TABLES) + len(FACTS)

    def _find(self, name: str) -> Any:
        kept = self._get(name)
        if name in FACTS:
            # Kept once: facts that build on facts would otherwise be one expression without end.
            return in_utc(kept) if kept is not None else FACTS[name].build(self).cache()
        return conform(kept, TABLES[name])
