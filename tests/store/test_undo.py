"""Taking imports back: as if they had not come, except where later ones changed the same rows again."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from latido import sync
from latido.errors import UsageError
from latido.sources.source import Options
from latido.store.history import Taken, versions
from latido.store.lake import Lake
from latido.store.rejects import Rejects, export_rows
from latido.store.tidy import tidy
from latido.store.undo import Past, foreseen, undo
from tests.delivered import CanonicalCsv, deliver, delivery
from tests.store.conftest import stored

LETTERS = "ABCDEFGH"


def row(name="A", status="open", **cells):
    return {"ticket_id": name, "created": "2024-01-01T10:00:00", "status": status, **cells}


@pytest.fixture
def bring(lake, tmp_path):
    def _bring(*rows, name="tickets.csv"):
        return sync.run(lake, None, CanonicalCsv(), [deliver(tmp_path, name, *rows)], Options()).version

    return _bring


@pytest.fixture
def back(lake):
    """Take a version back."""
    return lambda number: undo(lake, number, lambda _writer: None)


def there(lake, as_of=None):
    return {r["ticket_id"]: r["status"] for r in stored(lake.snapshot(as_of), "tickets", "ticket_id", "status")}


def states(lake):
    return [r.state for r in Rejects(lake).list(state=None)]


def test_rows_that_came_go(lake, bring, back):
    bring(row("A"))
    bring(row("B"))
    back(2)
    assert there(lake) == {"A": "open"}


def test_rows_that_changed_are_as_before(lake, bring, back):
    bring(row("A", "open"))
    bring(row("A", "solved"))
    assert back(2).tables == (Taken("tickets", restored=1),)
    assert there(lake) == {"A": "open"}


def test_a_row_is_as_before_with_where_it_came_from(lake, bring, back):
    bring(row("A", "open"))
    before = stored(lake.snapshot())
    bring(row("A", "solved"), name="tickets-later.csv")
    back(2)
    assert stored(lake.snapshot()) == before


def test_rows_that_a_later_import_changed_again_stay_and_are_counted(lake, bring, back):
    bring(row("A"), row("B"))
    bring(row("B", "solved"))
    assert back(1).tables == (Taken("tickets", removed=1, kept=1),)
    assert there(lake) == {"B": "solved"}


def test_what_it_would_do_is_told_before_and_changes_nothing(lake, bring, back):
    bring(row("A"), row("B"))
    bring(row("B", "solved"))
    before = lake.snapshot().version, there(lake)
    assert foreseen(lake, 1) == (Taken("tickets", removed=1, kept=1),)
    assert (lake.snapshot().version, there(lake), back(1).tables) == (*before, (Taken("tickets", removed=1, kept=1),))


def test_what_cannot_be_taken_back_is_not_foreseen(lake, bring):
    bring(row("A"))
    with pytest.raises(UsageError, match="not kept"):
        foreseen(lake, 7)


def test_rejects_that_go_are_counted_in_rows(lake, bring, back):
    bring(row("A", created="mañana", solved="nunca"))
    assert back(1).rejects == 1


def test_taking_back_both_leaves_nothing_in_whichever_order(lake, bring, back):
    bring(row("A"), row("B"))
    bring(row("A", "solved"))
    back(1)
    back(2)
    assert there(lake) == {}


def test_an_import_of_a_file_that_was_there_before_is_told_from_the_first(lake, bring, back):
    bring(row("A", "open"))
    bring(row("A", "solved"), name="tickets-2.csv")
    bring(row("A", "open"))
    assert back(1).tables == (Taken("tickets", kept=1),)
    assert there(lake) == {"A": "open"}
    back(3)
    assert there(lake) == {"A": "solved"}


def test_what_lies_below_several_that_were_taken_back_is_found(lake, bring, back):
    for number, status in enumerate(["new", "open", "pending", "hold", "solved"]):
        bring(row("A", status), name=f"tickets-{number}.csv")
    back(4)
    back(2)
    back(5)
    assert there(lake) == {"A": "pending"}
    back(3)
    assert there(lake) == {"A": "new"}


def test_nothing_is_erased(lake, bring, back):
    bring(row("A"))
    bring(row("A", "solved"), row("B"))
    back(2)
    assert [there(lake, n) for n in range(4)] == [
        {},
        {"A": "open"},
        {"A": "solved", "B": "open"},
        {"A": "open"},
    ]


def test_an_instant_between_still_finds_what_was_there(lake, bring, back):
    bring(row("A"))
    between = lake.snapshot().committed + timedelta(microseconds=1)
    back(1)
    assert there(lake, between) == {"A": "open"}


def test_the_same_file_can_be_imported_again(lake, bring, back):
    bring(row("A"), row("B"))
    back(1)
    bring(row("A"), row("B"))
    assert there(lake) == {"A": "open", "B": "open"}


def test_what_was_imported_again_can_be_taken_back_again(lake, bring, back):
    bring(row("A"))
    back(1)
    bring(row("A"))
    back(3)
    assert there(lake) == {}


def test_an_undo_in_between_that_joined_files_is_no_hindrance(lake, bring, back):
    bring(row("A"))
    bring(row("B"))
    tidy(lake)
    back(2)
    assert there(lake) == {"A": "open"}


def test_columns_of_ones_own_stay_empty(lake, bring, back):
    bring(row("A"))
    bring(row("A", "solved", x_site="north"))
    bring(row("B"))
    back(2)
    found = {r["ticket_id"]: r["x_site"] for r in stored(lake.snapshot(), "tickets", "ticket_id", "x_site")}
    assert found == {"A": None, "B": None}


def test_an_undo_that_finds_everything_changed_is_remembered_all_the_same(lake, bring, back):
    bring(row("A"))
    bring(row("A", "solved"))
    back(1)
    assert [v.undone_by for v in versions(lake.log) if v.n == 1] == [3]
    with pytest.raises(UsageError, match="taken back already, by version 3"):
        back(1)


def test_only_an_import_can_be_taken_back(lake, bring, back):
    bring(row("A"))
    back(1)
    with pytest.raises(UsageError, match="Version 2 is not an import"):
        back(2)


def test_a_version_that_is_not_there_is_refused(lake, bring, back):
    bring(row("A"))
    with pytest.raises(UsageError, match=r"Version 7 of the data is not kept.*Kept: 0 to 1"):
        back(7)


def test_an_import_before_which_nothing_is_kept_is_refused(lake, bring, back):
    bring(row("A"))
    bring(row("A", "solved"))
    lake.log.drop(0)
    with pytest.raises(UsageError, match="What was before version 1 is no longer kept"):
        back(1)


def test_rows_of_which_it_is_forgotten_what_was_before_them_stay(lake, bring, back):
    bring(row("A", "new"))
    bring(row("A", "open"), name="tickets-2.csv")
    bring(row("A", "solved"), name="tickets-3.csv")
    back(2)
    lake.log.drop(0)
    lake.log.drop(1)
    assert back(3).tables == (Taken("tickets", kept=1),)
    assert there(lake) == {"A": "solved"}


def test_a_refusal_makes_no_version(lake, bring, back):
    bring(row("A"))
    with pytest.raises(UsageError):
        back(0)
    assert lake.snapshot().version == 1


def test_facts_are_derived_only_where_there_is_something_to_derive(lake, bring):
    bring(row("A"))
    bring(row("B"))
    asked = []
    undo(lake, 2, asked.append)
    undo(lake, 1, asked.append)
    assert len(asked) == 1


def test_a_failure_while_deriving_takes_the_undo_back(lake, bring):
    bring(row("A"))
    bring(row("B"))
    with pytest.raises(ZeroDivisionError):
        undo(lake, 1, lambda _writer: 1 / 0)
    assert (lake.snapshot().version, len(there(lake))) == (2, 2)


def test_rejects_of_the_import_are_marked(lake, bring, back):
    bring(row("A", created="mañana"))
    assert back(1).rejects == 1
    assert states(lake) == ["undone"]


def test_they_are_open_again_when_the_file_comes_again(lake, bring, back):
    bring(row("A", created="mañana"))
    back(1)
    bring(row("A", created="mañana"))
    assert states(lake) == ["open"]


def test_what_somebody_dismissed_stays_dismissed(lake, bring, back):
    bring(row("A", created="mañana"))
    rejects = Rejects(lake)
    rejects.mark([r.reject_id for r in rejects.list()], "dismissed")
    back(1)
    assert states(lake) == ["dismissed"]


def mend(lake, folder):
    """Mend the one open reject and replay it."""
    marked = {1: [r.reject_id for r in Rejects(lake).list()]}
    (path,) = export_rows(Rejects(lake).list(), folder)
    path = path.rename(folder / f"tickets-{path.name}")
    path.write_text(path.read_text("utf-8-sig").replace("mañana", "2024-01-01T10:00:00"), encoding="utf-8")
    return sync.run(lake, None, CanonicalCsv(), [delivery(path)], Options(), replaying=marked).version


def test_rejects_that_a_replay_brought_in_are_open_again_without_it(lake, bring, back, tmp_path):
    bring(row("A", created="mañana"))
    back(mend(lake, tmp_path))
    assert (states(lake), there(lake)) == (["open"], {})


def test_rejects_of_an_import_that_is_gone_do_not_open_again(lake, bring, back, tmp_path):
    bring(row("A", created="mañana"))
    replay = mend(lake, tmp_path)
    back(1)
    back(replay)
    assert states(lake) == ["undone"]


class Model:
    """What should be there: every key's stack of the imports that gave it a value."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[tuple[int, str]]] = defaultdict(list)

    def bring(self, version: int, rows: dict[str, str]) -> None:
        for key, value in rows.items():
            if self.there.get(key) != value:
                self.stacks[key].append((version, value))

    def take(self, version: int) -> Taken:
        counted = {"removed": 0, "restored": 0, "kept": 0}
        for stack in self.stacks.values():
            at = next((i for i, (v, _value) in enumerate(stack) if v == version), None)
            if at is not None:
                counted["kept" if at < len(stack) - 1 else "restored" if at else "removed"] += 1
                stack.pop(at)
        return Taken("tickets", **counted)

    @property
    def there(self) -> dict[str, str]:
        return {key: stack[-1][1] for key, stack in self.stacks.items() if stack}


class Story:
    """Imports of new and known files, undos and tidying, in any order, beside the model."""

    def __init__(self, seed: int, lake: Lake, folder: Path) -> None:
        self.chance, self.lake, self.folder = Random(seed), lake, folder
        self.model, self.files, self.standing = Model(), [], []
        self.wrong: list[str] = []

    def go(self, steps: int) -> list[str]:
        """What differed, step by step."""
        for step in range(steps):
            self.chance.choices([self.bring, self.take, self.tidy], [6, 4, 1])[0]()
            if there(self.lake) != self.model.there:
                self.wrong.append(f"step {step}: {there(self.lake)} for {self.model.there}")
        return self.wrong

    def bring(self) -> None:
        if not self.files or self.chance.random() < 0.7:
            names = self.chance.sample(LETTERS, self.chance.randint(1, 5))
            self.files.append({n: self.chance.choice(["open", "pending", "solved"]) for n in names})
        rows = self.chance.choice(self.files)
        file = deliver(self.folder, f"tickets-{self.files.index(rows)}.csv", *(row(*pair) for pair in rows.items()))
        report = sync.run(self.lake, None, CanonicalCsv(), [file], Options())
        if report.changed:
            self.model.bring(report.version, rows)
            self.standing.append(report.version)

    def take(self) -> None:
        if self.standing:
            version = self.standing.pop(self.chance.randrange(len(self.standing)))
            said = foreseen(self.lake, version)
            found, wanted = undo(self.lake, version, lambda _writer: None).tables, self.model.take(version)
            if found != (wanted,) or said != found:
                self.wrong.append(f"undo {version}: {found} for {wanted}, foreseen {said}")

    def tidy(self) -> None:
        tidy(self.lake, timedelta(days=1))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_imported_and_taken_back_in_whatever_order_the_right_rows_are_there(seed, lake, tmp_path):
    assert Story(seed, lake, tmp_path).go(16) == []


def test_the_last_import_is_taken_back_without_reading_a_row(lake, bring, back):
    bring(row("A"))
    before = lake.snapshot().files("tickets")
    bring(row("A", "solved"))
    assert Past(lake).is_latest(Past(lake).import_of(2), lake.snapshot())
    back(2)
    assert lake.snapshot().files("tickets") == before


UNDO = """
import os, signal, sys
from pathlib import Path
from latido.store.lake import Lake
from latido.store.undo import undo

calls, fsync = iter(range(int(sys.argv[2]) - 1, -1, -1)), os.fsync

def counted(descriptor):
    if next(calls, None) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    fsync(descriptor)

os.fsync = counted
undo(Lake(sys.argv[1]), 1, lambda writer: None)
"""


@pytest.mark.parametrize("fsyncs", [1, 2, 3])
def test_killed_in_any_durable_step_it_leaves_a_whole_version(fsyncs, lake, bring, back):
    bring(row("A"), row("C", created="2024-03-01T10:00:00"))
    bring(row("B"), row("C", "solved", created="2024-03-01T10:00:00"))
    command = [sys.executable, "-c", UNDO, str(lake.root), str(fsyncs)]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode
    before = there(lake)
    back(1)
    assert (killed, before, there(lake)) == (
        -9,
        {"A": "open", "B": "open", "C": "solved"},
        {"B": "open", "C": "solved"},
    )
    assert list((lake.root / "staging").iterdir()) == []
