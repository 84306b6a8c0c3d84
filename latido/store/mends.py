"""Rows that a person mended, and that are delivered again.

Delivered as it was, a row stays as it was mended: it would only be wrong again in the same way. Delivered with
other content, the new content wins, as everywhere, and the history says so.

A row is the same where it is rejected for the same reason with the same cells, whatever file it comes in.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from latido.model import Table
from latido.store.rejects import REJECTS
from latido.store.step import Layout, Step
from latido.store.writer import Writer, widest

_SAME = ('"table"', '"column"', "reason", "raw")
_CAME_BY = "list_contains({mends}, delivery)"


class Mends:
    """The mends of a lake, against what an import brings.

    Args:
        writer: The write.
        rejected: Staged rejects.
        replay: It brings mended rows itself: nothing in the lake is older.

    Attributes:
        rejected: The staged rejects without those that were mended before.
    """

    def __init__(self, writer: Writer, rejected: Sequence[Path], *, replay: bool) -> None:
        self._writer = writer
        self._step = Step(writer.connection, "mends", Layout(REJECTS.schema(), REJECTS.key, None))
        self._files = [] if replay else self._found()
        self._again = 0
        self.rejected = list(rejected)
        if self._files and rejected:
            self._match()

    def without(self, table: Table, staged: Sequence[Path]) -> tuple[list[Path], int]:
        """The staged rows without those that would undo a mend, and how many these are.

        Args:
            table: Their table.
            staged: The rows.
        """
        stored = self._writer.now.files(table.name)
        if not (self._again and staged and stored):
            return list(staged), 0
        step = self._stepped(table, staged)
        step.files("staged", staged)
        step.files("stored", stored)
        mended = f"(SELECT {step.key()} FROM {step['stored']} WHERE {self._by_mend(step)})"
        step.keep(
            "stay",
            f"SELECT s._position FROM {step['staged']} s SEMI JOIN {mended} m ON {step.met('s', 'm')} "
            f'SEMI JOIN {self._step["again"]} a ON s.delivery = a.delivery AND s."row" = a."row"',
        )
        stay = step.count("stay")
        if not stay:
            return list(staged), 0
        rest = self._writer.staging / f"{table.name}-not-mended.parquet"
        others = f"FROM {step['staged']} ANTI JOIN {step['stay']} USING (_position) ORDER BY _position"
        step.write(f"SELECT {step.columns()} {others}", rest)
        return [rest], stay

    def standing(self, table: Table) -> int:
        """How many rows of a table are as somebody mended them."""
        stored = self._writer.now.files(table.name)
        if not (self._files and stored):
            return 0
        step = self._stepped(table, ())
        step.files("stored", stored)
        return step.column(f"SELECT count(*) FROM {step['stored']} WHERE {self._by_mend(step)}")[0]

    def _found(self) -> list[str]:
        """Hashes of the files that mended something; makes `known`, the rejects that they mended."""
        stored = self._writer.now.files(REJECTS.name)
        if not stored:
            return []
        step = self._step
        step.files("stored", stored)
        step.view("known", f"SELECT * FROM {step['stored']} WHERE state = 'replayed' AND mended IS NOT NULL")
        files = f"SELECT DISTINCT unnest(string_split(mended, ' ')) FROM {step['known']}"
        return sorted(name for (name,) in step.con.execute(files).fetchall())

    def _match(self) -> None:
        """Make `again`, the rows that were mended before, and leave their rejects out."""
        step = self._step
        step.files("rejected", self.rejected)
        same = " AND ".join(f"r.{name} IS NOT DISTINCT FROM k.{name}" for name in _SAME)
        step.keep(
            "again",
            f'SELECT r._position, r.delivery, r."row" FROM {step["rejected"]} r SEMI JOIN {step["known"]} k ON {same}',
        )
        self._again = step.count("again")
        if self._again:
            self.rejected = [self._writer.staging / "rejects-not-mended.parquet"]
            others = f"FROM {step['rejected']} ANTI JOIN {step['again']} USING (_position) ORDER BY _position"
            step.write(f"SELECT {step.columns()} {others}", self.rejected[0])

    def _stepped(self, table: Table, staged: Sequence[Path]) -> Step:
        layout = Layout(widest(table, self._writer.now, staged), table.key, None)
        return self._writer.step(f"mended {table.name}", layout)

    def _by_mend(self, step: Step) -> str:
        return _CAME_BY.format(mends=step.values("mends", self._files))
