"""The history of a workspace, and taking imports back with the facts that followed from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import latido
from latido.errors import UsageError
from latido.facts.catalog import FACTS, Derived
from latido.facts.refresh import refresh
from latido.model import TABLES
from latido.store.engine import Engine
from latido.store.engines.duckdb import DuckDB
from latido.store.history import Brought, Deed, File
from latido.store.lake import Lake
from latido.workspace import Workspace
from latido.workspace.history import also_brought, last_imports, undo
from tests.company import made, write_answers, write_tickets
from tests.facts.test_increments import Company
from tests.facts.test_refresh import rows, staged

Found = dict[str, list[str]]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Twenty answers, then twenty tickets."""
    opened = latido.open(made(tmp_path))
    opened.import_files(write_answers(tmp_path / "answers.csv", 20))
    opened.import_files(write_tickets(tmp_path / "tickets.csv", 20))
    yield opened
    opened.close()


def test_the_history_begins_with_the_newest(workspace: Workspace) -> None:
    assert [(v.n, v.kind) for v in workspace.history()] == [(2, "import"), (1, "import"), (0, "create")]


def test_it_is_as_long_as_asked_for(workspace: Workspace) -> None:
    assert len(workspace.history(1)) == 1


def test_figures_are_without_what_was_taken_back(workspace: Workspace) -> None:
    done = workspace.undo(1, "Ana")
    assert (done.made, workspace.measure("nps").figure.estimate.n) == (3, 0)
    assert workspace.measure("ticket_volume").figure.estimate.n == 20
    assert workspace.history(1)[0].deed.who == "Ana"


def test_figures_of_the_time_before_are_as_they_were(workspace: Workspace) -> None:
    before = workspace.measure("nps", as_of=2)
    workspace.undo(1)
    assert workspace.measure("nps", as_of=2).figures == before.figures


def test_the_file_brings_them_back(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.measure("nps").figures
    workspace.undo(1)
    workspace.import_files(tmp_path / "answers.csv")
    assert workspace.measure("nps").figures == before


def test_a_file_that_was_taken_back_is_not_known_any_more(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.intake.receive([tmp_path / "answers.csv"]) as (found,):
        before = workspace.intake.knows(found)
        workspace.undo(1)
        assert (before, workspace.intake.knows(found)) == (True, False)


def test_nothing_else_than_an_import_is_taken_back(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="not an import"):
        workspace.undo(0)


def test_each_table_has_its_last_import(workspace: Workspace) -> None:
    assert {t: v.n for t, v in last_imports(workspace.history()).items()} == {"answers": 1, "tickets": 2}


def test_an_import_that_was_taken_back_is_no_tables_last(workspace: Workspace) -> None:
    workspace.undo(1)
    assert "answers" not in last_imports(workspace.history())


def test_later_files_that_held_the_same_rows_are_named(workspace: Workspace, tmp_path: Path) -> None:
    workspace.import_files(write_tickets(tmp_path / "more.csv", 30))
    history = workspace.history()
    assert [v.n for v in also_brought(history, history[1])] == [3]
    assert also_brought(history, history[0]) == []


def _imported(lake: Lake, engine: Engine, company: Company) -> None:
    digest, brought = f"{lake.snapshot().version:064x}", []
    with lake.write("test") as writer:
        for name, told in company.tell().items():
            path = staged(writer.staging, name, [{**row, "delivery": digest} for row in told])
            counts = writer.upsert(TABLES[name], [path])
            brought.append(Brought(name, len(told), counts.new, counts.updated, counts.unchanged))
        refresh(writer, engine)
        writer.deed = Deed("import", "test", (File("test", digest, 1),), tuple(brought))


def _both(lake: Lake, engine: Engine) -> tuple[Found, Found]:
    """The facts as they are kept, and as they are derived from everything at once."""
    table, there = partial(engine.table, lake.snapshot()), lake.snapshot().tables
    at_once = Derived(lambda name: table(name) if name in TABLES and name in there else None)
    kept = Derived(lambda name: table(name) if name in there else None)
    return {n: rows(kept[n]) for n in FACTS}, {n: rows(at_once[n]) for n in FACTS}


@pytest.mark.parametrize("taken", [(1,), (2, 1)], ids=str)
def test_facts_without_an_import_are_those_of_the_rest(taken: tuple[int, ...], tmp_path: Path) -> None:
    lake, engine, company = Lake.create(tmp_path / "lake"), DuckDB(), Company(sum(taken))
    for _ in range(2):
        _imported(lake, engine, company)
    for version in taken:
        undo(lake, engine, version)
    kept, at_once = _both(lake, engine)
    engine.close()
    assert kept == at_once
