"""People: who may sign in, in which role, and with which password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from latido.errors import FieldError, UnknownNameError, UsageError
from latido.i18n import _
from latido.state import passwords
from latido.state.columns import now
from latido.state.database import Database
from latido.state.person import (
    RIGHTS,
    ROLES,
    THEMES,
    Person,
    Right,
    Role,
    Theme,
    checked_email,
    checked_language,
    checked_name,
    checked_role,
    checked_teams,
    checked_theme,
    folded,
)
from latido.state.tables import InvitationRow, PersonRow, SessionRow

__all__ = ["RIGHTS", "ROLES", "THEMES", "People", "Person", "Right", "Role", "Theme"]
_OWNERS = select(func.count()).where(PersonRow.role == "owner", PersonRow.active, PersonRow.joined)


class People:
    """The people of a workspace.

    Args:
        database: Where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_owner(self) -> bool:
        """Whether anybody owns the workspace yet."""
        with self._database.reading() as session:
            return bool(session.scalar(_OWNERS))

    def has_password(self, person_id: int) -> bool:
        """Whether somebody signs in by a password, or only elsewhere."""
        with self._database.reading() as session:
            return row_of(session, person_id).password is not None

    def all(self) -> tuple[Person, ...]:
        """Everybody, active ones first, by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(PersonRow).order_by(PersonRow.active.desc(), PersonRow.name, PersonRow.id))
            return tuple(map(person_of, rows))

    def get(self, person_id: int) -> Person:
        """The person of a number.

        Raises:
            UnknownNameError: There is nobody of that number.
        """
        with self._database.reading() as session:
            return person_of(row_of(session, person_id))

    def by_email(self, email: str) -> Person | None:
        """The person of an address."""
        with self._database.reading() as session:
            row = session.scalar(select(PersonRow).where(PersonRow.email == folded(email)))
            return person_of(row) if row else None

    def add(
        self,
        name: str,
        email: str,
        role: str,
        *,
        teams: tuple[str, ...] = (),
        password: str | None = None,
        language: str | None = None,
        joined: bool | None = None,
    ) -> Person:
        """Add somebody.

        Args:
            name: As others see it.
            email: Address that they will sign in with.
            role: What they are here.
            teams: The teams that a lead sees.
            password: None for somebody who is invited, or signs in elsewhere.
            language: The language that they chose.
            joined: Whether they have joined; None to tell it from the password.

        Raises:
            FieldError: A value that cannot be; the address is taken.
        """
        row = PersonRow(
            name=checked_name(name), email=checked_email(email), role=checked_role(role),
            teams=checked_teams(role, teams), language=checked_language(language), theme="system", active=True,
            joined=password is not None if joined is None else joined,
            password=None if password is None else hashed_for(email, password), created=now(),
        )  # fmt: skip
        with self._database.writing() as session, _address_taken():
            session.add(row)
            session.flush()
            return person_of(row)

    def assign(self, person_id: int, role: str, teams: tuple[str, ...] = (), *, email: str | None = None) -> Person:
        """Give somebody another role or other teams; what they had open ends.

        Args:
            person_id: Who.
            role: What they are from now on.
            teams: The teams that a lead sees.
            email: Another address to sign in with; None to leave it.

        Raises:
            FieldError: A value that cannot be.
            UsageError: Nobody would be left who owns the workspace.
        """
        with self._database.writing(alone=True) as session, _address_taken():
            row = row_of(session, person_id)
            row.email = row.email if email is None else checked_email(email)
            row.role, row.teams = checked_role(role), checked_teams(role, teams)
            _keep_an_owner(session)
            end_sessions(session, person_id)
            return person_of(row)

    def activate(self, person_id: int, *, active: bool) -> Person:
        """Let somebody in again, or no longer; then what they had open ends, and their links.

        Raises:
            UsageError: Nobody would be left who owns the workspace.
        """
        with self._database.writing(alone=True) as session:
            row = row_of(session, person_id)
            row.active = active
            _keep_an_owner(session)
            end_sessions(session, person_id)
            session.execute(delete(InvitationRow).where(InvitationRow.person_id == person_id))
            return person_of(row)

    def describe(self, person_id: int, *, name: str, language: str | None, theme: str) -> Person:
        """Change what somebody says of themselves.

        Raises:
            FieldError: A value that cannot be.
        """
        with self._database.writing() as session:
            row = row_of(session, person_id)
            row.name, row.language, row.theme = checked_name(name), checked_language(language), checked_theme(theme)
            return person_of(row)

    def set_password(self, person_id: int, password: str) -> Person:
        """Give somebody a new password; with it they have joined, and what they had open ends.

        Raises:
            FieldError: It is too easy to guess.
        """
        kept = hashed_for(self.get(person_id).email, password)
        with self._database.writing() as session:
            row = row_of(session, person_id)
            row.password, row.joined = kept, True
            end_sessions(session, person_id)
            return person_of(row)

    def check(self, email: str, password: str) -> Person | None:
        """The person whose address and password these are; None, after the same time, for all else."""
        with self._database.reading() as session:
            row = session.scalar(select(PersonRow).where(PersonRow.email == folded(email)))
        kept = row.password if row and row.active else None
        if not passwords.fits(kept, password) or row is None or kept is None:
            return None
        if passwords.outdated(kept):
            self._keep_better(row.id, kept, password)
        return person_of(row)

    def _keep_better(self, person_id: int, kept: str, password: str) -> None:
        better = passwords.hashed(password)
        with self._database.writing() as session:
            row = row_of(session, person_id)
            row.password = better if row.password == kept else row.password


def person_of(row: PersonRow) -> Person:
    """A row as a person."""
    return Person(
        row.id, row.name, row.email, cast("Role", row.role), row.teams, row.language, cast("Theme", row.theme),
        row.active, row.joined,
    )  # fmt: skip


def row_of(session: Session, person_id: int) -> PersonRow:
    """The row of a number.

    Raises:
        UnknownNameError: There is none.
    """
    row = session.get(PersonRow, person_id)
    if row is None:
        raise UnknownNameError(_("There is nobody with the number {id}.", id=str(person_id)))
    return row


def hashed_for(email: str, password: str) -> str:
    """What is kept of somebody's new password.

    Raises:
        FieldError: It is too easy to guess.
    """
    passwords.accept(password, email)
    return passwords.hashed(password)


def end_sessions(session: Session, person_id: int) -> None:
    """End everything that somebody has open."""
    session.execute(delete(SessionRow).where(SessionRow.person_id == person_id))


def _keep_an_owner(session: Session) -> None:
    session.flush()
    if not session.scalar(_OWNERS):
        raise UsageError(
            _("Nobody would be left who owns the workspace."), _("Make somebody else an owner first.")
        )  # fmt: skip


@contextmanager
def _address_taken() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise FieldError("email", _("Somebody has this address already.")) from error
