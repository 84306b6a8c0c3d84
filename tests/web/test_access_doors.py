"""Ways in and out: the first start, one-time links, passwords, signing out."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.http.cookies import SESSION
from latido.http.throttle import PER_ACCOUNT
from latido.state import State
from latido.state.attempts import Limit
from tests.cast import PASSWORD, Cast
from tests.state.test_attempts import failures
from tests.web.visitors import fields, visitor, wrong

OWNER = {"name": "Olga", "email": "olga@example.com", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def start(state: State) -> str:
    """The link of the first start."""
    return f"/start/{state.invitations.first_owner()}"


@pytest.fixture
def door(outsider: TestClient, state: State, people: Cast) -> TestClient:
    """The outsider's browser; the viewer has a password."""
    state.people.set_password(people.viewer.id, PASSWORD)
    return outsider


def sign_in(browser: TestClient, email: str, password: str, **more: str) -> tuple[int, str]:
    """Try to sign in: the status, and where to or what is said."""
    answer = browser.post("/sign-in", data={"email": email, "password": password} | more)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_the_first_start_asks_who_the_owner_is(outsider: TestClient, start: str) -> None:
    assert set(fields(outsider.get(start).text)) == {"name", "email", "password", "again"}


def test_whoever_opens_the_first_link_owns_the_workspace(outsider: TestClient, start: str) -> None:
    answer = outsider.post(start, data=OWNER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert outsider.get("/people").status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "olga"}, "email"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "qwertyuiop", "again": "qwertyuiop"}, "password"),
        ({"again": "three plain word"}, "again"),
    ],
)
def test_a_bad_first_owner_is_asked_again(outsider: TestClient, start: str, given: dict[str, str], field: str) -> None:
    answer = outsider.post(start, data=OWNER | given)
    assert (answer.status_code, wrong(answer.text)) == (422, [field])
    assert 'aria-invalid="true"' in answer.text


def test_what_was_typed_is_kept_but_no_password(outsider: TestClient, start: str) -> None:
    page = outsider.post(start, data=OWNER | {"again": "three plain word"}).text
    assert fields(page) == {"name": "Olga", "email": "olga@example.com", "password": "", "again": ""}
    assert PASSWORD not in page


def test_a_form_with_a_mistake_does_not_use_the_link(outsider: TestClient, start: str) -> None:
    outsider.post(start, data=OWNER | {"again": "three plain word"})
    assert outsider.post(start, data=OWNER).status_code == 303


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_used_link_is_gone(app: Starlette, outsider: TestClient, start: str, verb: str) -> None:
    outsider.post(start, data=OWNER)
    answer = visitor(app).request(verb, start)
    assert (answer.status_code, "used, or it is too old" in answer.text) == (410, True)


def test_whoever_is_invited_joins_with_a_password_of_their_own(outsider: TestClient, state: State) -> None:
    invited = state.people.add("Ana", "ana@example.com", "viewer")
    link = f"/start/{state.invitations.issue(invited)}"
    assert fields(outsider.get(link).text)["name"] == "Ana"
    outsider.post(link, data={"name": "Ana Ruiz", "password": PASSWORD, "again": PASSWORD})
    assert state.people.check("ana@example.com", PASSWORD) == state.people.get(invited.id)


def test_whoever_forgot_a_password_chooses_another(outsider: TestClient, state: State, people: Cast) -> None:
    link = f"/start/{state.invitations.issue(people.viewer)}"
    assert set(fields(outsider.get(link).text)) == {"password", "again"}
    assert outsider.post(link, data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert state.people.get(people.viewer.id).name == people.viewer.name


def test_before_the_first_start_signing_in_says_where_the_link_is(outsider: TestClient) -> None:
    assert "Open the link that “latido serve” printed" in outsider.get("/sign-in").text


def test_address_and_password_let_in(door: TestClient) -> None:
    assert sign_in(door, "viewer@example.com", PASSWORD) == (303, "/")
    assert door.get("/profile").status_code == 200


def test_one_goes_on_to_where_one_wanted_to_go(door: TestClient) -> None:
    location = door.get("/profile?a=b&c=d").headers["location"]
    page = door.get(location).text
    assert 'name="next" value="/profile?a=b&amp;c=d"' in page
    assert sign_in(door, "viewer@example.com", PASSWORD, next="/profile?a=b&c=d")[1] == "/profile?a=b&c=d"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
def test_one_does_not_go_on_to_another_site(door: TestClient, elsewhere: str) -> None:
    location = sign_in(door, "viewer@example.com", PASSWORD, next=elsewhere)[1]
    assert location in {"/", "/%5Cevil.example"}


@pytest.mark.parametrize("email", ["viewer@example.com", "nobody@example.com", "owner@example.com", ""])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(door: TestClient, email: str) -> None:
    status, page = sign_in(door, email, "wrong password")
    assert (status, "No account has this address and this password." in page) == (422, True)
    assert fields(page) == {"email": email, "password": ""}


@pytest.mark.parametrize("email", ["viewer@example.com", "nobody@example.com"])
def test_some_failures_are_free_then_one_must_wait(door: TestClient, state: State, email: str) -> None:
    account = Limit(f"account {email}", PER_ACCOUNT)
    failures(state, 12, account)
    assert sign_in(door, email, PASSWORD)[0] in {303, 422}
    failures(state, 12, account)
    state.attempts.begin(account)
    answer = door.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert (answer.status_code, 60 < int(answer.headers["retry-after"]) <= 900) == (429, True)
    assert "Too many failures to sign in" in answer.text


def test_a_session_is_for_this_server_only_and_no_script_reads_it(door: TestClient) -> None:
    answer = door.post("/sign-in", data={"email": "viewer@example.com", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].partition("=")[2].lower()
    assert {"httponly", "samesite=lax", "path=/", "max-age=1209600"} <= set(cookie.split("; "))
    assert "secure" not in cookie


def test_by_tls_a_session_goes_by_tls_only(app: Starlette, door: TestClient) -> None:
    answer = TestClient(app, "https://testserver", follow_redirects=False).post(
        "/sign-in", data={"email": "viewer@example.com", "password": PASSWORD}
    )
    assert "; Secure" in answer.headers["set-cookie"]


def test_signing_in_again_ends_what_was_open_in_that_browser(door: TestClient, state: State) -> None:
    sign_in(door, "viewer@example.com", PASSWORD)
    before = door.cookies[SESSION]
    sign_in(door, "viewer@example.com", PASSWORD)
    assert (state.sessions.find(before), door.cookies[SESSION] == before) == (None, False)


def test_signing_out_ends_the_session(viewer: TestClient, state: State) -> None:
    key = viewer.cookies[SESSION]
    answer = viewer.post("/sign-out")
    assert (answer.headers["location"], state.sessions.find(key)) == ("/sign-in", None)


def test_a_link_to_sign_out_does_nothing(viewer: TestClient) -> None:
    assert viewer.get("/sign-out").status_code == 405


def test_whoever_is_signed_in_need_not_sign_in(viewer: TestClient) -> None:
    assert viewer.get("/sign-in?next=/profile").headers["location"] == "/profile"


def test_ways_in_are_in_the_audit_trail(door: TestClient, state: State) -> None:
    sign_in(door, "viewer@example.com", PASSWORD)
    assert [(e.action, e.how, e.name) for e in state.audit.page()] == [("session.begun", "password", "Vera Viewer")]


def test_pages_speak_spanish(app: Starlette, start: str) -> None:
    page = visitor(app).get(start, headers={"Accept-Language": "es"}).text
    assert '<html lang="es"' in page
    assert "Tu nombre" in page
