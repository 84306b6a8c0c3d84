"""Messages that are to go out: whoever takes one sends it and marks it; nobody else takes it meanwhile.

A process that is killed between sending and marking has sent what nobody knows to be sent: after a while somebody
takes the message again, with the same key, by which its receiver tells that it is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from latido.state.columns import now
from latido.state.database import Database
from latido.state.tables import DeliveryRow

LEASE = timedelta(minutes=5)  # longer than sending takes
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)  # between two attempts
MOST = 14  # attempts, over some two days
LONGEST_FAILURE = 400  # characters


@dataclass(frozen=True)
class Taken:
    """A message that is being sent.

    Attributes:
        id: Number.
        way: By which it goes.
        destination: Where.
        key: By which its receiver tells that it comes again.
        subject: Of an e-mail.
        text: What it says.
        html: The same, for programs that show it so.
        attempts: How often it has been tried, this time included.
    """

    id: int
    way: str
    destination: str
    key: str
    subject: str
    text: str
    html: str
    attempts: int


class Outbox:
    """The messages of a workspace.

    Args:
        database: Where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, moment: datetime | None = None) -> Taken | None:
        """The next message that is due, for whoever asks to send it; None for none."""
        at = moment or now()
        free = or_(DeliveryRow.taken.is_(None), DeliveryRow.taken < at - LEASE)
        waiting = select(DeliveryRow).where(DeliveryRow.due <= at, DeliveryRow.delivered.is_(None), free)
        with self._database.writing(alone=True) as session:
            row = session.scalars(waiting.order_by(DeliveryRow.due, DeliveryRow.id).limit(1)).one_or_none()
            if row is None:
                return None
            row.taken, row.attempts = at, row.attempts + 1
            session.flush()
            return Taken(row.id, row.way, row.destination, row.key, row.subject, row.text, row.html, row.attempts)

    def delivered(self, taken: Taken) -> None:
        """It has arrived."""
        self._mark(taken, delivered=now(), due=None, failure="")

    def failed(self, taken: Taken, why: str, moment: datetime | None = None) -> None:
        """It has not arrived: it is tried again later, each time after a longer while, and given up in the end."""
        wait = min(FIRST * 2 ** (taken.attempts - 1), LONGEST)
        due = None if taken.attempts >= MOST else (moment or now()) + wait
        self._mark(taken, due=due, failure=why[:LONGEST_FAILURE])

    def waiting(self) -> bool:
        """Whether there is anything to be sent, now or later."""
        with self._database.reading() as session:
            return session.execute(select(DeliveryRow.id).where(DeliveryRow.due.is_not(None))).first() is not None

    def _mark(self, taken: Taken, **values: object) -> None:
        with self._database.writing() as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.id == taken.id).values(taken=None, **values))
