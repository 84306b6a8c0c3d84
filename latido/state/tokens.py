"""API tokens: programs that may ask in somebody's name, and no more than that person may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, cast, get_args

from sqlalchemy import delete, or_, select, update

from latido.errors import FieldError, UnknownNameError
from latido.i18n import _
from latido.state.columns import now
from latido.state.database import Database
from latido.state.keys import digest, draw
from latido.state.names import listed
from latido.state.people import Person, Right, person_of, row_of
from latido.state.tables import PersonRow, TokenRow

PREFIX = "lat_"
LONGEST_NAME = 80
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Token:
    """What is known of a token once its key has been shown.

    Attributes:
        id: Number.
        person: In whose name it asks.
        name: What it is for.
        ending: The last characters of the key, to tell tokens apart.
        rights: What it was made for.
        created: When it was made.
        used: When it was used last, to the minute.
        expires: When it ends; None for never.
    """

    id: int
    person: Person
    name: str
    ending: str
    rights: tuple[Right, ...]
    created: datetime
    used: datetime | None
    expires: datetime | None

    @property
    def may(self) -> frozenset[Right]:
        """What it may do now: its rights, as far as its person still has them."""
        return self.person.rights & frozenset(self.rights)


class Made(NamedTuple):
    """A new token, and its key, which is shown this once."""

    token: Token
    key: str


class Tokens:
    """The tokens of a workspace.

    Args:
        database: Where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, person: Person, name: str, rights: Iterable[str], days: int | None = None) -> Made:
        """Make one.

        Args:
            person: In whose name it asks.
            name: What it is for.
            rights: What it may do: a part of what the person may.
            days: How long; None for ever.

        Raises:
            FieldError: A value that cannot be.
        """
        key, moment = draw(PREFIX), now()
        row = TokenRow(
            digest=digest(key), person_id=person.id, name=_name(name), ending=key[-4:], created=moment,
            rights=_rights(rights, person), expires=None if days is None else moment + timedelta(days=_days(days)),
        )  # fmt: skip
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return Made(_token(row, row_of(session, person.id)), key)

    def find(self, key: str) -> Token | None:
        """The token of a key; None for one that is none, has ended, or whose person may not sign in any more."""
        moment = now()
        wanted = select(TokenRow, PersonRow).join(PersonRow).where(
            TokenRow.digest == digest(key), PersonRow.active, or_(TokenRow.expires.is_(None), TokenRow.expires > moment)
        )  # fmt: skip
        with self._database.reading() as session:
            found = session.execute(wanted).one_or_none()
        if found is None:
            return None
        self._note_use(found[0], moment)
        return _token(*found)

    def _note_use(self, row: TokenRow, moment: datetime) -> None:
        if row.used is None or moment - row.used > _NOTED_EVERY:
            with self._database.writing() as session:
                session.execute(update(TokenRow).where(TokenRow.id == row.id).values(used=moment))

    def of(self, person_id: int | None = None) -> tuple[Token, ...]:
        """Somebody's tokens, or all of them, the newest first."""
        wanted = select(TokenRow, PersonRow).join(PersonRow).order_by(TokenRow.id.desc())
        if person_id is not None:
            wanted = wanted.where(TokenRow.person_id == person_id)
        with self._database.reading() as session:
            return tuple(_token(*found) for found in session.execute(wanted))

    def get(self, token_id: int) -> Token:
        """The token of a number.

        Raises:
            UnknownNameError: There is none.
        """
        wanted = select(TokenRow, PersonRow).join(PersonRow).where(TokenRow.id == token_id)
        with self._database.reading() as session:
            found = session.execute(wanted).one_or_none()
        if found is None:
            raise UnknownNameError(_("There is no token with the number {id}.", id=str(token_id)))
        return _token(*found)

    def revoke(self, token_id: int) -> None:
        """End one, at once."""
        with self._database.writing() as session:
            session.execute(delete(TokenRow).where(TokenRow.id == token_id))


def _token(row: TokenRow, person: PersonRow) -> Token:
    rights = cast("tuple[Right, ...]", row.rights)
    return Token(row.id, person_of(person), row.name, row.ending, rights, row.created, row.used, row.expires)


def _name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise FieldError("name", _("A name has between 1 and {n} characters.", n=LONGEST_NAME))
    return plain


def _rights(rights: Iterable[str], person: Person) -> tuple[Right, ...]:
    wanted = set(rights)
    if not wanted:
        raise FieldError("rights", _("A token that may do nothing is of no use."), _("Choose at least one right."))
    if excess := sorted(wanted - person.rights):
        raise FieldError("rights", _("You may not do this yourself: {names}.", names=listed(excess)))
    return tuple(right for right in get_args(Right) if right in wanted)


def _days(days: int) -> int:
    if not 1 <= days <= 3650:
        raise FieldError("days", _("A token lasts between 1 and {n} days.", n=3650))
    return days
