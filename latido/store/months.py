"""Carry a plan out on the files: each month's rows are written once, sorted, by themselves.

So memory does not follow the size of an import. What comes in no order of time is first split by
month as it flows; then each month that changes is sorted and written as one file, together with
the rows that stay of the files that go.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from latido.store.delta import PARTITION, DataFile
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

    def months(self, out: Path) -> Iterator[tuple[str, Path]]:
        """Write every month that changes into an empty folder; yields the month and its one file, maybe of no rows."""
        arriving = self._arriving(out / "arrived")
        leaving = set(self.leaving)
        for month in sorted({*arriving, *(f.month for f in leaving)}):
            staying = [i for i, f in enumerate(self.stored) if f.month == month and f in leaving]
            parts = [*arriving.get(month, []), *([self._staying(month, staying)] if staying else [])]
            path = out / f"{month}.parquet"
            rows = self.step.con.sql(f"FROM ({' UNION ALL '.join(parts)}) {self._order}")
            rows.write_parquet(str(path), compression="zstd")
            yield month, path

    @property
    def _order(self) -> str:
        layout = self.step.layout
        columns = [*([layout.time] if layout.time else []), *layout.key]
        return f"ORDER BY {listed(columns)}" if columns else ""

    def _arriving(self, folder: Path) -> dict[str, list[str]]:
        """Queries of what comes, by month."""
        if self.plan.come is None:
            return {}
        if self.plan.months is not None:
            return {month: [self._part(self.plan.come, month)] for month in self.plan.months}
        return {month: [self._arrived(month, files)] for month, files in self._split(self.plan.come, folder).items()}

    def _part(self, come: str, month: str) -> str:
        first, end = (self.step.instant(f"{month} {i}", at) for i, at in enumerate(bounds(month)))
        time = quoted(str(self.step.layout.time))
        return f"SELECT * FROM ({come}) WHERE {time} >= {first} AND {time} < {end}"

    def _split(self, come: str, folder: Path) -> dict[str, list[Path]]:
        """Write what comes as it flows, one folder a month; the files of each month."""
        time = self.step.layout.time
        month = f"coalesce(strftime({quoted(time)}, '%Y-%m'), 'none')" if time else "'none'"
        rows = self.step.con.sql(f"SELECT *, {month} AS {PARTITION} FROM ({come})")
        rows.write_parquet(str(folder), compression="lz4", partition_by=[PARTITION])
        found = sorted(folder.glob(f"{PARTITION}=*"))
        return {f.name.removeprefix(f"{PARTITION}="): sorted(f.iterdir()) for f in found}

    def _arrived(self, month: str, files: Sequence[Path]) -> str:
        self.step.files(f"arrived {month}", files)
        return f"SELECT {self.step.columns()} FROM {self.step[f'arrived {month}']}"

    def _staying(self, month: str, indices: Sequence[int]) -> str:
        part, step = f"staying {month}", self.step
        step.files(part, [self.folder / self.stored[i].path for i in indices])
        rows = f"SELECT {step.columns('t.')} FROM {step[part]} t"
        if self.plan.gone is None:
            return rows
        here = f"list_contains({step.values(f'{part} indices', indices, 'BIGINT')}, _file)"
        return f"{rows} ANTI JOIN (FROM {self.plan.gone} WHERE {here}) g ON {step.met('t', 'g')}"
