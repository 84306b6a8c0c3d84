"""Taking an import back: a new version, in which its rows are gone and what it changed is as before.

Every row of a table has a stack of imports, each of which gave it another value; the table shows what
lies on top. Taking an import back takes its entry out of every stack, wherever in it that lies: so a row
that a later import changed again stays, and the order in which several imports are taken back does not matter.

The stacks are nowhere kept. What an import changed is the difference between its version and the one
before, which lies in the files that these do not share. On top it is where the row of today is the one it
gave, with where that came from. Nothing is erased: the versions between stay as they were.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from latido.errors import UsageError
from latido.i18n import _
from latido.model import TABLES, Table
from latido.store.history import IMPORTS, Deed, Taken, Version, gone, versions
from latido.store.lake import WAIT, Lake
from latido.store.rejects import REJECTS
from latido.store.session import session
from latido.store.snapshot import Snapshot
from latido.store.step import Layout, Step, conformed, quoted
from latido.store.writer import Writer, widest

Derive: TypeAlias = Callable[[Writer], None]


@dataclass(frozen=True)
class Undone:
    """What taking an import back did.

    Attributes:
        version: The import that was taken back.
        made: The version that this made.
        tables: What became of its rows, by table.
        rejects: Of how many rows of the files rejects are marked as undone, or open again.
    """

    version: int
    made: int
    tables: tuple[Taken, ...]
    rejects: int


def undo(lake: Lake, number: int, derive: Derive, who: str = "", wait: float = WAIT) -> Undone:
    """Take an import back, as a new version.

    Args:
        lake: The lake.
        number: The version that the import made.
        derive: Brings the facts up to date with what this touches, within the same write.
        who: The person who asks for it.
        wait: Seconds to wait for another writer.

    Raises:
        UsageError: That version is no import, was taken back already, or what was before it is not kept.
        BusyError: Somebody else is still writing.
    """
    with lake.write(f"undo {number}", wait) as writer:
        past = Past(lake)
        asked = past.import_of(number)
        marked = _Rejects(writer, past, number).take()
        if past.is_latest(asked, writer.snapshot):
            _step_back(writer, past.snapshot(number - 1))
            taken = _brought(asked)
        else:
            taken = tuple(_Rows(writer, TABLES[name], past, number).take() for name in _changed(past, number))
            derive(writer)
        writer.deed = Deed("undo", asked.deed.source, asked.deed.files, (), taken, number, who)
    return Undone(number, writer.snapshot.version + 1, taken, marked)


def foreseen(lake: Lake, number: int) -> tuple[Taken, ...]:
    """What taking an import back would do, by table; nothing is changed.

    Args:
        lake: The lake.
        number: The version that the import made.

    Raises:
        UsageError: As `undo`.
    """
    past, now = Past(lake), lake.snapshot()
    asked = past.import_of(number)
    if past.is_latest(asked, now):
        return _brought(asked)
    with lake.staging() as folder, session(folder / "spill", lake.memory, lake.threads) as connection:
        looking = Writer(now, connection, folder, token="")
        return tuple(_Rows(looking, TABLES[name], past, number).foresee() for name in _changed(past, number))


class Past:
    """The versions that are kept, and which of the imports among them still stand.

    Args:
        lake: The lake; nobody else may write meanwhile.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._versions = {v.n: v for v in versions(lake.log)}
        self.oldest = min(self._versions)
        # What an import that is no longer kept delivered stands in the version that took it back.
        self.undone = {v.deed.undoes: v.deed.digests for v in self._versions.values() if v.deed.undoes is not None}

    def snapshot(self, number: int) -> Snapshot:
        """The lake at a version."""
        return self._lake.snapshot(number)

    def import_of(self, number: int) -> Version:
        """The import that made a version, if it can be taken back.

        Raises:
            UsageError: It cannot; why.
        """
        found = self._versions.get(number)
        if found is None:
            raise UsageError(
                _("Version {n} of the data is not kept.", n=str(number)),
                _("Kept: {first} to {last}.", first=str(self.oldest), last=str(max(self._versions))),
            )
        if found.deed.kind not in IMPORTS:
            raise UsageError(
                _("Version {n} is not an import: there is nothing to take back.", n=str(number)),
                _("“latido history” shows which ones are."),
            )
        if found.undone_by is not None:
            raise UsageError(
                _("Version {n} was taken back already, by version {by}.", n=str(number), by=str(found.undone_by)),
                _("Import its files again to have it back."),
            )
        if number == self.oldest:
            raise UsageError(
                _("What was before version {n} is no longer kept.", n=str(number)),
                _("keep_days in the section [store] of latido.toml says for how long it is."),
            )
        return found

    def is_latest(self, asked: Version, now: Snapshot) -> bool:
        """Whether no row has changed since this import, and none before it was taken back."""
        then = self.snapshot(asked.n).tables
        names = ({*then, *now.tables}) - {REJECTS.name}
        same = all(then.get(name) == now.tables.get(name) for name in names)
        return same and not any(v.n > asked.n and v.deed.undoes is not None for v in self._versions.values())

    def alike_after(self, number: int) -> list[int]:
        """Later imports that still stand and brought a file of this one again."""
        mine = self._versions[number].deed.digests
        return [v.n for v in self._standing() if v.n > number and v.deed.digests & mine]

    def below(self, number: int) -> list[Version]:
        """Earlier imports, the latest first, whose rows have to be told apart: those taken back, and their likes."""
        gone = [digests for n, digests in self.undone.items() if n < number]
        theirs = frozenset().union(*gone)
        found = [v for v in self._versions.values() if self.oldest < v.n < number and v.deed.kind in IMPORTS]
        return sorted((v for v in found if v.deed.digests & theirs), key=lambda v: -v.n)

    def forgotten(self) -> frozenset[str]:
        """Files of imports that were taken back, of which it is no longer known what was before them."""
        return frozenset().union(*(digests for n, digests in self.undone.items() if n <= self.oldest))

    def gone(self) -> frozenset[str]:
        """Files of which nothing will stand: every import of them is taken back."""
        return gone(self._versions.values())

    def _standing(self) -> Iterator[Version]:
        return (v for v in self._versions.values() if v.deed.kind in IMPORTS and v.undone_by is None)


def _changed(past: Past, number: int) -> list[str]:
    """The canonical tables that a version changed."""
    before, after = past.snapshot(number - 1).tables, past.snapshot(number).tables
    return [name for name in TABLES if before.get(name) != after.get(name)]


def _step_back(writer: Writer, before: Snapshot) -> None:
    """Make every table, facts included, what it was before the last import."""
    for name in set(writer.snapshot.tables) - {REJECTS.name}:
        writer.put_back(name, before)


def _brought(asked: Version) -> tuple[Taken, ...]:
    """What becomes of the rows of the last import: no later one changed any of them."""
    return tuple(Taken(b.table, b.new, b.updated) for b in asked.deed.brought if b.new or b.updated)


class _Difference:
    """What versions changed in one table.

    Args:
        writer: The write.
        table: The table.
        past: The versions.
        number: The import that is taken back.
    """

    def __init__(self, writer: Writer, table: Table, past: Past, number: int) -> None:
        self.writer, self.table, self.past, self.number = writer, table, past, number
        schema = widest(table, writer.snapshot, ())
        self.step = Step(writer.connection, f"undo {table.name}", Layout(schema, table.key, table.time))
        self._known: set[int] = set()

    def touched(self, number: int) -> str:
        """Keys to which a version gave another row: a hash of that (`_gave`), and whether there was one (`_had`).

        Their rows of before are in the view `left <number>`.
        """
        step, part = self.step, f"touched {number}"
        if number not in self._known:
            before, after = (self.past.snapshot(n).files(self.table.name) for n in (number - 1, number))
            came, left = (self.rows(f"{p} {number}", a, b) for p, a, b in (("came", after, before),
                                                                          ("left", before, after)))  # fmt: skip
            step.keep(
                part,
                f"SELECT {step.key('c.')}, c._gave, l._was IS NOT NULL AS _had "
                f"FROM (SELECT {step.key()}, hash({step.columns()}) AS _gave FROM {came}) c "
                f"LEFT JOIN (SELECT {step.key()}, hash({step.columns()}) AS _was FROM {left}) l "
                f"ON {step.met('c', 'l')} WHERE l._was IS DISTINCT FROM c._gave",
            )
            self._known.add(number)
        return step[part]

    def rows(self, part: str, files: Sequence[str], without: Sequence[str] = ()) -> str:
        """Make a view of the rows of some files."""
        others = set(without)
        if wanted := [f for f in files if f not in others]:
            self.step.files(part, wanted)
        else:
            self.step.view(part, f"SELECT {conformed({}, self.step.layout.schema)} LIMIT 0")
        return self.step[part]

    def find_mine(self, alike: Sequence[int]) -> int:
        """Make `mine`, the keys whose row of today is the import's; how many rows of it others changed again.

        Args:
            alike: Later versions that gave rows which look the same, since they came from the same files.
        """
        step, touched = self.step, self.touched(self.number)
        now = self.rows("now", self.writer.snapshot.files(self.table.name))
        step.keep(
            "current",
            f"SELECT {step.key('n.')}, hash({step.columns('n.')}) AS _now FROM {now} n "
            f"SEMI JOIN {touched} t ON {step.met('n', 't')}",
        )
        others = " ".join(f"ANTI JOIN {self.touched(n)} a{n} ON {step.met('t', f'a{n}')}" for n in alike)
        step.keep(
            "mine",
            f"SELECT {step.key('t.')}, t._had FROM {touched} t JOIN {step['current']} c ON {step.met('t', 'c')} "
            f"AND t._gave = c._now {others}",
        )
        return step.count("current") - step.count("mine")

    def exchange(self, rows: str) -> None:
        """Put rows in the place of those of `mine`."""
        writer, step, name = self.writer, self.step, self.table.name
        files = [writer.staging / f"undo-{name}-{part}.parquet" for part in ("rows", "keys")]
        step.write(rows, files[0])
        step.write(f"SELECT {step.key()} FROM {step['mine']}", files[1])
        writer.replace(name, files[:1], self.table.key, files[1:], self.table.time)


class _Rows(_Difference):
    """A canonical table."""

    def take(self) -> Taken:
        """Take the import's rows out, and put those in that lie below them."""
        taken = self.foresee()
        self.exchange(f"SELECT {self.step.columns()} FROM {self.step[self._below]}")
        return taken

    def foresee(self) -> Taken:
        """What that does."""
        kept = self.find_mine(self.past.alike_after(self.number))
        self._below = self._before()
        kept += self._leave(self._below)
        mine, restored = self.step.count("mine"), self.step.count(self._below)
        return Taken(self.table.name, mine - restored, restored, kept)

    def _before(self) -> str:
        """Make a table of the rows below the import's, those of imports that were taken back left out; its name."""
        step, before = self.step, "before"
        left = step[f"left {self.number}"]
        step.keep(
            before, f"SELECT {step.columns('l.')} FROM {left} l SEMI JOIN {step['mine']} m ON {step.met('l', 'm')}"
        )
        step.keep("settled", f"SELECT {step.key()} FROM {step[before]} LIMIT 0")
        for version in self.past.below(self.number):
            before = self._without(version, before)
        return before

    def _without(self, version: Version, before: str) -> str:
        """Look below a version's rows if it was taken back; settle them if it stands."""
        step, n = self.step, version.n
        entry, touched = f"entry {n}", self.touched(n)
        digests = step.values(f"digests {n}", sorted(version.deed.digests))
        step.keep(
            entry,
            f"SELECT {step.key('b.')} FROM {step[before]} b SEMI JOIN {touched} t ON {step.met('b', 't')} "
            f"ANTI JOIN {step['settled']} s ON {step.met('b', 's')} WHERE list_contains({digests}, b.delivery)",
        )
        if n not in self.past.undone:
            step.con.execute(f"INSERT INTO {step['settled']} FROM {step[entry]}")
            return before
        step.keep(
            f"before {n}",
            f"SELECT {step.columns('b.')} FROM {step[before]} b ANTI JOIN {step[entry]} e ON {step.met('b', 'e')} "
            f"UNION ALL SELECT {step.columns('l.')} FROM {step[f'left {n}']} l "
            f"SEMI JOIN {step[entry]} e ON {step.met('l', 'e')}",
        )
        return f"before {n}"

    def _leave(self, before: str) -> int:
        """Leave rows alone of which it is no longer known what lies below them; how many."""
        step, forgotten = self.step, self.past.forgotten()
        if not forgotten:
            return 0
        digests = step.values("forgotten", sorted(forgotten))
        step.keep(
            "unknown",
            f"SELECT {step.key('b.')} FROM {step[before]} b ANTI JOIN {step['settled']} s ON {step.met('b', 's')} "
            f"WHERE list_contains({digests}, b.delivery)",
        )
        for part in ("mine", before):
            step.con.execute(f"DELETE FROM {step[part]} p USING {step['unknown']} u WHERE {step.met('p', 'u')}")
        return step.count("unknown")


class _Rejects(_Difference):
    """The rejects: those that the import found are marked, those that it closed are open again."""

    def __init__(self, writer: Writer, past: Past, number: int) -> None:
        super().__init__(writer, REJECTS, past, number)

    def take(self) -> int:
        """Mark them; of how many rows of the files they are."""
        step, number = self.step, self.number
        self.find_mine(())
        gone = step.values("gone", sorted(self.past.gone()))
        found = self._marked(f"came {number}", "not m._had", "true")
        closed = self._marked(f"left {number}", "m._had", f"c.state = 'open' AND list_contains({gone}, c.delivery)")
        self.exchange(f"{found} UNION ALL {closed}")
        (rows,) = step.column(f'SELECT count(DISTINCT (delivery, "row")) FROM ({found} UNION ALL {closed})')
        return rows

    def _marked(self, part: str, which: str, undone: str) -> str:
        """Query of rows of a part, marked as undone where that condition holds."""
        step, cells = self.step, {n: f"c.{quoted(n)}" for n in self.step.layout.columns}
        now = step.instant("marked", datetime.now(UTC).isoformat())
        cells["state"] = f"CASE WHEN {undone} THEN 'undone' ELSE c.state END"
        cells["updated"] = f"CASE WHEN {undone} THEN {now} ELSE c.updated END"
        columns = ", ".join(f"{cell} AS {quoted(name)}" for name, cell in cells.items())
        return f"SELECT {columns} FROM {step[part]} c SEMI JOIN {step['mine']} m ON {step.met('c', 'm')} AND {which}"
