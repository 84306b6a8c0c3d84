"""Carry a plan out on the files: each month's rows are written once, sorted, by themselves.

So memory does not follow the size of an import. What comes in no order of time is put in order
first, on disk; then each month that changes is written as one file, what comes together with the
rows that stay of the files that go.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from latido.store.delta import NO_MONTH, DataFile
from latido.store.merge import Plan
from latido.store.spans import bounds
from latido.store.step import Step, listed, quoted


@dataclass(frozen=True)
class Rewrite:
    """A plan on the files of a table.

    Attributes:
        step: The change.
        plan: What comes and goes.
        folder: The table's folder.
        stored: The table's files, in the order in which the plan counts them.
        join: Files to be written anew with others of their month, though none of their rows goes.
    """

    step: Step
    plan: Plan
    folder: Path
    stored: Sequence[DataFile] = ()
    join: Sequence[DataFile] = ()

    @cached_property
    def leaving(self) -> list[DataFile]:
        """The files that go: they hold a row which the plan takes out, or are joined with others."""
        gone = f"SELECT DISTINCT _file FROM {self.plan.gone}"
        holding = {self.stored[i] for i in self.step.column(gone)} if self.plan.gone else set()
        return [f for f in self.stored if f in holding or f in self.join]

    def touched(self) -> list[str]:
        """Queries of the rows that come and of those that go."""
        queries = [self.plan.come] if self.plan.come else []
        if self.plan.gone:
            self.step.files("left", [self.folder / f.path for f in self.leaving])
            going = f"FROM {self.step['left']} t SEMI JOIN {self.plan.gone} g ON {self.step.met('t', 'g')}"
            queries.append(going)
        return queries

    def months(self, out: Path) -> Iterator[tuple[str, Path, int]]:
        """Write every month that changes into an empty folder; yields the month, its one file and its rows."""
        arriving = self._arriving()
        leaving = set(self.leaving)
        for month in sorted({*arriving, *(f.month for f in leaving)}):
            staying = [i for i, f in enumerate(self.stored) if f.month == month and f in leaving]
            parts = [*([self._staying(month, staying)] if staying else []), *arriving.get(month, [])]
            path = out / f"{month}.parquet"
            yield month, path, self._write(" UNION ALL ".join(parts), path)
        self.step.drop("ordered")

    def _write(self, query: str, path: Path) -> int:
        """Write a month. What comes has its order by now, where it is not read month by month; what stays has its own.

        Sorting into a table first spills; sorting into a file may run out of memory.
        """
        if not self._order or (self.plan.months is None and not self.join):
            return self.step.write(query, path)
        self.step.keep("month", f"FROM ({query}) {self._order}")
        rows = self.step.write(f"FROM {self.step['month']}", path)
        self.step.drop("month")
        return rows

    @property
    def _order(self) -> str:
        layout = self.step.layout
        columns = [*([layout.time] if layout.time else []), *layout.key]
        return f"ORDER BY {listed(columns)}" if columns else ""

    def _arriving(self) -> dict[str, list[str]]:
        """Queries of what comes, by month; in order, where it is not read month by month."""
        come, months = self.plan.come, self.plan.months
        if come is None:
            return {}
        if months is None:
            self.step.keep("ordered", f"FROM ({come}) {self._order}")
            come, months = f"FROM {self.step['ordered']}", self._months_of("ordered")
        return {month: [self._part(come, month)] for month in months}

    def _months_of(self, part: str) -> list[str]:
        if self.step.layout.time is None:
            return [NO_MONTH]
        month = f"date_trunc('month', make_timestamp(epoch_us({quoted(self.step.layout.time)})))"
        firsts = self.step.con.execute(f"SELECT DISTINCT {month} FROM {self.step[part]}").fetchall()
        return [f"{first:%Y-%m}" if first else NO_MONTH for (first,) in firsts]

    def _part(self, come: str, month: str) -> str:
        if self.step.layout.time is None:
            return f"({come})"
        time = quoted(self.step.layout.time)
        if month == NO_MONTH:
            return f"SELECT * FROM ({come}) WHERE {time} IS NULL"
        first, end = (self.step.instant(f"{month} {i}", at) for i, at in enumerate(bounds(month)))
        return f"SELECT * FROM ({come}) WHERE {time} >= {first} AND {time} < {end}"

    def _staying(self, month: str, indices: Sequence[int]) -> str:
        part, step = f"staying {month}", self.step
        step.files(part, [self.folder / self.stored[i].path for i in indices])
        rows = f"SELECT {step.columns('t.')} FROM {step[part]} t"
        if self.plan.gone is None:
            return rows
        here = f"list_contains({step.values(f'{part} indices', indices, 'BIGINT')}, _file)"
        return f"{rows} ANTI JOIN (FROM {self.plan.gone} WHERE {here}) g ON {step.met('t', 'g')}"
