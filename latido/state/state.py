"""The state of a workspace: everything about its people that is kept in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from latido.state.alerts import Alerts
from latido.state.attempts import Attempts
from latido.state.audit import Audit
from latido.state.database import Database, connect
from latido.state.invitations import Invitations
from latido.state.migrate import upgrade
from latido.state.outbox import Outbox
from latido.state.people import People
from latido.state.providers import Providers
from latido.state.sessions import Sessions
from latido.state.tokens import Tokens


class State:
    """The state of a workspace. May be used by many threads at once.

    Args:
        database: Where it is kept.
        session_days: After so many days without use a session ends.

    Attributes:
        people: Who may sign in.
        sessions: Browsers that they signed in with.
        tokens: Programs that ask in their name.
        invitations: One-time links.
        attempts: Failures to sign in.
        providers: Sign-ins by an identity provider.
        audit: Who changed or took out what.
        alerts: What watches have told.
        outbox: Messages about it.
    """

    def __init__(self, database: Database, session_days: int = 14) -> None:
        self.database = database
        self.people = People(database)
        self.sessions = Sessions(database, session_days)
        self.tokens = Tokens(database)
        self.invitations = Invitations(database, self.people)
        self.attempts = Attempts(database)
        self.providers = Providers(database)
        self.audit = Audit(database)
        self.alerts = Alerts(database)
        self.outbox = Outbox(database)

    @classmethod
    def open(cls, url: str | None, root: Path, session_days: int = 14) -> State:
        """Open it, and bring its tables up to this release.

        Args:
            url: `postgresql://…` or `sqlite:///…`; None for the file `state.db` in the workspace.
            root: The workspace's folder.
            session_days: After so many days without use a session ends.

        Raises:
            ConfigError: The address is none, its driver is missing, or a newer release has been here.
            StateError: The database does not answer.
        """
        database = Database(connect(url, root))
        try:
            upgrade(database)
        except BaseException:
            database.close()
            raise
        return cls(database, session_days)

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[None]:
        """Keep everything that is changed inside, or nothing: a change and its entry in the audit trail.

        Args:
            alone: Whether nobody else may be in such a transaction at the same time.
        """
        with self.database.writing(alone=alone):
            yield

    def close(self) -> None:
        """Let go of all connections."""
        self.database.close()
