"""Events that are older than their ticket: a clock was wrong, and no duration can be trusted."""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from latido.i18n import _
from latido.model.tickets import TICKET_EVENTS, TICKETS
from latido.model.validate import as_text
from latido.sources.source import Reject
from latido.store.step import Layout, Step
from latido.store.writer import Writer, widest


class EarlyEvents:
    """Staged events against the tickets that the lake has by now.

    Args:
        writer: The write; its tickets are already in.
        staged: Staged events.

    Attributes:
        staged: The events that may come in, in the same order.
        count: How many may not.
    """

    def __init__(self, writer: Writer, staged: Sequence[Path]) -> None:
        self.staged, self.count = list(staged), 0
        tickets = writer.now.files(TICKETS.name)
        if not staged or not tickets:
            return
        schema = widest(TICKET_EVENTS, writer.now, staged)
        self._step = step = Step(writer.connection, "early events", Layout(schema, TICKET_EVENTS.key, None))
        known = Step(writer.connection, "early tickets", Layout(TICKETS.schema(), TICKETS.key, None))
        step.files("staged", staged)
        known.files("stored", tickets)
        step.keep(
            "early",
            f"SELECT e.*, t.created AS _ticket_created FROM {step['staged']} e "
            f"JOIN {known['stored']} t USING (ticket_id) WHERE e.occurred < t.created",
        )
        self.count = step.count("early")
        if self.count:
            self.staged = [writer.staging / "events-in-time.parquet"]
            rest = f"FROM {step['staged']} ANTI JOIN {step['early']} USING (_position) ORDER BY _position"
            step.write(f"SELECT {step.columns()} {rest}", self.staged[0])

    def rejects(self, names: Mapping[str, str]) -> Iterator[tuple[str, list[Reject]]]:
        """The others as rejects, some thousands at a time: a delivery's digest and its rejects.

        Args:
            names: Digest → name of each delivered file.
        """
        if not self.count:
            return
        rows = self._step.con.sql(f"FROM {self._step['early']} ORDER BY delivery, _position")
        for batch in rows.to_arrow_reader(10_000):
            found = pa.Table.from_batches([batch])
            for digest, at in _runs(found["delivery"].to_pylist()):
                yield digest, [_reject(found, i, names[digest]) for i in at]


def _runs(values: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    for value, run in groupby(range(len(values)), key=values.__getitem__):
        yield value, list(run)


def _reject(rows: pa.Table, i: int, file: str) -> Reject:
    created, occurred = as_text(rows["_ticket_created"][i]), as_text(rows["occurred"][i])
    raw = {n: as_text(rows[n][i]) for n in TICKET_EVENTS.names if rows[n][i].is_valid}
    reason = _(
        "The event ({occurred}) is older than its ticket ({created}).",
        occurred=occurred,
        created=created,
    )
    return Reject(file, rows["row"][i].as_py() or 0, TICKET_EVENTS.name, "occurred", occurred, reason, raw)
