"""Programs that ask in somebody's name."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from latido.errors import FieldError, UnknownNameError
from latido.state import State
from latido.state.tables import TokenRow
from tests.cast import Cast
from tests.state.conftest import aged


def test_a_token_may_what_it_was_made_for(state: State, people: Cast) -> None:
    made = state.tokens.create(people.analyst, "Nightly import", ["import", "read"], days=30)
    found = state.tokens.find(made.key)
    assert found is not None
    assert (found.person, found.may) == (people.analyst, {"read", "import"})


def test_its_key_says_what_it_is(state: State, people: Cast) -> None:
    made = state.tokens.create(people.viewer, "Wall", ["read"])
    assert made.key.startswith("lat_")
    assert made.token.ending == made.key[-4:]


def test_only_a_digest_is_kept(state: State, people: Cast) -> None:
    key = state.tokens.create(people.viewer, "Wall", ["read"]).key
    with state.database.reading() as session:
        row = session.scalars(select(TokenRow)).one()
    assert key not in vars(row).values()


def test_it_may_no_more_than_its_person(state: State, people: Cast) -> None:
    with pytest.raises(FieldError, match="import files") as caught:
        state.tokens.create(people.viewer, "Wall", ["read", "import"])
    assert caught.value.field == "rights"


def test_it_loses_what_its_person_loses(state: State, people: Cast) -> None:
    key = state.tokens.create(people.analyst, "Nightly", ["read", "import"]).key
    state.people.assign(people.analyst.id, "viewer")
    found = state.tokens.find(key)
    assert found is not None
    assert found.may == {"read"}


def test_it_ends_with_its_person(state: State, people: Cast) -> None:
    key = state.tokens.create(people.viewer, "Wall", ["read"]).key
    state.people.activate(people.viewer.id, active=False)
    assert state.tokens.find(key) is None


def test_it_ends_when_it_was_to_end(state: State, people: Cast) -> None:
    key = state.tokens.create(people.viewer, "Wall", ["read"], days=1).key
    aged(state, TokenRow, "expires", "-1 day")
    assert state.tokens.find(key) is None


def test_it_ends_when_it_is_revoked(state: State, people: Cast) -> None:
    made = state.tokens.create(people.viewer, "Wall", ["read"])
    state.tokens.revoke(made.token.id)
    assert state.tokens.find(made.key) is None


def test_its_use_is_noted(state: State, people: Cast) -> None:
    made = state.tokens.create(people.viewer, "Wall", ["read"])
    state.tokens.find(made.key)
    assert (made.token.used, state.tokens.get(made.token.id).used is None) == (None, False)


def test_not_each_use_writes(state: State, people: Cast) -> None:
    made = state.tokens.create(people.viewer, "Wall", ["read"])
    state.tokens.find(made.key)
    first = state.tokens.get(made.token.id).used
    state.tokens.find(made.key)
    assert state.tokens.get(made.token.id).used == first


def test_each_sees_their_own(state: State, people: Cast) -> None:
    mine = state.tokens.create(people.viewer, "Mine", ["read"]).token
    other = state.tokens.create(people.owner, "Other", ["people"]).token
    assert (state.tokens.of(people.viewer.id), state.tokens.of()) == ((mine,), (other, mine))


@pytest.mark.parametrize(
    ("field", "given"),
    [("name", {"name": " "}), ("rights", {"rights": []}), ("rights", {"rights": ["all"]}), ("days", {"days": 0})],
)
def test_a_value_that_cannot_be_is_refused_by_field(
    state: State, people: Cast, field: str, given: dict[str, object]
) -> None:
    with pytest.raises(FieldError) as caught:
        state.tokens.create(people.viewer, **{"name": "Wall", "rights": ["read"], "days": 1} | given)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_a_number_that_no_token_has_is_refused(state: State) -> None:
    with pytest.raises(UnknownNameError, match="no token with the number 9"):
        state.tokens.get(9)
