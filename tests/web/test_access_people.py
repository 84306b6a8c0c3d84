"""People: invitations, roles, new links, those who leave."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from latido.state import State
from tests.cast import PASSWORD, Cast
from tests.web.visitors import fields, wrong

ANA = {"name": "Ana", "email": "ana@example.com", "role": "viewer", "teams": ""}


def shown_once(page: str) -> str:
    """The secret that a page shows; empty where it shows none."""
    found = re.search(r'id="once" readonly value="([^"]*)"', page)
    return found[1] if found else ""


def done(state: State) -> list[tuple[str, str]]:
    """What the audit trail says was done."""
    return [(entry.action, entry.target) for entry in state.audit.page()]


def test_everybody_is_listed_with_role_and_teams(owner: TestClient) -> None:
    page = owner.get("/people").text
    assert all(text in page for text in ("Olga Owner", "Ana Analyst", "Leo Lead", "Vera Viewer", "Ventas", "4 people"))


def test_whoever_is_invited_gets_a_link_that_is_shown_once(owner: TestClient, outsider: TestClient) -> None:
    path = owner.post("/people", data=ANA).headers["location"]
    links = [shown_once(owner.get(path).text) for _ in range(2)]
    assert (links[0].startswith("http://testserver/start/"), links[1]) == (True, "")
    assert "Join Acme" in outsider.get(links[0]).text


def test_the_link_is_in_no_address(owner: TestClient) -> None:
    answer = owner.post("/people", data=ANA)
    assert (answer.status_code, re.fullmatch(r"/people/\d+", answer.headers["location"]) is None) == (303, False)


def test_an_invitation_is_in_the_audit_trail_without_a_name(owner: TestClient, state: State) -> None:
    owner.post("/people", data=ANA)
    assert done(state) == [("person.invited", "person 5: viewer")]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "ana"}, "email"),
        ({"email": "viewer@example.com"}, "email"),
        ({"role": "god"}, "role"),
        ({"role": ""}, "role"),
        ({"role": "lead"}, "teams"),
    ],
)
def test_a_bad_invitation_is_asked_again(owner: TestClient, state: State, given: dict[str, str], field: str) -> None:
    answer = owner.post("/people", data=ANA | given)
    assert (answer.status_code, wrong(answer.text), done(state)) == (422, [field], [])


def test_what_was_typed_is_kept(owner: TestClient) -> None:
    page = owner.post("/people", data=ANA | {"name": "Ana <b>", "email": "ana"}).text
    assert fields(page) == {"name": "Ana &lt;b&gt;", "email": "ana", "teams": ""}


def test_a_lead_is_limited_to_teams(owner: TestClient, state: State, people: Cast) -> None:
    answer = owner.post(
        f"/people/{people.viewer.id}",
        data={"email": people.viewer.email, "role": "lead", "teams": "Ventas, Soporte"},
    )
    assert answer.headers["location"] == "/people"
    assert state.people.get(people.viewer.id).teams == ("Ventas", "Soporte")


def test_a_new_role_ends_what_was_open(owner: TestClient, viewer: TestClient, people: Cast) -> None:
    owner.post(f"/people/{people.viewer.id}", data={"email": people.viewer.email, "role": "analyst"})
    assert viewer.get("/profile").status_code == 303


def test_a_change_is_in_the_audit_trail(owner: TestClient, state: State, people: Cast) -> None:
    owner.post(f"/people/{people.viewer.id}", data={"email": people.viewer.email, "role": "analyst"})
    assert done(state) == [("person.assigned", f"person {people.viewer.id}: analyst")]


def test_the_last_owner_stays(owner: TestClient, state: State, people: Cast) -> None:
    answer = owner.post(f"/people/{people.owner.id}", data={"email": people.owner.email, "role": "viewer"})
    assert (answer.status_code, "Nobody would be left who owns the workspace." in answer.text) == (422, True)
    assert done(state) == []


def test_the_last_owner_does_not_leave(owner: TestClient, people: Cast) -> None:
    assert owner.post(f"/people/{people.owner.id}/leave").status_code == 422


def test_whoever_is_put_out_is_out_at_once(owner: TestClient, viewer: TestClient, people: Cast) -> None:
    owner.post(f"/people/{people.viewer.id}/leave")
    assert viewer.get("/profile").status_code == 303


def test_whoever_was_put_out_can_come_back(owner: TestClient, state: State, people: Cast) -> None:
    owner.post(f"/people/{people.viewer.id}/leave")
    owner.post(f"/people/{people.viewer.id}/return")
    assert state.people.get(people.viewer.id).active


def test_a_new_link_lets_choose_another_password(owner: TestClient, outsider: TestClient, people: Cast) -> None:
    path = owner.post(f"/people/{people.viewer.id}/link").headers["location"]
    assert "Choose another password" in outsider.get(shown_once(owner.get(path).text)).text


def test_somebody_who_is_not_there_is_missing(owner: TestClient) -> None:
    assert owner.get("/people/99").status_code == 404


def test_a_profile_keeps_the_name(viewer: TestClient, state: State, people: Cast) -> None:
    assert viewer.post("/profile", data={"name": "Vera"}).status_code == 303
    assert state.people.get(people.viewer.id).name == "Vera"


def test_a_bad_name_is_asked_again(viewer: TestClient) -> None:
    answer = viewer.post("/profile", data={"name": " "})
    assert (answer.status_code, wrong(answer.text)) == (422, ["name"])


def test_another_password_signs_out_every_other_browser(viewer: TestClient, state: State, people: Cast) -> None:
    state.people.set_password(people.viewer.id, PASSWORD)
    viewer.cookies.set("latido", state.sessions.begin(people.viewer), domain="testserver.local", path="/")
    other = state.sessions.begin(people.viewer)
    new = {"current": PASSWORD, "password": "three other words", "again": "three other words"}
    assert viewer.post("/profile/password", data=new).status_code == 303
    assert (state.sessions.find(other), viewer.get("/profile").status_code) == (None, 200)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"current": "wrong one"}, "current"), ({"again": "different"}, "again"),
     ({"password": "short", "again": "short"}, "password")],
)  # fmt: skip
def test_a_bad_password_is_asked_again(
    viewer: TestClient, state: State, people: Cast, given: dict[str, str], field: str
) -> None:
    state.people.set_password(people.viewer.id, PASSWORD)
    viewer.cookies.set("latido", state.sessions.begin(people.viewer), domain="testserver.local", path="/")
    new = {"current": PASSWORD, "password": "three other words", "again": "three other words"}
    answer = viewer.post("/profile/password", data=new | given)
    assert (answer.status_code, wrong(answer.text)) == (422, [field])
