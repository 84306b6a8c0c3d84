"""The database of the state: transactions that join one another, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from latido.errors import ConfigError, StateError
from latido.i18n import _

FILE = "state.db"
WAIT_SECONDS = 30
_THREADS = 40  # as many as answer requests at once; a connection to a file costs nothing
_WRITES = "latido_writes"
_LOCK = 0x6C617469646F  # "latido": the advisory lock of whoever must be alone on PostgreSQL
_DIALECTS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class Database:
    """Opens transactions.

    Args:
        engine: SQLAlchemy's engine, as `connect` makes it.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{_WRITES: True})
        self._current: ContextVar[Session | None] = ContextVar("latido_state_session", default=None)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads; within a writing one it sees what that has written.

        Raises:
            StateError: The database does not answer.
        """
        if (joined := self._current.get()) is not None:
            yield joined
            return
        with self._clear_errors(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Session]:
        """A transaction that is kept whole or not at all; an inner one is part of the outer one.

        Args:
            alone: Whether nobody else may be in such a transaction at the same time.

        Raises:
            StateError: The database does not answer.
        """
        if (joined := self._current.get()) is not None:
            _wait_alone(joined.connection(), alone=alone)
            yield joined
            return
        with self._clear_errors(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            token = self._current.set(session)
            try:
                _wait_alone(session.connection(), alone=alone)
                yield session
            finally:
                self._current.reset(token)

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One connection, alone, to change the tables themselves."""
        with self._clear_errors(), self._writer.begin() as connection:
            _wait_alone(connection, alone=True)
            yield connection

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            told = str(error.orig).strip().splitlines() or ["?"]
            raise StateError(
                _("The state at {url} does not answer: {reason}", url=public(self.engine.url), reason=told[0]),
                _("Nothing is lost; try again when the database is there."),
            ) from error

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def connect(url: str | None, root: Path) -> Engine:
    """The engine of a workspace's state.

    Args:
        url: `postgresql://…` or `sqlite:///…`; None for a file in the workspace.
        root: The workspace's folder.

    Raises:
        ConfigError: The address is none, or its driver is not installed.
    """
    where = _address(url, root)
    if where.get_backend_name() == "sqlite":
        return _sqlite(where)
    try:
        return create_engine(where, pool_pre_ping=True, connect_args={"connect_timeout": WAIT_SECONDS})
    except ModuleNotFoundError as error:
        raise ConfigError(
            _("The state at {url} needs the driver {name}.", url=public(where), name="psycopg"),
            _("Install it: {command}", command='pip install "latido[postgres]"'),
        ) from error


def public(url: URL) -> str:
    """An address without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def _address(url: str | None, root: Path) -> URL:
    if not url:
        return URL.create("sqlite+pysqlite", database=str(root / FILE))
    hint = _("Write it as postgresql://user:password@host/database, or leave it out: then it is a file.")
    try:
        found = make_url(url)
    except ArgumentError:
        raise ConfigError(_("state.url is not the address of a database."), hint) from None
    if found.drivername not in _DIALECTS:
        raise ConfigError(_("latido keeps no state in “{name}”.", name=found.drivername), hint)
    if found.drivername == "sqlite" and not found.database:
        raise ConfigError(_("state.url is not the address of a database."), hint)
    return found.set(drivername=_DIALECTS[found.drivername])


def _sqlite(where: URL) -> Engine:
    _only_ours(Path(str(where.database)))
    engine = create_engine(where, connect_args={"timeout": WAIT_SECONDS}, max_overflow=_THREADS)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _only_ours(file: Path) -> None:
    """Make the file before SQLite does: nobody else may read it, nor the log beside it, which takes its mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    if file.stat().st_uid == os.geteuid():
        file.chmod(0o600)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own idea of when a transaction begins is in the way
    for pragma in (f"busy_timeout={WAIT_SECONDS * 1000}", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Writers queue up from the start: one that reads first and writes later would be refused."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_alone(connection: Connection, *, alone: bool) -> None:
    if alone and connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
