"""Sign-ins by an identity provider."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from latido.errors import ExpiredError
from latido.state import State
from latido.state.tables import DepartureRow
from tests.cast import Cast
from tests.state.conftest import aged

ISSUER = "https://login.example.com"


def test_whoever_comes_back_is_known(state: State) -> None:
    left = state.providers.depart("/metrics/nps")
    assert state.providers.arrive(left.key) == left


def test_they_come_back_once(state: State) -> None:
    left = state.providers.depart("/")
    state.providers.arrive(left.key)
    with pytest.raises(ExpiredError, match="Sign in again"):
        state.providers.arrive(left.key)


def test_they_do_not_come_back_late(state: State) -> None:
    left = state.providers.depart("/")
    aged(state, DepartureRow, "expires")
    with pytest.raises(ExpiredError):
        state.providers.arrive(left.key)


def test_those_who_never_came_back_are_forgotten(state: State) -> None:
    state.providers.depart("/")
    aged(state, DepartureRow, "expires")
    state.providers.depart("/")
    with state.database.reading() as session:
        assert len(session.scalars(select(DepartureRow)).all()) == 1


def test_no_two_leave_alike(state: State) -> None:
    one, other = state.providers.depart("/"), state.providers.depart("/")
    assert len({*one, *other}) == 7


def test_a_subject_is_somebody_here_once_it_was_said(state: State, people: Cast) -> None:
    state.providers.link(ISSUER, "248289", people.viewer)
    found = [state.providers.person(*who) for who in ((ISSUER, "248289"), (ISSUER, "1"), ("https://other", "248289"))]
    assert found == [people.viewer, None, None]


def test_whoever_was_invited_joins_by_it(state: State) -> None:
    invited = state.people.add("Ana", "ana@example.com", "viewer")
    assert (invited.joined, state.providers.link(ISSUER, "1", invited).joined) == (False, True)
