"""Answers that outlive the process: what one worker has computed, the others and the next start find."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter

from latido.config import Config
from latido.metrics.catalog import metric as find
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.query import Query

FILE = "answers.db"
VERSIONS = 3  # of the data, whose answers are kept
# Settings that no figure depends on: whoever sets a target need not wait until everything is computed anew.
UNHEARD = {"targets", "pulse", "segments", "language", "countries", "store", "state", "access", "uploads"}
PATIENCE = 5.0  # seconds to wait for another process that writes


class Told(NamedTuple):
    """What of an answer is kept; the metric is declared in the code."""

    figures: tuple[Figure, ...]
    data_end: datetime | None


_JSON = TypeAdapter(Told, config=ConfigDict(ser_json_inf_nan="constants"))


class Kept:
    """Answers by question and version of the data, in a file of the workspace that may be deleted at any time.

    Args:
        folder: Where it lies.
        config: The settings: other settings, other answers.
        release: The program's version: other definitions, other answers.
    """

    def __init__(self, folder: Path, config: Config, release: str) -> None:
        self._path = folder / FILE
        self._said = f"{release} {config.model_dump_json(exclude=UNHEARD)}"
        folder.mkdir(parents=True, exist_ok=True)
        with self._open() as con:
            con.execute("PRAGMA journal_mode=WAL")
            columns = "version INTEGER, key TEXT, value BLOB, PRIMARY KEY (version, key)"
            con.execute(f"CREATE TABLE IF NOT EXISTS answers ({columns}) WITHOUT ROWID")

    def find(self, query: Query, version: int, time_zone: str) -> Measurement | None:
        """The answer to a question, without the rows behind it; None where it has not been kept."""
        with self._open() as con:
            asked = "SELECT value FROM answers WHERE version = ? AND key = ?"
            row = con.execute(asked, (version, self._key(query))).fetchone()
        if row is None:
            return None
        told = _JSON.validate_json(row[0])
        metric = find(query.metric).preset(query.preset)
        return Measurement(metric, query, told.figures, time_zone, told.data_end, version)

    def keep(self, query: Query, version: int, answer: Measurement) -> None:
        """Keep an answer, and let go of those about versions of long ago."""
        value = _JSON.dump_json(Told(answer.figures, answer.data_end), fallback=_plain)
        with self._open() as con:
            con.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (version, self._key(query), value))
            con.execute("DELETE FROM answers WHERE version <= ?", (version - VERSIONS,))

    def _key(self, query: Query) -> str:
        return sha256(f"{self._said} {query!r}".encode()).hexdigest()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=PATIENCE)) as con, con:
            yield con


def _plain(value: Any) -> float:
    """A number of NumPy's, such as a message may hold, as Python's own."""
    number: float = value.item()
    return number
