"""Facts after many imports are the facts of all that was imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from latido.facts.catalog import Derived
from latido.facts.refresh import refresh
from latido.model import TABLES
from latido.store.engine import Engine
from latido.store.engines.duckdb import DuckDB
from latido.store.lake import Lake
from tests.metrics.tables import MONDAY, Row, after, became, desk, said, story

DAYS = 1440
Import = Callable[..., None]
numbers = count()

STORIES = [
    story("first", said("agent", 10), became("solved", 60), customer_id="cleo", topic="bill"),
    story(
        "second",
        said("bot", 1),
        said("agent", 30),
        became("solved", 40),
        created=after(3 * DAYS),
        customer_id="cleo",
        topic="bill",
    ),
    story("third", became("solved", 5), created=after(4 * DAYS), customer_id="dora", topic="bill"),
    story("nobody's", said("agent", 5), created=after(5 * DAYS)),
]


def staged(folder: Path, table: str, rows: list[Row]) -> Path:
    path = folder / f"{table}-{next(numbers)}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=TABLES[table].schema()), path)
    return path


def imported(lake: Lake, engine: Engine, **tables: list[Row]) -> None:
    """Import rows as one write, and bring the facts up to date in it."""
    with lake.write("test") as writer:
        for name, rows in tables.items():
            writer.upsert(TABLES[name], [staged(writer.staging, name, rows)])
        refresh(writer, engine)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    found = DuckDB()
    yield found
    found.close()


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Lake:
    """Three imports: the first tickets; another of one of their customers; and all that can change later."""
    found = Lake.create(tmp_path_factory.mktemp("refresh") / "lake")
    add: Import = partial(imported, found, engine)
    first, second, third, nobody = STORIES
    add(tickets=[first.ticket, third.ticket, nobody.ticket], ticket_events=[*first.events, *third.events])
    add(tickets=[second.ticket], ticket_events=second.events)
    add(
        answers=[{"answer_id": "a", "kind": "csat", "score": 5.0, "subject": "ticket", "subject_id": "first",
                  "answered": MONDAY}],
        tickets=[{**third.ticket, "customer_id": "cleo", "updated": after(9 * DAYS)}],
        ticket_events=nobody.events, customers=[{"customer_id": "cleo", "segment": "home"}],
    )  # fmt: skip
    return found


def rows(table: Any) -> list[str]:
    """Rows as texts, in an order of their own."""
    found = table.select(*sorted(table.columns)).to_pyarrow().to_pylist()
    # Sums come out of Parquet as floats.
    return sorted(str({n: float(v) if isinstance(v, int) else v for n, v in row.items()}) for row in found)


def kept(lake: Lake, engine: Engine, name: str) -> Any:
    return Derived(lambda table: engine.table(lake.snapshot(), table))[name]


def fact(lake: Lake, engine: Engine, name: str, key: str) -> pd.DataFrame:
    frame: pd.DataFrame = kept(lake, engine, name).execute()
    return frame.set_index(key)


@pytest.fixture(scope="module")
def from_scratch(lake: Lake, engine: Engine) -> Derived:
    """All facts, derived at once from everything that was imported."""
    return Derived(lambda table: engine.table(lake.snapshot(), table) if table in TABLES else None)


WRITTEN = ("ticket_facts", "status_facts", "cycle_facts", "reply_facts", "answer_facts", "activity_facts")


@pytest.mark.parametrize("name", WRITTEN)
def test_facts_kept_are_the_facts_derived_from_everything(
    lake: Lake, engine: Engine, from_scratch: Derived, name: str
) -> None:
    assert rows(kept(lake, engine, name)) == rows(from_scratch[name])


def test_a_new_ticket_becomes_the_next_contact_of_its_customer_s_older_one(lake: Lake, engine: Engine) -> None:
    tickets = fact(lake, engine, "ticket_facts", "ticket_id")
    assert tickets.next_contact["first"] == after(3 * DAYS).replace(tzinfo=None)


def test_a_ticket_that_passes_to_another_customer_is_that_one_s_contact(lake: Lake, engine: Engine) -> None:
    tickets = fact(lake, engine, "ticket_facts", "ticket_id")
    assert tickets.next_contact["second"] == after(4 * DAYS).replace(tzinfo=None)


def test_a_changed_customer_changes_the_facts_of_the_tickets(lake: Lake, engine: Engine) -> None:
    assert fact(lake, engine, "ticket_facts", "ticket_id").segment["second"] == "home"


def test_facts_are_found_under_the_month_of_their_tickets(lake: Lake) -> None:
    assert all("month=2024-03" in file for file in lake.snapshot().files("ticket_facts"))


def test_an_import_of_nothing_new_leaves_the_facts_alone(lake: Lake, engine: Engine) -> None:
    before = lake.snapshot().tables["ticket_facts"]
    imported(lake, engine, tickets=[STORIES[0].ticket])
    assert lake.snapshot().tables["ticket_facts"] == before


def test_facts_are_refreshed_in_parts_where_there_are_many_events(
    lake: Lake, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("latido.facts.touched_tickets.EVENTS_AT_ONCE", 4)
    moved = [{"customer_id": who, "segment": "office", "updated": after(20 * DAYS)} for who in ("cleo", "dora")]
    imported(lake, engine, customers=moved)
    tickets = fact(lake, engine, "ticket_facts", "ticket_id")
    assert tickets.segment.dropna().to_dict() == {"first": "office", "second": "office", "third": "office"}
    assert tickets.next_contact["first"] == after(3 * DAYS).replace(tzinfo=None)


@pytest.mark.parametrize(("days", "known"), [(90, True), (91, False)])
def test_a_contact_long_after_the_solve_is_none_of_its_ticket(days: int, known: bool) -> None:
    solved = story("old", became("solved", 0), customer_id="c")
    late = story("new", created=after(days * DAYS), customer_id="c")
    found = Derived(desk(solved, late).get)["ticket_facts"].execute().set_index("ticket_id")
    assert found.next_contact.notna()["old"] == known
