"""The state on SQLite and on PostgreSQL, and the people in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from sqlalchemy import text

from latido.state import State
from latido.state.tables import Base
from tests.cast import Cast, cast_of

POSTGRES = any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or which("initdb")
DATABASES = ("sqlite", "postgresql") if POSTGRES else ("sqlite",)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL of one's own."""
    from tests.engines.postgres_server import server

    with server() as url:
        yield url


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest) -> str | None:
    """Where an empty state is: None for a file in the workspace."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgres")
    emptied(url)
    return url


def emptied(url: str) -> None:
    """Take everything out of a PostgreSQL database."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@pytest.fixture
def state(address: str | None, tmp_path: Path) -> Iterator[State]:
    """An empty state."""
    found = State.open(address, tmp_path)
    yield found
    found.close()


@pytest.fixture
def people(state: State) -> Cast:
    """An owner, an analyst, a lead of one team, a viewer."""
    return cast_of(state)


def aged(state: State, table: type[Base], column: str, interval: str = "-1 hour") -> None:
    """Move an instant of every row into the past."""
    sqlite = state.database.engine.dialect.name == "sqlite"
    moved = f"datetime({column}, '{interval}')" if sqlite else f"{column} + interval '{interval}'"
    with state.database.writing() as session:
        session.execute(text(f"UPDATE {table.__tablename__} SET {column} = {moved}"))
