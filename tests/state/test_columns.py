"""Instants know their zone, in the database and out of it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from latido.state import State
from latido.state.tables import PersonRow
from tests.cast import Cast


def stored(state: State, person_id: int, moment: datetime) -> datetime:
    """An instant after it was in the database."""
    with state.database.writing() as session:
        session.get_one(PersonRow, person_id).created = moment
    with state.database.reading() as session:
        return session.scalars(select(PersonRow.created).where(PersonRow.id == person_id)).one()


def test_an_instant_comes_back_in_utc(state: State, people: Cast) -> None:
    moment = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Madrid"))
    found = stored(state, people.viewer.id, moment)
    assert (found, found.tzinfo) == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), UTC)


def test_an_instant_without_a_zone_is_a_defect(state: State, people: Cast) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        stored(state, people.viewer.id, datetime(2026, 10, 25, 2, 30))
