"""A help desk of any size, straight to canonical Parquet: what the benchmarks measure on.

    python -m benchmarks.generate --events 1e7 --into /tmp/bench

Tickets come in order of creation, 50,000 at a time, each chunk from its own seed, so that memory
stays bounded and the same size is always the same data. A ticket's history is a row of a fixed
sequence of steps, each of which happens or not, some time after the one before.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

START, END = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2024, 2026))
EVENTS_PER_TICKET = 7.45  # what the steps below come to; the exact number is counted
CHUNK = 50_000
HOUR, DAY = 3600, 86400

CHANNELS = ("email", "chat", "phone", "web", "social", "messaging")
TOPICS = ("billing", "outage", "contract", "meter", "installation", "moving", "tariff", "complaint", "app", "other")
PRIORITIES = ("low", "normal", "high", "urgent")
TEAMS = tuple(f"team-{i}" for i in range(8))
AGENTS = tuple(f"agent-{i:03}" for i in range(200))


class Step(NamedTuple):
    """One step of a ticket's history.

    Attributes:
        kind: Kind of the event.
        role: The author's role.
        chance: How often it happens, given the step that it needs.
        wait: Median seconds after the step before.
        needs: Number of the step without which it does not happen.
        value: New value of a status; of others it is the team or agent.
        public: Whether the customer can see it.
    """

    kind: str
    role: str
    chance: float
    wait: int
    needs: int = 0
    value: str | None = None
    public: bool | None = None


STEPS = (
    Step("message", "customer", 1.0, 0, public=True),
    Step("message", "bot", 0.35, 20, public=True),
    Step("assignment", "system", 0.95, 300),
    Step("note", "agent", 0.2, HOUR, public=False),
    Step("message", "agent", 0.95, 2 * HOUR, public=True),
    Step("status", "agent", 0.55, 60, 4, "pending"),
    Step("message", "customer", 0.9, 8 * HOUR, 5, public=True),
    Step("status", "system", 1.0, 1, 6, "open"),
    Step("transfer", "agent", 0.25, 2 * HOUR, 6),
    Step("message", "agent", 0.85, 3 * HOUR, 6, public=True),
    Step("message", "customer", 0.25, 10 * HOUR, 9, public=True),
    Step("message", "agent", 0.9, 4 * HOUR, 10, public=True),
    Step("status", "agent", 0.93, 20 * HOUR, 4, "solved"),
    Step("message", "customer", 0.15, 2 * HOUR, 12, public=True),
    Step("status", "system", 0.08, 30 * HOUR, 12, "open"),
    Step("message", "agent", 0.95, 5 * HOUR, 14, public=True),
    Step("status", "agent", 0.92, 10 * HOUR, 15, "solved"),
    Step("status", "system", 0.7, 96 * HOUR, 12, "closed"),
)
REOPEN, RESOLVE, CLOSE = 14, 16, 17


class Chunk(NamedTuple):
    """Tickets of one chunk as arrays; histories are ticket × step."""

    number: np.ndarray
    created: np.ndarray
    customer: np.ndarray
    channel: np.ndarray
    topic: np.ndarray
    priority: np.ndarray
    agent: np.ndarray
    moved: np.ndarray
    when: np.ndarray
    happened: np.ndarray


def generate(events: float, into: Path) -> dict[str, int]:
    """Write about `events` events and what belongs to them; how many rows each table got.

    Args:
        events: Events wanted.
        into: Folder; one folder a table in it, one Parquet file a chunk.
    """
    tickets = round(events / EVENTS_PER_TICKET)
    rows: dict[str, int] = {}
    for number, first in enumerate(range(0, tickets, CHUNK)):
        chunk = chunk_of(number, first, min(CHUNK, tickets - first), tickets)
        for name, table in _tables(chunk, np.random.default_rng([2, number])):
            (into / name).mkdir(parents=True, exist_ok=True)
            pq.write_table(table, into / name / f"part-{number:05}.parquet", compression="zstd")
            rows[name] = rows.get(name, 0) + table.num_rows
    return rows | {"customers": _customers(tickets, into)}


def chunk_of(seed: int, first: int, size: int, tickets: int) -> Chunk:
    rng = np.random.default_rng([1, seed])
    number = np.arange(first, first + size)
    span = (END - START) / tickets
    created = (START + number * span + rng.uniform(0, span, size)).astype(np.int64)
    customer, topic = rng.integers(0, max(tickets // 4, 1), size), rng.integers(0, len(TOPICS), size)
    _recontact(rng, customer, topic, max(2, round(10 * DAY / span)))
    channel = rng.choice(len(CHANNELS), size, p=(0.35, 0.2, 0.2, 0.1, 0.05, 0.1))
    when, happened = _history(rng, created, channel)
    return Chunk(
        number, created, customer, channel, topic, rng.choice(4, size, p=(0.2, 0.55, 0.2, 0.05)),
        rng.integers(0, len(AGENTS), size), rng.integers(0, len(AGENTS), size), when, happened,
    )  # fmt: skip


def _recontact(rng: np.random.Generator, customer: np.ndarray, topic: np.ndarray, reach: int) -> None:
    """One ticket in twelve comes from somebody who wrote on the same topic in the ten days before."""
    again = np.flatnonzero(rng.random(len(customer)) < 1 / 12)
    earlier = np.maximum(again - rng.integers(1, reach + 1, len(again)), 0)
    customer[again], topic[again] = customer[earlier], topic[earlier]


def _history(rng: np.random.Generator, created: np.ndarray, channel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """When each step happened and whether it did; what would come after the data's end has not happened."""
    size = (len(created), len(STEPS))
    happened = rng.random(size) < np.array([s.chance for s in STEPS])
    for i, step in enumerate(STEPS[1:], start=1):
        happened[:, i] &= happened[:, step.needs]
    happened[:, CLOSE] &= happened[:, RESOLVE] | ~happened[:, REOPEN]
    pace = np.array([1.0, 0.1, 0.2, 1.2, 1.5, 0.5])[channel][:, None]
    gaps = np.array([s.wait for s in STEPS]) * pace * rng.lognormal(0, 1.1, size)
    when = created[:, None] + np.cumsum(np.where(happened, np.maximum(gaps, 1), 0), axis=1).astype(np.int64)
    when[:, 0] = created
    return when, happened & (when < END)


def _tables(chunk: Chunk, rng: np.random.Generator) -> Iterator[tuple[str, pa.Table]]:
    yield "tickets", tickets_of(chunk, rng)
    yield "ticket_events", events_of(chunk)
    asked = chunk.happened[:, 12] & (rng.random(len(chunk.number)) < 0.6) & (chunk.when[:, 12] + HOUR < END)
    answered = asked & (rng.random(len(asked)) < 0.4) & (chunk.when[:, 12] + 3 * DAY < END)
    yield "asks", _asks(chunk, rng, asked)
    yield "answers", pa.concat_tables([_answers(chunk, rng, answered, kind, scale) for kind, scale in SURVEYS])


SURVEYS = (("csat", (1, 5)), ("nps", (0, 10)))


def tickets_of(chunk: Chunk, rng: np.random.Generator) -> pa.Table:
    size, last = len(chunk.number), len(STEPS) - 1 - np.argmax(chunk.happened[:, ::-1] & IS_STATUS[::-1], axis=1)
    has_status = (chunk.happened & IS_STATUS).any(axis=1)
    status = np.where(has_status, np.array([STATUSES.index(s.value or "new") for s in STEPS])[last], 0)
    return pa.table(
        {
            "ticket_id": names("t", chunk.number),
            "created": instants(chunk.created),
            "customer_id": names("c", chunk.customer),
            "channel": among(CHANNELS, chunk.channel),
            "topic": among(TOPICS, chunk.topic),
            "priority": among(PRIORITIES, chunk.priority),
            "status": among(STATUSES, status),
            "team": among(TEAMS, _last_agent(chunk) % len(TEAMS)),
            "agent_id": among(AGENTS, _last_agent(chunk)),
            "opened_by": among(("customer",), np.zeros(size, int)),
            "first_reply_target": pa.array(np.array([24.0, 8.0, 4.0, 1.0])[chunk.priority] * HOUR),
            "spam": pa.array(rng.random(size) < 0.005),
            "updated": instants(chunk.when.max(axis=1)),
        }
    )


STATUSES = ("new", "open", "pending", "solved", "closed")
IS_STATUS = np.array([s.kind == "status" for s in STEPS])
MOVE = next(i for i, s in enumerate(STEPS) if s.kind == "transfer")


def _last_agent(chunk: Chunk) -> np.ndarray:
    return np.where(chunk.happened[:, MOVE], chunk.moved, chunk.agent)


def events_of(chunk: Chunk) -> pa.Table:
    ticket, step = np.nonzero(chunk.happened)
    agent = np.where(chunk.happened[ticket, MOVE] & (step >= MOVE), chunk.moved[ticket], chunk.agent[ticket])
    value = np.array([s.value or "" for s in STEPS], object)
    public = pa.array([s.public for s in STEPS], pa.bool_())
    is_move, is_assignment = step == MOVE, step == 2
    told = pc.if_else(is_move, among(TEAMS, agent % len(TEAMS)), pc.take(pa.array(value, pa.string()), step))
    told = pc.if_else(is_assignment, among(AGENTS, agent), told)
    author = pc.if_else(np.array([s.role == "agent" for s in STEPS])[step], among(AGENTS, agent), None)
    return pa.table(
        {
            "ticket_id": names("t", chunk.number[ticket]),
            "event_id": among(tuple(f"{i:02}" for i in range(len(STEPS))), step),
            "occurred": instants(chunk.when[ticket, step]),
            "kind": among(tuple(s.kind for s in STEPS), step),
            "author_id": author,
            "author_role": among(tuple(s.role for s in STEPS), step),
            "public": pc.take(public, step),
            "value": pc.if_else(pc.equal(told, ""), None, told),
            "team": among(TEAMS, agent % len(TEAMS)),
            "agent_id": among(AGENTS, agent),
            "channel": among(CHANNELS, chunk.channel[ticket]),
            "updated": instants(chunk.when[ticket, step]),
        }
    )


def _asks(chunk: Chunk, rng: np.random.Generator, asked: np.ndarray) -> pa.Table:
    size = int(asked.sum())
    return pa.table(
        {
            "ask_id": names("k", chunk.number[asked]),
            "survey": among(("after-solve",), np.zeros(size, int)),
            "kind": among(("csat",), np.zeros(size, int)),
            "customer_id": names("c", chunk.customer[asked]),
            "subject": among(("ticket",), np.zeros(size, int)),
            "subject_id": names("t", chunk.number[asked]),
            "asked": instants(chunk.when[asked, 12] + HOUR),
            "bounced": pa.array(rng.random(size) < 0.01),
        }
    )


def _answers(
    chunk: Chunk, rng: np.random.Generator, answered: np.ndarray, kind: str, scale: tuple[int, int]
) -> pa.Table:
    size = int(answered.sum())
    low, high = scale
    mood = rng.normal(0.75, 0.25, size).clip(0, 1)
    asked = chunk.when[answered, 12] + HOUR
    zero = np.zeros(size, int)
    return pa.table(
        {
            "answer_id": names(kind, chunk.number[answered]),
            "survey": among(("after-solve",), zero),
            "kind": among((kind,), zero),
            "score": pa.array(np.rint(low + mood * (high - low))),
            "scale_low": pa.array(np.full(size, float(low))),
            "scale_high": pa.array(np.full(size, float(high))),
            "subject": among(("ticket",), zero),
            "subject_id": names("t", chunk.number[answered]),
            "customer_id": names("c", chunk.customer[answered]),
            "asked": instants(asked),
            "answered": instants(asked + rng.exponential(12 * HOUR, size).astype(np.int64).clip(60, 2 * DAY)),
            "ask_id": names("k", chunk.number[answered]),
        }
    )


def _customers(tickets: int, into: Path) -> int:
    number = np.arange(max(tickets // 4, 1))
    table = pa.table(
        {
            "customer_id": names("c", number),
            "segment": among(("home", "business", "vulnerable"), number % 7 % 3),
            "country": among(("ES", "MX"), number % 5 % 2),
        }
    )
    (into / "customers").mkdir(parents=True, exist_ok=True)
    pq.write_table(table, into / "customers" / "part-00000.parquet", compression="zstd")
    return table.num_rows


def names(letter: str, number: np.ndarray) -> pa.Array:
    """`t000000042`: texts, as every system's identifiers are."""
    text = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), 9, "0")
    return pc.binary_join_element_wise(letter, text, "")


def among(values: tuple[str, ...], index: np.ndarray) -> pa.Array:
    """The values that the numbers stand for."""
    return pc.take(pa.array(values, pa.string()), pa.array(index))


def instants(seconds: np.ndarray) -> pa.Array:
    """Seconds since 1970 as instants."""
    return pa.array(seconds * 1_000_000, pa.int64()).cast(pa.timestamp("us", tz="UTC"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=float, default=1e6)
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    for name, rows in generate(options.events, options.into).items():
        print(f"{name:14} {rows:>12,}")


if __name__ == "__main__":
    main()
