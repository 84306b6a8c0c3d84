"""People, their sessions, tokens and links, failed attempts, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from latido.state.columns import Instant, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _people()
    _ways_in()
    _audit()
    _providers()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("teams", Words, nullable=False),
        sa.Column("language", sa.String(8)),
        sa.Column("theme", sa.String(8), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("joined", sa.Boolean, nullable=False),
        sa.Column("password", sa.String),
        sa.Column("created", Instant, nullable=False),
    )


def _ways_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("created", Instant, nullable=False),
        sa.Column("expires", Instant, nullable=False, index=True),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("ending", sa.String(8), nullable=False),
        sa.Column("rights", Words, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("used", Instant),
        sa.Column("expires", Instant),
    )
    op.create_table(
        "invitations",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), index=True),
        sa.Column("expires", Instant, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("latest", Instant, nullable=False, index=True),
        sa.Column("until", Instant, nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("occurred", Instant, nullable=False, index=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), index=True),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("action", sa.String(48), nullable=False, index=True),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("source", sa.String(48), nullable=False),
    )


def _providers() -> None:
    op.create_table(
        "departures",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("nonce", sa.String, nullable=False),
        sa.Column("verifier", sa.String, nullable=False),
        sa.Column("next", sa.String, nullable=False),
        sa.Column("expires", Instant, nullable=False),
    )
    op.create_table(
        "logins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("issuer", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.UniqueConstraint("issuer", "subject"),
    )
