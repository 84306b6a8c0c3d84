"""Sessions: browsers that somebody signed in with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update

from latido.state.columns import now
from latido.state.database import Database
from latido.state.keys import digest, draw
from latido.state.people import Person, person_of
from latido.state.tables import PersonRow, SessionRow

RENEW_AFTER = timedelta(hours=12)


class Found(NamedTuple):
    """A session in force.

    Attributes:
        person: Whose it is.
        renewed: Whether it lasts longer from now on: then the browser's cookie must, too.
    """

    person: Person
    renewed: bool


class Sessions:
    """The sessions of a workspace.

    Args:
        database: Where they are kept.
        days: After so many without use they end.
    """

    def __init__(self, database: Database, days: int = 14) -> None:
        self._database = database
        self.lasting = timedelta(days=days)

    def begin(self, person: Person) -> str:
        """Begin one; the key for the browser's cookie, which nobody will see again."""
        key, moment = draw(), now()
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires < moment))
            session.add(
                SessionRow(digest=digest(key), person_id=person.id, created=moment, expires=moment + self.lasting)
            )
        return key

    def find(self, key: str) -> Found | None:
        """Whose session this is; None for one that has ended, or whose person may not sign in any more."""
        moment = now()
        wanted = select(PersonRow, SessionRow.expires).join(SessionRow).where(
            SessionRow.digest == digest(key), SessionRow.expires > moment, PersonRow.active
        )  # fmt: skip
        with self._database.reading() as session:
            found = session.execute(wanted).one_or_none()
        if found is None:
            return None
        row, expires = found
        return Found(person_of(row), self._renewed(key, expires, moment))

    def _renewed(self, key: str, expires: datetime, moment: datetime) -> bool:
        """Let it last from now again; not at each request, which would write at each request."""
        if moment + self.lasting - expires < RENEW_AFTER:
            return False
        with self._database.writing() as session:
            session.execute(
                update(SessionRow).where(SessionRow.digest == digest(key)).values(expires=moment + self.lasting)
            )
        return True

    def end(self, key: str) -> None:
        """End one."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.digest == digest(key)))
