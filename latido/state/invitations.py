"""One-time links: to become the first owner, to join, to choose a new password. Each works once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, NamedTuple, cast

from sqlalchemy import delete
from sqlalchemy.orm import Session

from latido.errors import ExpiredError
from latido.i18n import _
from latido.state.columns import now
from latido.state.database import Database
from latido.state.keys import digest, draw
from latido.state.people import People, Person, person_of, row_of
from latido.state.tables import InvitationRow

Kind = Literal["owner", "join", "password"]
_LASTING: Mapping[Kind, timedelta] = {
    "owner": timedelta(days=1),
    "join": timedelta(days=7),
    "password": timedelta(days=1),
}


class Invitation(NamedTuple):
    """A link that still works.

    Attributes:
        kind: What it is for.
        person: Whose it is; None for the first owner, who is nobody yet.
    """

    kind: Kind
    person: Person | None


class Invitations:
    """The links of a workspace.

    Args:
        database: Where they are kept.
        people: Who they make.
    """

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self._people = people

    def first_owner(self) -> str | None:
        """A new link for the first owner; None where there is one."""
        if self._people.has_owner():
            return None
        return self._issue("owner", None)

    def issue(self, person: Person) -> str:
        """A new link for somebody: to join, or, if they have, to choose another password. Older ones end."""
        return self._issue("password" if person.joined else "join", person.id)

    def _issue(self, kind: Kind, person_id: int | None) -> str:
        key, moment = draw(), now()
        with self._database.writing() as session:
            session.execute(delete(InvitationRow).where(InvitationRow.expires < moment))
            if person_id is not None:
                session.execute(delete(InvitationRow).where(InvitationRow.person_id == person_id))
            session.add(
                InvitationRow(digest=digest(key), kind=kind, person_id=person_id, expires=moment + _LASTING[kind])
            )
        return key

    def find(self, key: str) -> Invitation:
        """What a link is for, without using it.

        Raises:
            ExpiredError: It works no longer.
        """
        with self._database.reading() as session:
            row = _row(session, key)
            person = person_of(row_of(session, row.person_id)) if row.person_id else None
            return Invitation(cast("Kind", row.kind), person)

    def found(self, key: str, name: str, email: str, password: str) -> Person:
        """Become the first owner.

        Raises:
            ExpiredError: The link works no longer; somebody else was first.
            FieldError: A value that cannot be; then the link still works.
        """
        with self._database.writing(alone=True) as session:
            _use(session, key, "owner")
            if self._people.has_owner():
                raise _expired()
            session.execute(delete(InvitationRow).where(InvitationRow.kind == "owner"))
            return self._people.add(name, email, "owner", password=password)

    def accept(self, key: str, password: str, name: str | None = None) -> Person:
        """Join, or choose another password.

        Args:
            key: The link's key.
            password: The password.
            name: How they want to be called; None to leave it.

        Raises:
            ExpiredError: The link works no longer.
            FieldError: A value that cannot be; then the link still works.
        """
        with self._database.writing() as session:
            person_id = _use(session, key, "join", "password")
            person = self._people.set_password(person_id or 0, password)
            if name is None:
                return person
            return self._people.describe(person.id, name=name, language=person.language, theme=person.theme)


def _row(session: Session, key: str) -> InvitationRow:
    row = session.get(InvitationRow, digest(key))
    if row is None or row.expires < now():
        raise _expired()
    return row


def _use(session: Session, key: str, *kinds: Kind) -> int | None:
    """Take a link away; of two who come at once, one finds it gone."""
    row = _row(session, key)
    person_id, kind = row.person_id, row.kind
    session.expunge(row)
    taken = delete(InvitationRow).where(InvitationRow.digest == digest(key)).returning(InvitationRow.kind)
    if session.execute(taken).one_or_none() is None or kind not in kinds:
        raise _expired()
    return person_id


def _expired() -> ExpiredError:
    return ExpiredError(
        _("This link does not work any more: it was used, or it is too old."), _("Ask an owner for a new one.")
    )
