"""Whose rows an import touched: a fact of customers is derived anew for these, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa

from latido.facts.catalog import Derived, Fact
from latido.facts.expr import union_all
from latido.model import TABLES
from latido.store.engine import Engine
from latido.store.writer import Writer


class TouchedCustomers:
    """The customers and rows of one fact that this write touched.

    All rows of a touched customer are derived together, since one of them may follow from another. A row
    without a customer stands for itself.

    Args:
        fact: The fact; it `follows` customers.
        writer: The write.
        engine: Where the tables are.
    """

    def __init__(self, fact: Fact, writer: Writer, engine: Engine) -> None:
        self._fact, self._writer, self._engine = fact, writer, engine

    @property
    def tables(self) -> Derived:
        """What the fact is derived from: only their rows of its own tables, all of the others."""
        own = {name: self._theirs(name) for name in self._fact.made_of if name in self._writer.versions}
        if "asks" in own:
            answers = self._table("answer_facts")
            named = answers.ask_id.isin(own["asks"].ask_id).fill_null(False)
            own["answer_facts"] = answers.filter(self._of_customers(answers) | named)
        return Derived(lambda name: own[name] if name in own else self._table(name), self._engine.keep)

    @property
    def keys(self) -> pa.Table:
        """Keys of the fact's rows that are theirs so far."""
        stored = self._engine.table(self._writer.snapshot, self._fact.name)
        mine = self._of_customers(stored)
        for name in self._fact.made_of:
            if TABLES[name].key == self._fact.key:
                mine |= self._is_touched(name, stored)
        return self._engine.arrow(stored.filter(mine).select(*self._fact.key).distinct())

    def _theirs(self, name: str) -> Any:
        rows = self._table(name)
        return rows.filter(self._of_customers(rows) | self._is_touched(name, rows))

    def _of_customers(self, rows: Any) -> Any:
        return rows.customer_id.isin(self._customers.customer_id).fill_null(False)

    def _is_touched(self, name: str, rows: Any) -> Any:
        (key,) = TABLES[name].key
        return rows[key].isin(self._rows[name][key])

    @cached_property
    def _customers(self) -> Any:
        """The customers of all touched rows, and those who changed themselves."""
        found = [rows.select("customer_id") for rows in self._rows.values()]
        found += [self._changed("customers", "customer_id")] if self._writer.has_changed("customers") else []
        both = union_all(found)
        return self._here(both.filter(both.customer_id.notnull()).distinct())

    @cached_property
    def _rows(self) -> Mapping[str, Any]:
        """Key and customer of the touched rows of each of the fact's own tables."""
        return {name: self._here(union_all(list(self._parts(name)))) for name in self._fact.made_of}

    def _parts(self, name: str) -> Iterator[Any]:
        (key,) = TABLES[name].key
        yield self._changed(name, key, "customer_id")
        for other in ("ticket_facts", "answer_facts"):
            if other in self._fact.needs and self._writer.has_changed(other):
                rows = self._table(name)
                yield rows.filter(self._about(rows, other).fill_null(False)).select(key, "customer_id")

    def _about(self, rows: Any, other: str) -> Any:
        """Whether a row says something about tickets, or was asked for by answers, that this write touched."""
        if other == "ticket_facts":
            return (rows.subject == "ticket") & rows.subject_id.isin(self._changed(other, "ticket_id").ticket_id)
        answers = self._changed(other, "ask_id", "customer_id")
        return rows.ask_id.isin(answers.ask_id) | rows.customer_id.isin(answers.customer_id)

    def _changed(self, name: str, *columns: str) -> Any:
        schema = pa.schema([(c, pa.string()) for c in columns])
        changed = self._writer.changed(name, *columns)
        return ibis.memtable(schema.empty_table() if changed is None else changed.cast(schema))

    def _here(self, rows: Any) -> Any:
        return ibis.memtable(self._engine.arrow(rows))

    def _table(self, name: str) -> Any:
        return self._engine.table(self._writer.now, name) if name in self._writer.versions else None
