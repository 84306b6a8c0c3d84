"""Brings the state's tables up to this release, once, whoever else starts at the same time."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from latido.errors import ConfigError
from latido.i18n import _
from latido.state.database import Database, public
from latido.state.tables import Base

FOLDER = Path(__file__).parent / "migrations"
VERSIONS = "latido_versions"
_ONE = Lock()  # a migration's `op` belongs to the process, not to the thread


def upgrade(database: Database) -> None:
    """Run the steps that are missing, in one transaction that nobody else is in.

    Raises:
        ConfigError: A newer release of latido has been here.
    """
    script = ScriptDirectory(str(FOLDER))
    with database.reading() as session:
        if _current(session.connection()) == script.get_current_head():
            return
    with _ONE, database.changing() as connection:
        _refuse_newer(connection, script)
        _run(connection, script)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSIONS):
        return None
    return MigrationContext.configure(connection, opts={"version_table": VERSIONS}).get_current_revision()


def _refuse_newer(connection: Connection, script: ScriptDirectory) -> None:
    known = {step.revision for step in script.walk_revisions()}
    if (current := _current(connection)) in {None, *known}:
        return
    where = public(connection.engine.url)
    raise ConfigError(
        _("The state at {url} was written by a newer latido ({step}).", url=where, step=current),
        _("Install that release, or restore the copy from before it."),
    )


def _run(connection: Connection, script: ScriptDirectory) -> None:
    def steps(revision: Any, _context: MigrationContext) -> Any:
        return script._upgrade_revs("head", revision)  # noqa: SLF001 - what alembic's own command does

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        # The metadata names constraints as the tables in the code do.
        environment.configure(connection=connection, version_table=VERSIONS, target_metadata=Base.metadata)
        environment.run_migrations()
