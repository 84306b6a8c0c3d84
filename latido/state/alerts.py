"""Alerts of watches: each is recorded once, with the messages that tell of it, and seen by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from latido.errors import UnknownNameError, UsageError
from latido.i18n import _
from latido.state.columns import now
from latido.state.database import Database
from latido.state.keys import draw
from latido.state.tables import AlertRow, DeliveryRow, PersonRow

Way = Literal["mail", "webhook"]
MOST = 200  # alerts that are listed


@dataclass(frozen=True)
class Shift:
    """What an alert tells of.

    Attributes:
        watch: The watch's name.
        definition: Digest of all that decides what the watch sees.
        metric: Name of the metric.
        begun: Since when the watch had watched.
        told: Day after the last week that was looked at.
        changed: First day of the week in which the change most likely began.
        earliest: First day of the first week that is plausible.
        latest: First day of the last one.
        rising: Whether the level is higher since.
        figures: The figures before and since, as whoever told them writes them.
    """

    watch: str
    definition: str
    metric: str
    begun: date
    told: date
    changed: date
    earliest: date
    latest: date
    rising: bool
    figures: str


class Parcel(NamedTuple):
    """A message that is to be sent.

    Attributes:
        way: By which it goes.
        destination: An address of e-mail, or a webhook's name.
        subject: Of an e-mail.
        text: What it says; the body of a webhook.
        html: The same of an e-mail, for programs that show it so.
    """

    way: Way
    destination: str
    subject: str
    text: str
    html: str = ""


class Sent(NamedTuple):
    """What became of a message.

    Attributes:
        way: By which it goes.
        destination: Where.
        attempts: How often it was tried.
        delivered: When it arrived; None while it has not.
        due: When it is tried next; None where it is not tried any more.
        failure: Why it did not arrive, the last time.
    """

    way: str
    destination: str
    attempts: int
    delivered: datetime | None
    due: datetime | None
    failure: str


@dataclass(frozen=True)
class Alert:
    """A recorded alert.

    Attributes:
        id: Number.
        shift: What it tells of.
        raised: When it was recorded.
        seen: When somebody said that they have seen it; None while nobody has.
        by: Who.
        stays: Whether the new level is normal now; else what was normal before is normal again.
        resumes: From when on the watch looks again.
        sent: What became of its messages.
    """

    id: int
    shift: Shift
    raised: datetime
    seen: datetime | None
    by: str | None
    stays: bool | None
    resumes: date | None
    sent: tuple[Sent, ...]


class Alerts:
    """The alerts of a workspace.

    Args:
        database: Where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def tell(self, shift: Shift, parcels: Sequence[Parcel] = ()) -> int | None:
        """Record an alert with its messages; None where it is recorded already.

        Args:
            shift: What it tells of.
            parcels: The messages, which `Outbox` gives to whoever sends them.
        """
        if self._known(shift):
            return None
        moment = now()
        try:
            with self._database.writing() as session:
                row = AlertRow(**vars(shift), raised=moment)
                session.add(row)
                session.flush()
                session.add_all(_delivery(row.id, parcel, moment) for parcel in dict.fromkeys(parcels))
                session.flush()
                return row.id
        except IntegrityError:
            return None  # somebody else was faster

    def _known(self, shift: Shift) -> bool:
        """Whether it is recorded; also from other beginnings, which move with the first day of the data."""
        same = and_(AlertRow.seen.is_(None), AlertRow.earliest <= shift.changed, AlertRow.latest >= shift.changed)
        wanted = select(AlertRow.id).where(
            AlertRow.watch == shift.watch, AlertRow.definition == shift.definition,
            or_(AlertRow.begun == shift.begun, same),
        )  # fmt: skip
        with self._database.reading() as session:
            return session.execute(wanted).first() is not None

    def all(self, watch: str | None = None) -> tuple[Alert, ...]:
        """Alerts, of one watch or of all, the latest first."""
        wanted = _wanted().order_by(AlertRow.id.desc()).limit(MOST)
        if watch is not None:
            wanted = wanted.where(AlertRow.watch == watch)
        with self._database.reading() as session:
            return _alerts(session, wanted)

    def get(self, alert_id: int) -> Alert:
        """One of them.

        Raises:
            UnknownNameError: There is none of that number.
        """
        with self._database.reading() as session:
            found = _alerts(session, _wanted().where(AlertRow.id == alert_id))
        if not found:
            raise UnknownNameError(_("There is no alert with the number {id}.", id=str(alert_id)))
        return found[0]

    def of(self, definition: str) -> tuple[Alert, ...]:
        """The alerts that a watch raised as it is declared now, the latest first."""
        with self._database.reading() as session:
            return _alerts(session, _wanted().where(AlertRow.definition == definition).order_by(AlertRow.id.desc()))

    def open(self) -> int:
        """How many nobody has seen."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(AlertRow).where(AlertRow.seen.is_(None))) or 0

    def see(self, alert_id: int, person_id: int | None, *, stays: bool, resumes: date) -> Alert:
        """Somebody has seen it; from then on the watch looks again.

        Args:
            alert_id: Which.
            person_id: Who.
            stays: Whether the new level is normal now; else what was normal before is normal again.
            resumes: First day that the watch looks at again.

        Raises:
            UsageError: Somebody else was faster.
        """
        seen = update(AlertRow).where(AlertRow.id == alert_id, AlertRow.seen.is_(None)).values(
            seen=now(), person_id=person_id, stays=stays, resumes=resumes
        ).returning(AlertRow.id)  # fmt: skip
        with self._database.writing() as session:
            self.get(alert_id)
            if session.execute(seen).one_or_none() is None:
                raise UsageError(_("Somebody has seen this alert already."), _("Undo that first."))
            return self.get(alert_id)

    def unsee(self, alert_id: int) -> Alert:
        """Nobody has seen it after all."""
        undone = update(AlertRow).where(AlertRow.id == alert_id).values(
            seen=None, person_id=None, stays=None, resumes=None
        )  # fmt: skip
        with self._database.writing() as session:
            self.get(alert_id)
            session.execute(undone)
            return self.get(alert_id)


def _wanted() -> Select[AlertRow, str]:
    return select(AlertRow, PersonRow.name).outerjoin(PersonRow, AlertRow.person_id == PersonRow.id)


def _alerts(session: Session, wanted: Select[AlertRow, str]) -> tuple[Alert, ...]:
    found = session.execute(wanted).all()
    rows = session.scalars(
        select(DeliveryRow).where(DeliveryRow.alert_id.in_([row.id for row, _name in found])).order_by(DeliveryRow.id)
    ).all()
    return tuple(_alert(row, name, [each for each in rows if each.alert_id == row.id]) for row, name in found)


def _alert(row: AlertRow, name: str | None, deliveries: Sequence[DeliveryRow]) -> Alert:
    shift = Shift(**{field: getattr(row, field) for field in Shift.__dataclass_fields__})
    sent = tuple(Sent(d.way, d.destination, d.attempts, d.delivered, d.due, d.failure) for d in deliveries)
    return Alert(row.id, shift, row.raised, row.seen, name, row.stays, row.resumes, sent)


def _delivery(alert_id: int, parcel: Parcel, moment: datetime) -> DeliveryRow:
    return DeliveryRow(alert_id=alert_id, key=draw(), **parcel._asdict(), attempts=0, due=moment, failure="")
