"""One-time links."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from latido.errors import ExpiredError, FieldError
from latido.state import State
from latido.state.invitations import Invitation
from latido.state.tables import InvitationRow
from tests.cast import PASSWORD, Cast
from tests.state.conftest import aged


def first(state: State) -> str:
    """A link for the first owner."""
    key = state.invitations.first_owner()
    assert key is not None
    return key


def test_the_first_start_makes_an_owner(state: State) -> None:
    owner = state.invitations.found(first(state), "Olga", "olga@example.com", PASSWORD)
    assert (owner.role, owner.joined, state.people.has_owner()) == ("owner", True, True)


def test_there_is_no_second_first_owner(state: State, people: Cast) -> None:
    assert state.invitations.first_owner() is None


def test_without_an_owner_there_is_a_link_whoever_else_has_come(state: State) -> None:
    state.people.add("Ana", "ana@example.com", "analyst", joined=True)
    assert state.invitations.found(first(state), "Olga", "olga@example.com", PASSWORD).role == "owner"


def test_all_links_of_the_first_start_end_with_the_first_owner(state: State) -> None:
    used, other = first(state), first(state)
    state.invitations.found(used, "Olga", "olga@example.com", PASSWORD)
    with pytest.raises(ExpiredError):
        state.invitations.find(other)


def test_a_link_of_the_first_start_is_worth_nothing_once_somebody_is_there(state: State) -> None:
    key = first(state)
    state.people.add("Ana", "ana@example.com", "owner", joined=True)
    with pytest.raises(ExpiredError):
        state.invitations.found(key, "Olga", "olga@example.com", PASSWORD)


def test_looking_at_a_link_does_not_use_it(state: State) -> None:
    key = first(state)
    assert state.invitations.find(key) == state.invitations.find(key) == Invitation("owner", None)


def test_a_refused_password_does_not_use_it(state: State) -> None:
    key = first(state)
    with pytest.raises(FieldError):
        state.invitations.found(key, "Olga", "olga@example.com", "short")
    assert state.invitations.find(key).kind == "owner"


def test_whoever_is_invited_joins(state: State) -> None:
    invited = state.people.add("Ana", "ana@example.com", "viewer")
    joined = state.invitations.accept(state.invitations.issue(invited), PASSWORD, "Ana Ruiz")
    assert (joined.name, joined.joined, state.people.check("ana@example.com", PASSWORD)) == ("Ana Ruiz", True, joined)


def test_whoever_has_joined_may_choose_another_password(state: State, people: Cast) -> None:
    key = state.invitations.issue(people.viewer)
    assert state.invitations.find(key) == Invitation("password", people.viewer)
    assert state.invitations.accept(key, PASSWORD) == people.viewer


def test_a_link_works_once(state: State, people: Cast) -> None:
    key = state.invitations.issue(people.viewer)
    state.invitations.accept(key, PASSWORD)
    with pytest.raises(ExpiredError, match="Ask an owner for a new one"):
        state.invitations.accept(key, PASSWORD)


def test_a_newer_link_ends_the_older(state: State, people: Cast) -> None:
    older = state.invitations.issue(people.viewer)
    state.invitations.issue(people.viewer)
    with pytest.raises(ExpiredError):
        state.invitations.find(older)


def test_a_link_ends_when_its_person_is_put_out(state: State, people: Cast) -> None:
    key = state.invitations.issue(people.viewer)
    state.people.activate(people.viewer.id, active=False)
    with pytest.raises(ExpiredError):
        state.invitations.find(key)


def test_an_old_link_does_not_work(state: State, people: Cast) -> None:
    key = state.invitations.issue(people.viewer)
    aged(state, InvitationRow, "expires", "-1 day")
    with pytest.raises(ExpiredError):
        state.invitations.accept(key, PASSWORD)


def test_a_persons_link_makes_no_owner(state: State) -> None:
    key = state.invitations.issue(state.people.add("Ana", "ana@example.com", "viewer"))
    with pytest.raises(ExpiredError):
        state.invitations.found(key, "Olga", "olga@example.com", PASSWORD)


def test_only_a_digest_is_kept(state: State) -> None:
    key = first(state)
    with state.database.reading() as session:
        row = session.scalars(select(InvitationRow)).one()
    assert key not in vars(row).values()


def test_of_two_who_use_a_link_at_once_one_wins(state: State, people: Cast) -> None:
    key = state.invitations.issue(people.viewer)

    def accept(password: str) -> bool:
        try:
            return bool(state.invitations.accept(key, password))
        except ExpiredError:
            return False

    with ThreadPoolExecutor(2) as both:
        done = sorted(both.map(accept, [PASSWORD, PASSWORD + "!"]))
    assert done == [False, True]


def test_of_two_first_owners_at_once_one_wins(state: State) -> None:
    keys = {"a@example.com": first(state), "b@example.com": first(state)}

    def found(email: str) -> bool:
        try:
            return bool(state.invitations.found(keys[email], "Olga", email, PASSWORD))
        except ExpiredError:
            return False

    with ThreadPoolExecutor(2) as both:
        done = sorted(both.map(found, keys))
    assert (done, len(state.people.all())) == ([False, True], 1)
