"""Who may sign in, in which role, and with which password."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from latido.errors import FieldError, LatidoError, UnknownNameError, UsageError
from latido.state import State
from latido.state.tables import PersonRow
from tests.cast import PASSWORD, Cast


def kept(state: State) -> str | None:
    """What is kept of the only person's password."""
    with state.database.reading() as session:
        return session.scalar(select(PersonRow.password))


def test_nobody_owns_the_workspace_at_first(state: State) -> None:
    assert not state.people.has_owner()


def test_an_owner_who_is_only_invited_owns_nothing_yet(state: State) -> None:
    state.people.add("Ana", "ana@example.com", "owner")
    assert not state.people.has_owner()


def test_not_everybody_signs_in_by_a_password(state: State, people: Cast) -> None:
    state.people.set_password(people.owner.id, PASSWORD)
    assert [state.people.has_password(p.id) for p in (people.owner, people.viewer)] == [True, False]


def test_a_person_keeps_what_was_said(state: State) -> None:
    added = state.people.add("  Leo   Lead ", "Leo@Example.COM", "lead", teams=("Ventas", " Ventas", "Soporte"))
    assert state.people.get(added.id) == added
    assert (added.name, added.email, added.teams) == ("Leo Lead", "leo@example.com", ("Ventas", "Soporte"))


def test_an_address_belongs_to_one_person(state: State, people: Cast) -> None:
    with pytest.raises(FieldError, match="Somebody has this address already") as caught:
        state.people.add("Other", people.viewer.email.upper(), "viewer")
    assert caught.value.field == "email"


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "a" * 201}),
        ("email", {"email": "nobody"}),
        ("email", {"email": "a b@example.com"}),
        ("role", {"role": "god"}),
        ("teams", {"role": "lead"}),
        ("language", {"language": "fr"}),
        ("password", {"password": "short"}),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_field(state: State, field: str, given: dict[str, str]) -> None:
    with pytest.raises(FieldError) as caught:
        state.people.add(**{"name": "Ana", "email": "ana@example.com", "role": "viewer"} | given)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_a_number_that_nobody_has_is_refused(state: State) -> None:
    with pytest.raises(UnknownNameError, match="nobody with the number 7"):
        state.people.get(7)


def test_a_password_opens_only_its_own_account(state: State, people: Cast) -> None:
    state.people.set_password(people.viewer.id, PASSWORD)
    found = [state.people.check(p.email, PASSWORD) for p in (people.viewer, people.analyst)]
    assert found == [people.viewer, None]


def test_an_address_may_be_typed_in_capitals(state: State, people: Cast) -> None:
    state.people.set_password(people.viewer.id, PASSWORD)
    assert state.people.check(" Viewer@Example.com ", PASSWORD) == people.viewer


def test_a_wrong_password_opens_nothing(state: State, people: Cast) -> None:
    state.people.set_password(people.viewer.id, PASSWORD)
    assert state.people.check(people.viewer.email, PASSWORD + ".") is None


def test_whoever_was_put_out_does_not_come_in(state: State, people: Cast) -> None:
    state.people.set_password(people.viewer.id, PASSWORD)
    state.people.activate(people.viewer.id, active=False)
    assert state.people.check(people.viewer.email, PASSWORD) is None


def test_a_password_is_kept_as_argon2id(state: State) -> None:
    state.people.add("Ana", "ana@example.com", "owner", password=PASSWORD)
    assert str(kept(state)).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_that_was_kept_with_less_care_is_kept_anew_at_sign_in(state: State, people: Cast) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with state.database.writing() as session:
        session.get_one(PersonRow, people.owner.id).password = weak
    state.people.check(people.owner.email, PASSWORD)
    with state.database.reading() as session:
        assert "m=65536" in str(session.get_one(PersonRow, people.owner.id).password)


def test_a_new_role_ends_what_was_open(state: State, people: Cast) -> None:
    key = state.sessions.begin(people.viewer)
    state.people.assign(people.viewer.id, "analyst")
    assert state.sessions.find(key) is None


def test_a_new_password_ends_what_was_open(state: State, people: Cast) -> None:
    key = state.sessions.begin(people.viewer)
    state.people.set_password(people.viewer.id, PASSWORD)
    assert state.sessions.find(key) is None


def test_teams_belong_to_leads_only(state: State, people: Cast) -> None:
    assert state.people.assign(people.lead.id, "viewer", ("Ventas",)).teams == ()


@pytest.mark.parametrize("role", ["analyst", "lead", "viewer"])
def test_the_last_owner_stays_one(state: State, people: Cast, role: str) -> None:
    with pytest.raises(UsageError, match="Nobody would be left"):
        state.people.assign(people.owner.id, role, ("Ventas",))  # type: ignore[arg-type]
    assert state.people.get(people.owner.id).role == "owner"


def test_the_last_owner_is_not_put_out(state: State, people: Cast) -> None:
    with pytest.raises(UsageError, match="Make somebody else an owner first"):
        state.people.activate(people.owner.id, active=False)


def test_an_owner_who_is_only_invited_does_not_count(state: State, people: Cast) -> None:
    state.people.add("New", "new@example.com", "owner")
    with pytest.raises(UsageError):
        state.people.assign(people.owner.id, "viewer")


def test_of_two_owners_who_resign_at_once_one_stays(state: State, people: Cast) -> None:
    other = state.people.assign(people.analyst.id, "owner")

    def resign(person_id: int) -> bool:
        try:
            return bool(state.people.assign(person_id, "viewer"))
        except LatidoError:
            return False

    with ThreadPoolExecutor(2) as both:
        done = sorted(both.map(resign, [people.owner.id, other.id]))
    assert done == [False, True]


def test_somebody_says_how_they_like_it(state: State, people: Cast) -> None:
    changed = state.people.describe(people.viewer.id, name="Vera", language="es", theme="dark")
    assert (changed.name, changed.language, changed.theme) == ("Vera", "es", "dark")


def test_people_are_listed_by_name_those_who_left_last(state: State, people: Cast) -> None:
    state.people.activate(people.analyst.id, active=False)
    assert [p.id for p in state.people.all()] == [people.lead.id, people.owner.id, people.viewer.id, people.analyst.id]


def test_whoever_left_has_no_rights(state: State, people: Cast) -> None:
    assert state.people.activate(people.analyst.id, active=False).rights == frozenset()
