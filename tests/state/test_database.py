"""Transactions, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from latido.errors import ConfigError, FieldError, StateError
from latido.state import State
from latido.state.database import FILE, connect
from tests.cast import Cast
from tests.state.conftest import DATABASES


def test_what_is_changed_together_is_kept_together(state: State) -> None:
    with pytest.raises(FieldError), state.transaction():  # noqa: PT012 - the block is the transaction
        state.people.add("Ana", "ana@example.com", "viewer")
        state.people.add("Berta", "ana@example.com", "viewer")
    assert state.people.all() == ()


def test_a_change_is_seen_within_its_own_transaction_only(state: State, people: Cast) -> None:
    with state.transaction():
        state.people.describe(people.viewer.id, name="V", language=None, theme="dark")
        assert state.people.get(people.viewer.id).name == "V"
        with state.database.engine.connect() as other:
            assert other.scalar(text("SELECT count(*) FROM people WHERE name = 'V'")) == 0


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    state = State.open(None, tmp_path)
    state.people.add("Ana", "ana@example.com", "viewer")
    assert {f.stat().st_mode & 0o777 for f in tmp_path.glob(f"{FILE}*")} == {0o600}
    state.close()


def test_a_file_that_others_could_read_is_shut(tmp_path: Path) -> None:
    (tmp_path / FILE).touch(0o644)
    State.open(None, tmp_path).close()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 30000)])
def test_sqlite_is_prepared(tmp_path: Path, pragma: str, value: object) -> None:
    engine = connect(None, tmp_path)
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value
    engine.dispose()


def test_another_file_may_be_named(tmp_path: Path) -> None:
    State.open(f"sqlite:///{tmp_path}/elsewhere.db", tmp_path).close()
    assert (tmp_path / "elsewhere.db").exists()


@pytest.mark.parametrize("url", ["mysql://host/db", "nonsense", "sqlite://", "postgresql+asyncpg://host/db"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match=r"postgresql://user:password@host/database"):
        State.open(url, tmp_path)


def test_a_server_that_is_not_there_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StateError) as caught:
        State.open("postgresql://latido:secret@127.0.0.1:1/db", tmp_path)
    assert "postgresql://latido:***@127.0.0.1:1/db" in str(caught.value)


def test_a_missing_driver_is_said_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"latido\[postgres\]"):
        State.open("postgresql://latido@127.0.0.1:1/db", tmp_path)


@pytest.mark.skipif("postgresql" not in DATABASES, reason="PostgreSQL is not installed here")
def test_both_ways_of_writing_the_address_of_postgresql_do(postgres: str, tmp_path: Path) -> None:
    url = postgres.replace("postgresql://", "postgres://")
    assert connect(url, tmp_path).dialect.name == "postgresql"
