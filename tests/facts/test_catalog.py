"""All facts, in an order in which each finds what it needs."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pytest

from latido.facts.catalog import FACTS, Derived
from latido.model import TABLES
from tests.metrics.stories import told
from tests.metrics.tables import answers, derived


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_needs_canonical_tables_and_facts_before_it(name: str) -> None:
    before = list(FACTS)[: list(FACTS).index(name)]
    assert set(FACTS[name].needs) <= {*TABLES, *before}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_s_key_time_and_columns_are_there_without_any_row(name: str) -> None:
    columns = derived({})[name].columns
    wanted = {*FACTS[name].key, *([FACTS[name].time] if FACTS[name].time else [])}
    assert wanted <= set(columns)


@pytest.mark.parametrize("name", ["ticket_facts", "status_facts", "cycle_facts", "reply_facts"])
def test_a_key_identifies_a_row(name: str) -> None:
    table = told()[name]
    assert table.count().execute() == table.select(*FACTS[name].key).distinct().count().execute()


def test_facts_that_are_kept_are_not_derived_again() -> None:
    kept = told()["ticket_facts"]
    assert Derived({"ticket_facts": kept}.get)["ticket_facts"].equals(kept)


def test_what_is_derived_is_computed_within_the_limits_of_whoever_asks() -> None:
    tables, seen = told(), []

    def keep(rows: Any) -> Any:
        seen.append(rows)
        return rows.cache()

    derived_anew = Derived(lambda name: tables[name] if name in TABLES else None, keep)
    assert derived_anew["ticket_facts"].count().execute() == tables["ticket_facts"].count().execute()
    assert len(seen) == 3  # status facts, tickets half way, ticket facts


def test_facts_made_of_nothing_are_not_derived_at_all() -> None:
    tables = derived({"answers": answers(9)})
    assert tables["ticket_facts"].count().execute() == 0


def test_all_names_can_be_walked() -> None:
    tables = derived({})
    assert list(tables) == [*TABLES, *FACTS]
    assert len(tables) == len(TABLES) + len(FACTS)


def test_what_follows_tickets_is_made_of_tickets() -> None:
    follow = [f for f in FACTS.values() if f.follows == "ticket_id"]
    assert reduce(set.union, (set(f.made_of) for f in follow)) == {"tickets"}
