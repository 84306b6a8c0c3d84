"""The state's tables, brought up to this release."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from latido.errors import ConfigError
from latido.state import State
from latido.state.migrate import VERSIONS
from latido.state.tables import Base

OPEN = """
import sys
from pathlib import Path
from latido.state import State

state = State.open(sys.argv[1] or None, Path(sys.argv[2]))
state.people.add(sys.argv[3], f"{sys.argv[3]}@example.com", "viewer")
"""


def test_the_steps_lead_to_the_tables_that_the_code_knows(state: State) -> None:
    with state.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_tables_have_their_version_beside_them(state: State) -> None:
    assert set(inspect(state.database.engine).get_table_names()) == {*Base.metadata.tables, VERSIONS}


def test_opening_again_changes_nothing(state: State, address: str | None, tmp_path: Path) -> None:
    state.people.add("Ana", "ana@example.com", "viewer")
    again = State.open(address, tmp_path)
    assert [p.name for p in again.people.all()] == ["Ana"]
    again.close()


def test_what_a_newer_release_wrote_is_left_alone(state: State, address: str | None, tmp_path: Path) -> None:
    with state.database.writing() as session:
        session.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    with pytest.raises(ConfigError, match=r"newer latido \(9999\)"):
        State.open(address, tmp_path)


def test_processes_that_start_at_once_do_not_disturb_each_other(address: str | None, tmp_path: Path) -> None:
    names = ["ana", "berta"]
    commands = [[sys.executable, "-c", OPEN, address or "", str(tmp_path), name] for name in names]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for command in commands]
    assert [process.communicate()[1] for process in started] == [b"", b""]
    state = State.open(address, tmp_path)
    assert [p.name for p in state.people.all()] == names
    state.close()
