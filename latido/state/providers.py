"""Sign-ins by an identity provider: those that have left for it, and who its subjects are here."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, select

from latido.errors import ExpiredError
from latido.i18n import _
from latido.state.columns import now
from latido.state.database import Database
from latido.state.keys import digest, draw
from latido.state.people import Person, person_of
from latido.state.tables import DepartureRow, LoginRow, PersonRow

_LASTING = timedelta(minutes=10)


class Departure(NamedTuple):
    """What must be remembered until somebody comes back.

    Attributes:
        key: Goes with them, and must come back (`state`).
        nonce: Must stand in the provider's word.
        verifier: Proves that whoever comes back is who left (PKCE).
        next: Where they wanted to go.
    """

    key: str
    nonce: str
    verifier: str
    next: str


class Providers:
    """What the state knows of identity providers.

    Args:
        database: Where it is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def depart(self, next_path: str) -> Departure:
        """Remember that somebody leaves."""
        left, moment = Departure(draw(), draw(), draw(), next_path), now()
        with self._database.writing() as session:
            session.execute(delete(DepartureRow).where(DepartureRow.expires < moment))
            session.add(
                DepartureRow(
                    digest=digest(left.key), nonce=left.nonce, verifier=left.verifier, next=left.next,
                    expires=moment + _LASTING,
                )
            )  # fmt: skip
        return left

    def arrive(self, key: str) -> Departure:
        """What was remembered; it is forgotten with this.

        Raises:
            ExpiredError: Nothing is: too long ago, or here already.
        """
        gone = delete(DepartureRow).where(DepartureRow.digest == digest(key), DepartureRow.expires > now())
        with self._database.writing() as session:
            row = session.execute(
                gone.returning(DepartureRow.nonce, DepartureRow.verifier, DepartureRow.next)
            ).one_or_none()
        if row is None:
            raise ExpiredError(_("This sign-in took too long, or was finished before."), _("Sign in again."))
        return Departure(key, *row)

    def person(self, issuer: str, subject: str) -> Person | None:
        """Who a subject is here."""
        wanted = select(PersonRow).join(LoginRow).where(LoginRow.issuer == issuer, LoginRow.subject == subject)
        with self._database.reading() as session:
            row = session.scalar(wanted)
            return person_of(row) if row else None

    def knows(self, issuer: str, person: Person) -> bool:
        """Whether somebody is a subject of this provider already."""
        wanted = select(LoginRow.id).where(LoginRow.issuer == issuer, LoginRow.person_id == person.id)
        with self._database.reading() as session:
            return session.scalar(wanted) is not None

    def link(self, issuer: str, subject: str, person: Person) -> Person:
        """Remember who a subject is here; with this they have joined."""
        with self._database.writing() as session:
            session.add(LoginRow(issuer=issuer, subject=subject, person_id=person.id))
            row = session.get_one(PersonRow, person.id)
            row.joined = True
            return person_of(row)
