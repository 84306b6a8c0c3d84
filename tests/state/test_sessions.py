"""Browsers that somebody signed in with."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from latido.state import State
from latido.state.columns import now
from latido.state.sessions import Found
from latido.state.tables import SessionRow
from tests.cast import Cast
from tests.state.conftest import aged


def expires(state: State) -> timedelta:
    """How long the only session lasts."""
    with state.database.reading() as session:
        return session.scalars(select(SessionRow.expires)).one() - now()


def test_a_session_says_whose_it_is(state: State, people: Cast) -> None:
    assert state.sessions.find(state.sessions.begin(people.viewer)) == Found(people.viewer, renewed=False)


def test_only_a_digest_is_kept(state: State, people: Cast) -> None:
    key = state.sessions.begin(people.viewer)
    with state.database.reading() as session:
        row = session.scalars(select(SessionRow)).one()
    assert key not in vars(row).values()


def test_a_key_that_nobody_has_is_nobodys(state: State, people: Cast) -> None:
    state.sessions.begin(people.viewer)
    assert state.sessions.find("guess") is None


def test_it_ends_at_sign_out(state: State, people: Cast) -> None:
    key, other = state.sessions.begin(people.viewer), state.sessions.begin(people.viewer)
    state.sessions.end(key)
    assert [state.sessions.find(k) is None for k in (key, other)] == [True, False]


def test_all_of_a_persons_end_with_them_and_nobody_elses(state: State, people: Cast) -> None:
    keys = [state.sessions.begin(p) for p in (people.viewer, people.viewer, people.owner)]
    state.people.activate(people.viewer.id, active=False)
    assert [state.sessions.find(key) is None for key in keys] == [True, True, False]


def test_it_ends_when_it_is_not_used(state: State, people: Cast) -> None:
    key = state.sessions.begin(people.viewer)
    aged(state, SessionRow, "expires", "-14 days")
    assert state.sessions.find(key) is None


def test_use_makes_it_last_again(state: State, people: Cast) -> None:
    key = state.sessions.begin(people.viewer)
    aged(state, SessionRow, "expires", "-13 days")
    assert state.sessions.find(key) == Found(people.viewer, renewed=True)
    assert expires(state) > timedelta(days=13, hours=23)


def test_not_each_request_writes(state: State, people: Cast) -> None:
    key = state.sessions.begin(people.viewer)
    aged(state, SessionRow, "expires", "-11 hours")
    assert state.sessions.find(key) == Found(people.viewer, renewed=False)


def test_what_has_ended_is_swept_away_at_the_next_sign_in(state: State, people: Cast) -> None:
    state.sessions.begin(people.viewer)
    aged(state, SessionRow, "expires", "-15 days")
    state.sessions.begin(people.owner)
    assert expires(state) > timedelta(days=13)
