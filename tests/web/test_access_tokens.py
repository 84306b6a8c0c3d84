"""API tokens, made and revoked in the browser."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from latido.state import State
from tests.cast import Cast
from tests.web.test_access_people import done, shown_once
from tests.web.visitors import wrong

WALL = {"name": "Wall", "rights": ["read"], "days": "30"}


def test_a_key_is_shown_once(viewer: TestClient, state: State) -> None:
    path = viewer.post("/tokens", data=WALL).headers["location"]
    key, again = (shown_once(viewer.get(path).text) for _ in range(2))
    assert (state.tokens.find(key) is None, again) == (False, "")


def test_a_token_may_what_was_ticked(owner: TestClient, state: State) -> None:
    owner.post("/tokens", data=WALL | {"rights": ["read", "import"], "days": ""})
    (token,) = state.tokens.of()
    assert (token.rights, token.expires) == (("read", "import"), None)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": ""}, "name"), ({"rights": []}, "rights"), ({"rights": ["people"]}, "rights"), ({"days": "x"}, "days"),
     ({"days": "0"}, "days")],
)  # fmt: skip
def test_a_bad_token_is_asked_again(viewer: TestClient, state: State, given: dict[str, str], field: str) -> None:
    answer = viewer.post("/tokens", data=WALL | given)
    assert (answer.status_code, wrong(answer.text), state.tokens.of()) == (422, [field], ())


def test_only_ones_own_rights_are_offered(viewer: TestClient) -> None:
    assert viewer.get("/tokens").text.count('name="rights"') == 1


def test_a_token_is_revoked(viewer: TestClient, state: State, people: Cast) -> None:
    made = state.tokens.create(people.viewer, "Wall", ["read"])
    assert viewer.post(f"/tokens/{made.token.id}/revoke").status_code == 303
    assert (state.tokens.find(made.key), done(state)) == (None, [("token.revoked", f"token {made.token.id}")])


def test_nobody_sees_or_revokes_another_ones(viewer: TestClient, state: State, people: Cast) -> None:
    made = state.tokens.create(people.analyst, "Nightly", ["read"])
    assert "Nightly" not in viewer.get("/tokens").text
    assert viewer.post(f"/tokens/{made.token.id}/revoke").status_code == 404
    assert state.tokens.find(made.key) is not None


def test_whoever_looks_after_people_sees_and_revokes_all(owner: TestClient, state: State, people: Cast) -> None:
    made = state.tokens.create(people.analyst, "Nightly", ["read"])
    assert "Nightly" in owner.get("/tokens").text
    owner.post(f"/tokens/{made.token.id}/revoke")
    assert state.tokens.find(made.key) is None


@pytest.mark.parametrize(
    ("verb", "path"), [("get", "/tokens"), ("post", "/tokens"), ("get", "/profile"), ("post", "/profile/password")]
)
def test_a_token_makes_no_tokens_and_changes_no_password(
    outsider: TestClient, state: State, people: Cast, verb: str, path: str
) -> None:
    key = state.tokens.create(people.owner, "All", people.owner.rights).key
    answer = outsider.request(verb, path, headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, len(state.tokens.of())) == (403, 1)
