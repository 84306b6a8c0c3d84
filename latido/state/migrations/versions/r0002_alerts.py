"""Alerts of watches, and the messages that go out because of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from latido.state.columns import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _alerts()
    _deliveries()


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("watch", sa.String, nullable=False),
        sa.Column("definition", sa.String(64), nullable=False),
        sa.Column("metric", sa.String(48), nullable=False),
        sa.Column("begun", sa.Date, nullable=False),
        sa.Column("told", sa.Date, nullable=False),
        sa.Column("changed", sa.Date, nullable=False),
        sa.Column("earliest", sa.Date, nullable=False),
        sa.Column("latest", sa.Date, nullable=False),
        sa.Column("rising", sa.Boolean, nullable=False),
        sa.Column("figures", sa.String, nullable=False),
        sa.Column("raised", Instant, nullable=False, index=True),
        sa.Column("seen", Instant),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), index=True),
        sa.Column("stays", sa.Boolean),
        sa.Column("resumes", sa.Date),
        sa.UniqueConstraint("watch", "definition", "begun"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("alert_id", sa.Integer, sa.ForeignKey("alerts.id"), nullable=False, index=True),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("destination", sa.String, nullable=False),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("html", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", Instant, index=True),
        sa.Column("taken", Instant),
        sa.Column("delivered", Instant),
        sa.Column("failure", sa.String, nullable=False),
        sa.UniqueConstraint("alert_id", "way", "destination"),
    )
