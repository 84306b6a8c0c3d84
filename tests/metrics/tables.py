"""The vocabulary in which tests tell what happened: stories of tickets, answers, contracts, people.

    story("bot first", said("bot", 5), said("agent", 60))
    answers(10, None, kind="nps")

Every builder gives canonical tables with no more columns than the test names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import ibis
import pandas as pd
import pyarrow as pa

from latido.facts.catalog import Derived
from latido.metrics import measure
from latido.metrics.settings import Settings
from latido.model import TABLES, Type

MONDAY = datetime(2024, 3, 4, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = 60, 3600, 86400

Row = dict[str, Any]


def at(text: str) -> datetime:
    """`2024-03-04 09:00`, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def after(minutes: float, since: datetime = MONDAY) -> datetime:
    """So many minutes after Monday, 4 March 2024, 9:00 UTC."""
    return since + timedelta(minutes=minutes)


def table(name: str, records: Iterable[Row]) -> Any:
    """A canonical table of these records, with the columns that they name; texts of instants are read."""
    rows = list(records)
    declared = {c.name: c.type.arrow for c in TABLES[name].columns}
    names = list(dict.fromkeys(column for row in rows for column in row)) or list(declared)
    schema = pa.schema([pa.field(n, declared.get(n, pa.string())) for n in names])
    return ibis.memtable(pa.Table.from_pylist([{n: _read(name, n, r.get(n)) for n in names} for r in rows], schema))


def _read(name: str, column: str, value: Any) -> Any:
    is_instant = column in TABLES[name] and TABLES[name][column].type is Type.INSTANT
    return at(value) if is_instant and isinstance(value, str) else value


class Happened(NamedTuple):
    """One event of a story, so many minutes after its ticket's creation."""

    minutes: float
    columns: Row


def said(role: str, minutes: float, **columns: Any) -> Happened:
    """A public message."""
    return Happened(minutes, {"kind": "message", "author_role": role, "public": True, **columns})


def noted(minutes: float, **columns: Any) -> Happened:
    """An agent's private note."""
    return Happened(minutes, {"kind": "note", "author_role": "agent", "public": False, **columns})


def became(status: str, minutes: float, **columns: Any) -> Happened:
    """A change of status."""
    return Happened(minutes, {"kind": "status", "value": status, **columns})


def event(kind: str, minutes: float, **columns: Any) -> Happened:
    """Any other event."""
    return Happened(minutes, {"kind": kind, **columns})


class Story(NamedTuple):
    """A ticket and what happened to it."""

    ticket: Row
    events: list[Row]


def story(name: str, *happened: Happened, created: datetime = MONDAY, **columns: Any) -> Story:
    """A ticket of this name, created on Monday at nine unless said otherwise."""
    events = [
        {"ticket_id": name, "event_id": f"{i:03}", "occurred": after(h.minutes, created), **h.columns}
        for i, h in enumerate(happened)
    ]
    return Story({"ticket_id": name, "created": created, **columns}, events)


def desk(*stories: Story, **more: Any) -> dict[str, Any]:
    """The tables of a help desk where these stories happened."""
    return {
        "tickets": table("tickets", (s.ticket for s in stories)),
        "ticket_events": table("ticket_events", (e for s in stories for e in s.events)),
        **more,
    }


def derived(tables: Mapping[str, Any]) -> Derived:
    """Tables whose facts are derived once."""
    return Derived(tables.get)


def created(*stamps: str, **columns: Any) -> dict[str, Any]:
    """Facts of tickets created at these instants, of which nothing else is known."""
    plain = {"status": "open", "merged": False, "spam": False}
    rows = [
        {"ticket_id": f"t{i:04}", "created": at(s), "last_event": at(s), **plain, **_nth(columns, i)}
        for i, s in enumerate(stamps)
    ]
    return {"ticket_facts": ibis.memtable(pa.Table.from_pylist(rows))}


def answers(*scores: float | None, **columns: Any) -> Any:
    """One answer a score; a column's list gives each answer its own."""
    given = {"kind": "nps", "answered": MONDAY, **columns}
    return table("answers", [{"answer_id": f"a{i:04}", "score": s, **_nth(given, i)} for i, s in enumerate(scores)])


def asks(number: int, **columns: Any) -> Any:
    """So many invitations, `q0`, `q1`, …"""
    given = {"kind": "csat", "asked": MONDAY, **columns}
    return table("asks", [{"ask_id": f"q{i}", **_nth(given, i)} for i in range(number)])


def survey(number: int, *scores: float | None, asked: Any = "2024-02-20 09:00", **given: Any) -> dict[str, Any]:
    """So many invitations, the first of them answered with these scores, on 2 March 2024."""
    of_asks = {c: v for c, v in given.items() if c in {"bounced", "subject", "subject_id", "survey", "customer_id"}}
    own = {"kind": "csat", "ask_id": [f"q{i}" for i in range(len(scores))], "answered": "2024-03-02 09:00", **given}
    of_answers = {c: v for c, v in own.items() if c != "bounced"}
    return {"asks": asks(number, asked=asked, **of_asks), "answers": answers(*scores, **of_answers)}


def subscriptions(*contracts: tuple[str, str | None], **columns: Any) -> Any:
    """One contract each of its own customer, from a day to a day."""
    return table(
        "subscriptions",
        [
            {"subscription_id": f"s{i}", "customer_id": f"c{i}", "started": a, "ended": b, **_nth(columns, i)}
            for i, (a, b) in enumerate(contracts)
        ],
    )


def orders(*purchases: tuple[str, str, float], **columns: Any) -> Any:
    """Purchases: who, when, how much."""
    return table(
        "orders",
        [
            {"order_id": f"o{i}", "customer_id": who, "ordered": when, "amount": amount, **_nth(columns, i)}
            for i, (who, when, amount) in enumerate(purchases)
        ],
    )


def people(*spells: Row) -> Any:
    """Employees."""
    return table("agents", [{"agent_id": f"e{i}", **spell} for i, spell in enumerate(spells)])


def mentions(*records: Row) -> Any:
    """Public mentions."""
    return table("mentions", [{"mention_id": f"m{i}", **record} for i, record in enumerate(records)])


def _nth(columns: Row, i: int) -> Row:
    return {name: value[i] if isinstance(value, list) else value for name, value in columns.items()}


def traced(metric: str, tables: Mapping[str, Any], settings: Settings | None = None, **asked: Any) -> pd.DataFrame:
    """The rows behind a figure, by their key."""
    found = measure(metric, tables, settings, **asked)
    return found.trace().set_index(found.metric.key)
