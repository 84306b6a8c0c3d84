"""Whatever is imported in whatever order: the facts kept are the facts of all of it, derived at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from latido.facts.catalog import FACTS, Derived
from latido.model import TABLES
from latido.store.engine import Engine
from latido.store.engines.duckdb import DuckDB
from latido.store.lake import Lake
from tests.facts.test_refresh import imported, rows
from tests.metrics.tables import MONDAY, Row

Found = dict[str, list[str]]
SEEDS = range(2)
IMPORTS = 3


class Company:
    """A small company where everything may happen, and may be told otherwise later."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._told = 0

    def tell(self) -> dict[str, list[Row]]:
        """Rows of one import: some new, some another version of what was told before."""
        self._told += 1
        names = self._random.sample(list(_KINDS), self._random.randint(3, len(_KINDS)))
        if self._told == 1:
            names = list(_KINDS)
        return {name: self._rows(name) for name in TABLES if name in names}

    def _rows(self, name: str) -> list[Row]:
        (key, *_rest), told = TABLES[name].key, {}
        for _ in range(self._random.randint(30, 60) if name == "ticket_events" else self._random.randint(1, 8)):
            row = _KINDS[name](self._random)
            told[row[key], row.get("event_id")] = {**row, "updated": MONDAY + timedelta(days=self._told)}
        return list(told.values())


def some(random: Random, letter: str, many: int = 6) -> str:
    return f"{letter}{random.randrange(many)}"


def maybe(random: Random, value: Any) -> Any:
    return value if random.random() < 0.8 else None


def moment(random: Random, days: int = 300) -> Any:
    return MONDAY + timedelta(minutes=random.randrange(days * 1440))


def ticket(random: Random) -> Row:
    return {
        "ticket_id": some(random, "t", 14), "created": moment(random, 100),
        "customer_id": maybe(random, some(random, "c")),
        "topic": random.choice(["bill", "meter"]), "channel": random.choice(["web", "phone"]),
        "team": some(random, "g"), "spam": random.random() < 0.1,
    }  # fmt: skip


def event(random: Random) -> Row:
    return {
        "ticket_id": some(random, "t", 14), "event_id": some(random, "e", 9), "occurred": moment(random),
        "kind": random.choice(["message", "message", "message", "status", "status", "transfer", "merge"]),
        "author_role": random.choice(["agent", "customer"]), "public": True,
        "value": random.choice(["open", "solved", "solved", "closed"]), "team": maybe(random, some(random, "g")),
    }  # fmt: skip


def answer(random: Random) -> Row:
    return {
        "answer_id": some(random, "a", 14), "kind": random.choice(["nps", "csat"]), "score": float(random.randrange(6)),
        "customer_id": maybe(random, some(random, "c")), "answered": maybe(random, moment(random)), "survey": "s",
        "subject": "ticket", "subject_id": some(random, "t", 14), "ask_id": random.choice([None, some(random, "q", 8)]),
    }  # fmt: skip


def ask(random: Random) -> Row:
    return {
        "ask_id": some(random, "q", 8), "kind": random.choice(["nps", "csat"]), "asked": moment(random), "survey": "s",
        "customer_id": maybe(random, some(random, "c")), "subject": "ticket", "subject_id": some(random, "t", 14),
    }  # fmt: skip


_KINDS: dict[str, Any] = {
    "customers": lambda r: {"customer_id": some(r, "c"), "segment": r.choice(["home", "office"])},
    "tickets": ticket,
    "ticket_events": event,
    "answers": answer,
    "asks": ask,
    "orders": lambda r: {"order_id": some(r, "o", 9), "customer_id": some(r, "c"), "ordered": moment(r), "amount": 5.0,
                         "currency": r.choice(["EUR", "MXN"])},
    "subscriptions": lambda r: {"subscription_id": some(r, "s"), "customer_id": some(r, "c"), "started": moment(r),
                                "ended": maybe(r, moment(r))},
    "mentions": lambda r: {"mention_id": some(r, "m"), "occurred": moment(r), "customer_id": maybe(r, some(r, "c"))},
    "touchpoints": lambda r: {"touchpoint_id": some(r, "v", 12), "occurred": moment(r), "kind": r.choice("xyz"),
                              "customer_id": maybe(r, some(r, "c"))},
    "agents": lambda r: {"agent_id": some(r, "g"), "valid_from": moment(r), "team": some(r, "g")},
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    found = DuckDB()
    yield found
    found.close()


@pytest.fixture(scope="module", params=SEEDS)
def both(request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """The facts after several imports, as they are kept; and as they are derived from everything at once."""
    lake = Lake.create(tmp_path_factory.mktemp("increments") / "lake")
    company = Company(request.param)
    for _ in range(IMPORTS):
        imported(lake, engine, **company.tell())
    table = partial(engine.table, lake.snapshot())
    at_once = Derived(lambda name: table(name) if name in TABLES else None)
    return [{name: rows(facts[name]) for name in FACTS} for facts in (Derived(table), at_once)]


@pytest.mark.parametrize("name", FACTS)
def test_facts_after_many_imports_are_those_of_all_of_it(both: list[Found], name: str) -> None:
    kept, at_once = both
    assert kept[name] == at_once[name] != []


def test_what_did_not_change_is_not_written_again(engine: Engine, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    old = [{**ticket(Random(i)), "ticket_id": f"t{i}", "customer_id": "c", "created": MONDAY} for i in range(3)]
    imported(lake, engine, tickets=old, orders=[{"order_id": "1", "customer_id": "c", "ordered": MONDAY}])
    before = {name: set(lake.snapshot().files(name)) for name in FACTS}
    late = {**ticket(Random(9)), "ticket_id": "t9", "customer_id": "c", "created": MONDAY + timedelta(days=200)}
    imported(lake, engine, tickets=[late])
    after = {name: set(lake.snapshot().files(name)) for name in FACTS}
    assert all(before[name] <= after[name] for name in FACTS)
    assert after["ticket_facts"] != before["ticket_facts"]
    assert after["order_facts"] == before["order_facts"]
