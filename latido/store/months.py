"""Carry a plan out on the files: each month's rows are written once, sorted, by themselves.

So memory does not follow the size of an import. What comes is put in order by stretches of days
that are small enough for that; then each month that changes is written, what comes together with
the rows that stay of the files that go.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby
from pathlib import Path
from shutil import rmtree

from latido.store.delta import NO_MONTH, DataFile
from latido.store.merge import Plan
from latido.store.step import Step, listed, quoted

# So many rows are put in order at a time.
AT_ONCE = 4_000_000
_DAY = 86_400_000_000  # microseconds


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
        """Write every month that changes into an empty folder; yields the month, one of its files and its rows.

        Sorting into a table first spills; sorting into a file may run out of memory.
        """
        staying, number = self._staying(), count()
        for stretch in self._stretches(out / "stretches"):
            self.step.keep("ordered", f"FROM ({stretch}) {self._order}")
            for month in self._months_of("ordered"):
                parts = [*staying.pop(month, []), self._part(month)]
                path = out / f"{next(number)}.parquet"
                yield month, path, self.step.write(" UNION ALL ".join(parts), path)
            self.step.drop("ordered")
        for month, parts in staying.items():
            path = out / f"{next(number)}.parquet"
            yield month, path, self._rest(" UNION ALL ".join(parts), path)

    def _rest(self, query: str, path: Path) -> int:
        """Write what stays; of files that are joined, in one order."""
        if not self.join:
            return self.step.write(query, path)
        self.step.keep("rest", f"FROM ({query}) {self._order}")
        rows = self.step.write(f"FROM {self.step['rest']}", path)
        self.step.drop("rest")
        return rows

    @property
    def _order(self) -> str:
        layout = self.step.layout
        columns = [*([layout.time] if layout.time else []), *layout.key]
        return f"ORDER BY {listed(columns)}" if columns else ""

    def _stretches(self, folder: Path) -> Iterator[str]:
        """Queries of what comes, by stretches of whole days that are each few enough to be put in order.

        Where there are several, the rows are put apart on disk first: read once, however many there are.
        """
        come, time = self.plan.come, self.step.layout.time
        if come is None:
            return
        if time is None:
            yield come
            return
        day = f"epoch_us({quoted(time)}) // {_DAY}"
        days = self.step.con.execute(f"SELECT {day}, count(*) FROM ({come}) GROUP BY 1 ORDER BY 1").fetchall()
        if sum(rows for _day, rows in days) <= AT_ONCE:
            yield come
            return
        ends = list(_ends([(d, rows) for d, rows in days if d is not None]))
        cases = " ".join(f"WHEN {day} < {end} THEN {i}" for i, end in enumerate(ends))
        number = f"CASE {cases} ELSE {len(ends)} END"
        self.step.split(f"SELECT *, {number} AS _stretch FROM ({come})", "_stretch", folder)
        for part in sorted(folder.iterdir(), key=lambda p: int(p.name.partition("=")[2])):
            self.step.files(part.name, sorted(part.iterdir()))
            yield f"SELECT {self.step.columns()} FROM {self.step[part.name]}"
            rmtree(part)

    def _months_of(self, part: str) -> list[str]:
        if self.step.layout.time is None:
            return [NO_MONTH]
        month = f"date_trunc('month', make_timestamp(epoch_us({quoted(self.step.layout.time)})))"
        firsts = self.step.con.execute(f"SELECT DISTINCT {month} FROM {self.step[part]} ORDER BY 1").fetchall()
        return [f"{first:%Y-%m}" if first else NO_MONTH for (first,) in firsts]

    def _part(self, month: str) -> str:
        """The rows of a month, of those that were put in order."""
        rows = f"FROM {self.step['ordered']}"
        if self.step.layout.time is None:
            return rows
        time = quoted(self.step.layout.time)
        if month == NO_MONTH:
            return f"{rows} WHERE {time} IS NULL"
        first, end = (self.step.instant(f"{month} {i}", at) for i, at in enumerate(_bounds(month)))
        return f"{rows} WHERE {time} >= {first} AND {time} < {end}"

    def _staying(self) -> dict[str, list[str]]:
        """Queries of the rows that stay of the files that go, by month."""
        leaving = set(self.leaving)
        indices = [i for i, f in enumerate(self.stored) if f in leaving]
        months = groupby(sorted(indices, key=lambda i: self.stored[i].month), key=lambda i: self.stored[i].month)
        return {month: [self._kept(month, list(own))] for month, own in months}

    def _kept(self, month: str, indices: Sequence[int]) -> str:
        part, step = f"staying {month}", self.step
        step.files(part, [self.folder / self.stored[i].path for i in indices])
        rows = f"SELECT {step.columns('t.')} FROM {step[part]} t"
        if self.plan.gone is None:
            return rows
        here = f"list_contains({step.values(f'{part} indices', indices, 'BIGINT')}, _file)"
        return f"{rows} ANTI JOIN (FROM {self.plan.gone} WHERE {here}) g ON {step.met('t', 'g')}"


def _bounds(month: str) -> tuple[str, str]:
    """First instant of a month and of the next one, UTC."""
    year, number = map(int, month.split("-"))
    following = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return f"{month}-01 00:00:00+00", f"{following}-01 00:00:00+00"


def _ends(days: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The day after the last of each stretch: neighbouring days are together as long as they have few rows."""
    rows = 0
    for day, more in days:
        if rows and rows + more > AT_ONCE:
            yield day
            rows = 0
        rows += more
    if days:
        yield days[-1][0] + 1
