"""The tables of the state. What changes here needs a migration; a test compares the two."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from latido.state.columns import Instant, Words

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[object, object]] = {datetime: Instant, tuple[str, ...]: Words}


class PersonRow(Base):
    """Somebody who may sign in; never deleted, so that the audit trail keeps its names."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str] = mapped_column(String(16))
    teams: Mapped[tuple[str, ...]]
    language: Mapped[str | None] = mapped_column(String(8))
    theme: Mapped[str] = mapped_column(String(8))
    active: Mapped[bool]
    joined: Mapped[bool]
    password: Mapped[str | None]
    created: Mapped[datetime]


class SessionRow(Base):
    """A browser that somebody signed in with; only the digest of its cookie is known."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    created: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class TokenRow(Base):
    """A program that may ask in somebody's name."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    ending: Mapped[str] = mapped_column(String(8))
    rights: Mapped[tuple[str, ...]]
    created: Mapped[datetime]
    used: Mapped[datetime | None]
    expires: Mapped[datetime | None]


class InvitationRow(Base):
    """A one-time link: to become the first owner, to join, or to choose a new password."""

    __tablename__ = "invitations"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    expires: Mapped[datetime]


class AttemptRow(Base):
    """Failures to sign in, by the digest of an account or an address."""

    __tablename__ = "attempts"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    latest: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime]


class AuditRow(Base):
    """One change or export."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    occurred: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    how: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(48), index=True)
    target: Mapped[str]
    source: Mapped[str] = mapped_column(String(48))


class DepartureRow(Base):
    """A sign-in that left for an identity provider and has not come back yet."""

    __tablename__ = "departures"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    nonce: Mapped[str]
    verifier: Mapped[str]
    next: Mapped[str]
    expires: Mapped[datetime]


class LoginRow(Base):
    """Who a subject of an identity provider is here."""

    __tablename__ = "logins"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)


class AlertRow(Base):
    """That a watched metric has left its course; told once per watch and stretch that it watches."""

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("watch", "definition", "begun"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    watch: Mapped[str]
    definition: Mapped[str] = mapped_column(String(64))
    metric: Mapped[str] = mapped_column(String(48))
    begun: Mapped[date]
    told: Mapped[date]
    changed: Mapped[date]
    earliest: Mapped[date]
    latest: Mapped[date]
    rising: Mapped[bool]
    figures: Mapped[str]
    raised: Mapped[datetime] = mapped_column(index=True)
    seen: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    stays: Mapped[bool | None]
    resumes: Mapped[date | None]


class DeliveryRow(Base):
    """A message that goes out because of an alert: recorded first, then sent, then marked."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("alert_id", "way", "destination"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    way: Mapped[str] = mapped_column(String(16))
    destination: Mapped[str]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    attempts: Mapped[int]
    due: Mapped[datetime | None] = mapped_column(index=True)
    taken: Mapped[datetime | None]
    delivered: Mapped[datetime | None]
    failure: Mapped[str]
